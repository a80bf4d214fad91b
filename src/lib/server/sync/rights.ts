import { clockTime } from '#lib/domain/clock.ts';
import { isVisitOf } from '#lib/domain/event-records.ts';
import type { JsonValue } from '#lib/domain/json.ts';
import { REMOVED } from '#lib/domain/record.ts';
import { WORK_HOURS, workHours, workHoursId } from '#lib/domain/work-hours.ts';
import type { Role } from '#lib/protocol/accounts.ts';
import { DIRECTORY_PART, ORGANISATION_PART, partOfMember, SHOWN_PART } from '#lib/protocol/parts.ts';
import type { WireOp } from '#lib/protocol/sync.ts';
import type { Trx } from '#lib/server/storage/store.ts';
import { roleMay, type Action, type Whose } from '#lib/server/policy/policy.ts';
import { collectionOf } from './collections.ts';
import type { Rejection } from './content.ts';
import { ownerOfPart } from './imported-part.ts';

/** Who writes. */
export interface Author {
	organisation: string;
	membership: string;
	/** The role that the author has now, or had last. */
	role: Role;
	/** When the membership ended, ms since 1970: what was written later counts for nothing. */
	endedAt?: number | null;
}

/** How long what was written with an earlier role still counts, ms: a phone may have been without a network for weeks. */
const GRACE = 90 * 86_400_000;

/** What ending an event writes of its visit, and opening it again. Everything else of it is its author's. */
const END_OF_EVENT: ReadonlySet<string> = new Set([
	'event',
	'eventCounted',
	'participants',
	'topics',
	'at',
	'desk',
	'deskMunicipality',
	'channel',
	'language',
	'duration',
	'interpreting',
	REMOVED
]);

function isEndOfEvent({ fields }: WireOp, event: string): boolean {
	const names = Object.keys(fields);
	const isOpened = names.length === 1 && names[0] === REMOVED;
	return isOpened || (fields['event'] === event && names.every((name) => END_OF_EVENT.has(name)));
}

/** The rights of one author while a batch is taken in. An op is judged by those of the time when it was written (design.md §5.3). */
export class Rights {
	readonly #trx: Trx;
	readonly #author: Author;
	readonly #now: number;
	readonly #own: string;
	#former: Promise<{ role: Role; until: number }[]> | undefined;
	readonly #members = new Map<string, Promise<boolean>>();

	constructor(trx: Trx, author: Author, now: number) {
		this.#trx = trx;
		this.#author = author;
		this.#now = now;
		this.#own = partOfMember(author.membership);
	}

	/**
	 * Why the author may not write this op into a record of this part, or undefined.
	 *
	 * @param event the event that the record stands for already, where it is the visit of one
	 */
	async fault(op: WireOp, part: string, event?: JsonValue): Promise<Rejection | undefined> {
		const { clock } = op;
		if (!(await this.#isNamedAfter(op))) return { code: 'not_yours' };
		const needed = part === DIRECTORY_PART ? 'directory:write' : collectionOf(op.collection)?.needs?.(op);
		if (needed && !(await this.#might(needed, clock))) return { code: 'not_allowed' };
		if (needed && (part === DIRECTORY_PART || part === ORGANISATION_PART)) return undefined;
		if (part === this.#own || part === SHOWN_PART) {
			const may = await (part === SHOWN_PART
				? this.#might('shown:write', clock)
				: this.#might('visit:write', clock, 'own'));
			return may ? undefined : { code: 'not_allowed' };
		}
		// An event makes one visit, whoever of those who count at it ends it: that is nobody's own.
		const isOfEvent = typeof event === 'string' && isVisitOf(op.recordId, event) && isEndOfEvent(op, event);
		if (op.collection === 'visit' && isOfEvent)
			return (await this.#might('event:write', clock)) ? undefined : { code: 'not_yours' };
		const member = ownerOfPart(part);
		const may =
			member !== undefined && (await this.#isMember(member)) && (await this.#might('visit:write', clock));
		return may ? undefined : { code: 'not_yours' };
	}

	/** Hours have an id that follows from whose they are: whoever knew it could otherwise write them first, and the adviser's own would be refused. */
	async #isNamedAfter({ collection, recordId, fields }: WireOp): Promise<boolean> {
		const hours = collection === WORK_HOURS ? workHours.safeParse(fields).data : undefined;
		return !hours || recordId === (await workHoursId(this.#author.membership, hours));
	}

	/** Why the author may not erase what members logged, or undefined. */
	async eraseFault({ clock }: WireOp): Promise<Rejection | undefined> {
		return (await this.#might('visit:erase', clock)) ? undefined : { code: 'not_allowed' };
	}

	/** Whether the author has, or had until some time after the op was written, a role that may do this. */
	async #might(action: Action, clock: string, whose: Whose = 'any'): Promise<boolean> {
		const { role, endedAt } = this.#author;
		if (typeof endedAt === 'number' && clockTime(clock) >= endedAt) return false;
		if (roleMay(role, action, whose)) return true;
		const former = await (this.#former ??= this.#formerRoles());
		return former.some((before) => clockTime(clock) < before.until && roleMay(before.role, action, whose));
	}

	async #formerRoles(): Promise<{ role: Role; until: number }[]> {
		return this.#trx
			.selectFrom('former_roles')
			.select(['role', 'until'])
			.where('organisation_id', '=', this.#author.organisation)
			.where('membership_id', '=', this.#author.membership)
			.where('until', '>', this.#now - GRACE)
			.execute();
	}

	/** Whether there is, or was, such a member: a record is made in nobody's name. */
	#isMember(membership: string): Promise<boolean> {
		const known = this.#members.get(membership);
		if (known) return known;
		const asked = this.#trx
			.selectFrom('memberships')
			.select('id')
			.where('organisation_id', '=', this.#author.organisation)
			.where('id', '=', membership)
			.executeTakeFirst()
			.then((row) => row !== undefined);
		this.#members.set(membership, asked);
		return asked;
	}
}
