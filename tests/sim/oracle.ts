import type { JsonValue } from '#lib/domain/json.ts';
import type { RecordState } from '#lib/domain/record.ts';
import { unseal, type OpBody, type OutboxRow, type RejectedRow } from '#lib/device/rows.ts';
import type { ServerContext } from '#lib/server/context.ts';
import { opsOf } from '#lib/device/sent-ops.ts';
import { REJECTION } from '#lib/domain/rejection.ts';
import { ERASED, readStates } from '#lib/server/storage/record-states.ts';
import { UNOPENED } from '#lib/server/sync/op-text.ts';
import type { SimDevice } from './device.ts';

/** An op that a screen has called saved. */
export interface KnownOp extends OpBody {
	opId: string;
	organisation: string;
	author: string;
	/** Label of the phone that wrote it. */
	phone: string;
	recordId: string;
	collection: string;
	/** Its phone was revoked, and a coordinator has decided about it. */
	isTakenIn?: boolean;
}

/** Heads by field, each as one text: two states are equal where these are. */
type Picture = Map<string, string[]>;

/**
 * Knows what was saved, and what must be true in the end (I1–I8). It has a merge of its own, written from the words of design.md §4 and
 * not from the code: a fault in the code's merge must not excuse itself.
 */
export class Oracle {
	readonly ops = new Map<string, KnownOp>();
	/** Ops that went down with a lost phone: they may have arrived or not. */
	readonly mayBeLost = new Set<string>();
	/** Rejected ops whose author has sent their content again, or has given them up. */
	readonly mended = new Set<string>();
	/** Ops that nobody's app would write: a client that tries what it may not. */
	readonly hostile = new Set<string>();
	/** Members that were coordinators at some time, with their organisation's others in reach. */
	readonly coordinators = new Set<string>();
	/** The server was lost and restored. */
	restored = false;
	readonly violations: string[] = [];
	/** Records that were erased for good. */
	#erased: ReadonlySet<string> = new Set();
	readonly #seen = new Map<SimDevice, number>();
	/** Whose each record is, by the server. */
	readonly #owners = new Map<string, string>();

	fail(text: string): void {
		if (this.violations.length < 20) this.violations.push(text);
	}

	/** Takes note of what a phone has written since the last time. */
	async learn(phone: SimDevice): Promise<OutboxRow[]> {
		const rows = await phone.reading(({ db }) =>
			db.outbox
				.where('seq')
				.above(this.#seen.get(phone) ?? 0)
				.toArray()
		);
		for (const row of rows) {
			this.#seen.set(phone, row.seq as number);
			if (this.ops.has(row.opId)) continue;
			const body = unseal<OpBody>(row);
			const { membership, organisation } = phone.enrolled;
			const { opId, recordId, collection } = row;
			this.ops.set(opId, {
				...body,
				opId,
				recordId,
				collection,
				organisation,
				author: membership,
				phone: phone.label
			});
			for (const [field, clocks] of Object.entries(body.base))
				for (const clock of clocks)
					if (clock >= body.clock) this.fail(`${opId} is not later than what it saw of ${field}`);
		}
		return rows;
	}

	/** A phone is about to be lost. */
	async mourn(phone: SimDevice): Promise<void> {
		const { db } = await phone.client();
		await this.learn(phone);
		// All at one moment: a delivery may be moving rows from one to the other.
		const [outbox, rejected, sent] = await db.transaction('r', db.outbox, db.rejected, db.sent, () =>
			Promise.all([db.outbox.toArray(), db.rejected.toArray(), db.sent.toArray()])
		);
		for (const { opId } of [...outbox, ...rejected]) this.mayBeLost.add(opId);
		for (const { opIds } of sent) for (const opId of opIds) this.mayBeLost.add(opId);
	}

	/** What was sealed while phones were locked opens, unless the server has lost the key to it. */
	async judgeOpened({ store }: ServerContext): Promise<void> {
		if (this.restored) return;
		const unopened = await store.db
			.selectFrom('journal')
			.select(['op_id', 'code'])
			.where('collection', '=', UNOPENED)
			.execute();
		for (const { op_id, code } of unopened) this.fail(`I1: ${op_id} did not open: ${code}`);
	}

	/** Whoever delivers locked delivers all that was sealed. */
	async judgeLocked(phone: SimDevice): Promise<void> {
		const { db } = await phone.client();
		for (const { opId, sealed } of await db.outbox.toArray())
			if (sealed) this.fail(`I8: ${opId} is sealed, and waits on ${phone.label}, which is locked`);
	}

	/** Everything that must be true once the network is back and everybody had time to talk. */
	async judge({ store }: ServerContext, phones: readonly SimDevice[]): Promise<void> {
		const journal = await store.db.selectFrom('journal').selectAll().execute();
		const rows = new Map(journal.map((row) => [row.op_id, row]));
		await this.#judgeErased(store, rows);
		const applied = new Map<string, KnownOp[]>();
		for (const op of this.ops.values()) {
			const row = rows.get(op.opId);
			if (!row) {
				if (this.#erased.has(op.recordId)) continue;
				if (!this.mayBeLost.has(op.opId) && !this.mended.has(op.opId))
					this.fail(`I1: ${op.opId} of ${op.phone} was saved and never arrived`);
				continue;
			}
			if (row.organisation_id !== op.organisation || row.membership_id !== op.author)
				this.fail(`I4: ${op.opId} stands under somebody else's name`);
			if (row.outcome === 'later') this.fail(`I8: ${op.opId} still waits for its effect`);
			if (row.collection === UNOPENED && !this.mayBeLost.has(op.opId))
				this.fail(`I1: ${op.opId} of ${op.phone} was never opened`);
			// Of what was erased there is nothing left to decide about.
			if (row.code === 'device_revoked' && !this.#erased.has(op.recordId))
				this.fail(`I1: ${op.opId} of ${op.phone} was never taken in`);
			if (row.code === 'op_reused') this.fail(`I2: ${op.opId} is taken for another one`);
			if (this.#erased.has(op.recordId)) continue;
			if (op.collection === 'visit' && (row.outcome === 'applied' || row.outcome === 'conflict')) {
				const list = applied.get(op.recordId);
				if (list) list.push(op);
				else applied.set(op.recordId, [op]);
			}
		}
		for (const [id, { collection, record_id }] of rows)
			if (!this.ops.has(id) && !(collection === REJECTION && this.ops.get(record_id)?.isTakenIn))
				this.fail(`I1: nobody saved ${id}, and it is in the journal`);
		this.#judgeNumbers(journal);
		await this.#judgeRecords(store, applied);
		for (const phone of phones) await this.#judgePhone(phone, applied, rows);
	}

	/** What a coordinator has erased, and nothing else, is gone as a whole. */
	async #judgeErased(
		{ db, erased: list }: ServerContext['store'],
		journal: ReadonlyMap<string, { outcome: string }>
	): Promise<void> {
		const rows = await db.selectFrom('records').select(['id', 'part']).where('state', '=', ERASED).execute();
		this.#erased = new Set(rows.map(({ id }) => id));
		for (const { id, part } of rows) this.#owners.set(id, part.slice('member:'.length));
		const tried = [...this.ops.values()].filter(({ collection }) => collection === 'erasure');
		for (const { opId, recordId, author } of tried)
			if (journal.get(opId)?.outcome === 'applied') {
				if (!this.#erased.has(recordId)) this.fail(`I1: ${recordId} was erased and is there`);
				if (!this.coordinators.has(author)) this.fail(`I4: ${author} has erased ${recordId}`);
			}
		for (const id of this.#erased) {
			if (!tried.some(({ recordId, author }) => recordId === id && this.coordinators.has(author)))
				this.fail(`I1: nobody has erased ${id}, and it is gone`);
			if (!list.all().some((one) => 'id' in one && one.id === id))
				this.fail(`I5: the next older backup brings back ${id}, which was erased`);
		}
		const bodies = await db
			.selectFrom('journal')
			.innerJoin('journal_bodies', 'journal_bodies.op_id', 'journal.op_id')
			.select(['journal.record_id', 'journal_bodies.body'])
			.where('journal.collection', '=', 'visit')
			.execute();
		for (const { record_id, body } of bodies)
			if (this.#erased.has(record_id) && body !== '' && !body.startsWith('{"fields":{}'))
				this.fail(`I5: the journal still says something of ${record_id}, which was erased`);
		const facts = await db.selectFrom('visit_facts').select('visit_id').execute();
		for (const { visit_id } of facts)
			if (this.#erased.has(visit_id)) this.fail(`I5: the report counts ${visit_id}, which was erased`);
	}

	/** Nothing that was erased is left on a phone that has heard of it. */
	async #judgeForgotten(phone: SimDevice): Promise<void> {
		const { db } = await phone.client();
		const told = (await db.rejected.toArray()).filter(({ collection }) => collection === 'visit');
		const ids = [...(await db.visits.toCollection().primaryKeys()), ...told.map(({ recordId }) => recordId)];
		for (const row of await db.sent.toArray())
			for (const { collection, recordId, fields } of await opsOf(db, row))
				if (collection === 'visit' && Object.keys(fields).length > 0) ids.push(recordId);
		// Whoever lost a part is told of it no more, and keeps what is theirs until a backup covers it or they give it up.
		for (const id of new Set(ids))
			if (this.#erased.has(id) && this.#mayRead(phone, id))
				this.fail(`I5: ${phone.label} still says something of ${id}, which was erased`);
	}

	#mayRead({ enrolled }: SimDevice, recordId: string): boolean {
		return enrolled.role === 'coordinator' || this.#owners.get(recordId) === enrolled.membership;
	}

	#judgeNumbers(
		journal: readonly { change_number: number | null; organisation_id: string; outcome: string }[]
	): void {
		const numbers = new Set<string>();
		for (const { change_number, organisation_id, outcome } of journal) {
			if (outcome === 'rejected' || outcome === 'later') continue;
			const key = `${organisation_id} ${change_number}`;
			if (change_number === null || numbers.has(key)) this.fail(`a change has no number of its own: ${key}`);
			numbers.add(key);
		}
	}

	async #judgeRecords(store: ServerContext['store'], applied: ReadonlyMap<string, KnownOp[]>): Promise<void> {
		const records = await store.db
			.selectFrom('records')
			.selectAll()
			.where('collection', '=', 'visit')
			.where('state', '!=', ERASED)
			.execute();
		const known = new Set<string>();
		for (const [organisation, rows] of Map.groupBy(records, (row) => row.organisation_id)) {
			const states = await readStates(
				store.db,
				store,
				organisation,
				rows.map(({ state }) => state)
			);
			rows.forEach((row, index) => {
				known.add(row.id);
				const ops = applied.get(row.id) ?? [];
				this.#compare(`server, ${row.id}`, pictureOf(states[index]!), merged(ops));
				this.#owners.set(row.id, row.part.slice('member:'.length));
				const makers = ops.filter(({ fields, base }) => 'at' in fields && Object.keys(base).length === 0);
				if (makers.some(({ author }) => row.part !== `member:${author}`))
					this.fail(`I4: ${row.id} lies in ${row.part}, where its maker does not find it`);
				const strangers = ops.filter((op) => row.part !== `member:${op.author}`);
				if (ops.some((op) => op.organisation !== organisation))
					this.fail(`I4: ${row.id} crosses organisations`);
				for (const { author } of strangers)
					if (!this.coordinators.has(author))
						this.fail(`I4: ${author} wrote into ${row.id} of another member`);
			});
		}
		for (const id of applied.keys()) if (!known.has(id)) this.fail(`I1: record ${id} is not on the server`);
		const facts = await store.db.selectFrom('visit_facts').selectAll().execute();
		const counted = new Map(facts.map((row) => [row.visit_id, row]));
		for (const [id, ops] of applied) {
			const shown = shownOf(ops);
			const fact = counted.get(id);
			if (shown === undefined || typeof shown.at !== 'string') {
				if (fact) this.fail(`the report counts ${id}, which does not stand`);
			} else if (!fact) this.fail(`the report lacks ${id}`);
			else if (fact.language !== (shown.language ?? '') || fact.topics !== JSON.stringify(shown.topics ?? []))
				this.fail(`the report has an old value of ${id}`);
		}
	}

	async #judgePhone(
		phone: SimDevice,
		applied: ReadonlyMap<string, KnownOp[]>,
		journal: ReadonlyMap<string, { outcome: string; code: string | null }>
	): Promise<void> {
		const { db } = await phone.client();
		const { organisation, membership } = phone.enrolled;
		const [visits, outbox, rejected, sent] = await Promise.all([
			db.visits.toArray(),
			db.outbox.toArray(),
			db.rejected.toArray(),
			db.sent.toArray()
		]);
		await this.#judgeForgotten(phone);
		if (outbox.length > 0) this.fail(`I8: ${phone.label} still has ${outbox.length} ops to deliver`);
		const own = rejectedByRecord(
			rejected.filter(({ state, decided }) => !(decided && state === 'discarded'))
		);
		const inScope = ([first]: readonly KnownOp[]) =>
			first?.organisation === organisation && this.#mayRead(phone, first.recordId);
		const here = new Map(visits.map((row) => [row.id, row]));
		for (const [id, ops] of applied) {
			if (!inScope(ops)) continue;
			const row = here.get(id);
			if (!row) {
				this.fail(`I2: ${phone.label} lacks ${id}`);
				continue;
			}
			const stored = unseal<RecordState>(row);
			// Read from a server that has lost it since, as its author's phone was lost, too: what was read stays readable here.
			if (headsOf(stored).some(({ opId }) => this.mayBeLost.has(opId) && !journal.has(opId))) continue;
			// Or it came again and is not allowed any more, because the server has lost the role that its author had, too.
			if (this.restored && headsOf(stored).some(({ opId }) => this.#isRefusedNow(opId, journal, phone)))
				continue;
			const state = pictureOf(stored);
			this.#compare(`${phone.label}, ${id}`, state, merged([...ops, ...this.#known(own.get(id))]));
			const isOwn = this.#owners.get(id) === membership;
			if (isOwn !== (row.part === undefined))
				this.fail(`${phone.label} takes ${id} for ${isOwn ? "another's" : 'its own'}`);
		}
		for (const [id, rows] of own)
			if (!here.has(id) && !rows.every(({ opId }) => this.hostile.has(opId)))
				this.fail(`I3: ${phone.label} has let go of ${id}, of which something was rejected`);
		const kept = new Set(sent.flatMap(({ records }) => records));
		for (const id of here.keys()) {
			const ops = applied.get(id);
			if (ops && inScope(ops)) continue;
			if (own.has(id) || kept.has(id)) continue;
			if (!ops && [...this.ops.values()].some((op) => op.recordId === id && this.mayBeLost.has(op.opId)))
				continue;
			this.fail(`I4: ${phone.label} holds ${id}, which is not in its scope`);
		}
		const shown = new Set(rejected.map(({ opId }) => opId));
		for (const op of this.ops.values()) {
			if (op.phone !== phone.label || this.mended.has(op.opId)) continue;
			// What is erased says nothing any more.
			if (this.#erased.has(op.recordId)) continue;
			if (journal.get(op.opId)?.outcome === 'rejected' && !shown.has(op.opId))
				this.fail(
					`I3: ${phone.label} does not show that ${op.opId} was rejected (${journal.get(op.opId)?.code})`
				);
		}
	}

	#isRefusedNow(
		opId: string,
		journal: ReadonlyMap<string, { code: string | null }>,
		phone: SimDevice
	): boolean {
		return (
			this.ops.get(opId)?.phone !== phone.label &&
			['not_yours', 'not_allowed'].includes(journal.get(opId)?.code ?? '')
		);
	}

	#known(rows: readonly RejectedRow[] = []): KnownOp[] {
		return rows.flatMap(({ opId, collection }) => (collection === 'visit' ? (this.ops.get(opId) ?? []) : []));
	}

	#compare(where: string, found: Picture, wanted: Picture): void {
		for (const field of new Set([...found.keys(), ...wanted.keys()])) {
			const [a, b] = [found.get(field) ?? [], wanted.get(field) ?? []].map((list) => list.join('\n'));
			if (a !== b) this.fail(`I2: ${where}: ${field} is\n${a}\ninstead of\n${b}`);
		}
	}
}

function rejectedByRecord(rows: readonly RejectedRow[]): Map<string, RejectedRow[]> {
	return Map.groupBy(rows, ({ recordId }) => recordId);
}

const headText = (clock: string, opId: string, value: JsonValue, author: string) =>
	`${clock} ${opId} ${JSON.stringify(value)} ${author}`;

const headsOf = ({ heads }: RecordState) => Object.values(heads).flat();

function pictureOf(state: RecordState): Picture {
	return new Map(
		Object.entries(state.heads).map(([field, heads]) => [
			field,
			heads.map(({ clock, opId, value, author }) => headText(clock, opId, value, author)).sort()
		])
	);
}

/** design.md §4: a value stands until an op that writes the same field has seen it. */
function standing(ops: readonly KnownOp[]): Map<string, KnownOp[]> {
	const fields = new Set(ops.flatMap((op) => Object.keys(op.fields)));
	const heads = new Map<string, KnownOp[]>();
	for (const field of fields) {
		const writers = ops.filter((op) => Object.hasOwn(op.fields, field));
		const replaced = new Set(writers.flatMap((op) => op.base[field] ?? []));
		heads.set(
			field,
			writers.filter((op) => !replaced.has(op.clock))
		);
	}
	return heads;
}

function merged(ops: readonly KnownOp[]): Picture {
	return new Map(
		[...standing(ops)]
			.filter(([, heads]) => heads.length > 0)
			.map(([field, heads]) => [
				field,
				heads.map((op) => headText(op.clock, op.opId, op.fields[field]!, op.author)).sort()
			])
	);
}

/** The values that people see; undefined where the record is removed and nothing was written that its remover had not seen. */
function shownOf(ops: readonly KnownOp[]): Record<string, JsonValue> | undefined {
	const heads = standing(ops);
	const last = (list: readonly KnownOp[] = []) =>
		[...list].sort((a, b) => (`${a.clock} ${a.opId}` < `${b.clock} ${b.opId}` ? -1 : 1)).at(-1);
	const remover = last(heads.get('removed'));
	if (remover?.fields.removed === true) {
		const covered = new Set(Object.values(remover.base).flat());
		const news = [...heads].some(
			([field, list]) => field !== 'removed' && list.some((op) => !covered.has(op.clock))
		);
		if (!news) return undefined;
	}
	const shown: Record<string, JsonValue> = {};
	for (const [field, list] of heads) {
		const op = last(list);
		if (op) shown[field] = op.fields[field]!;
	}
	return shown;
}
