import { helsinki } from '#lib/domain/dates.ts';
import { ERASURE } from '#lib/domain/erasure.ts';
import { FEEDBACK } from '#lib/domain/feedback-name.ts';
import { feedbackAnswer } from '#lib/domain/feedback.ts';
import { conflicts, join, opState, saidBy } from '#lib/domain/record.ts';
import { SETTINGS } from '#lib/domain/register-settings.ts';
import { DESK } from '#lib/domain/tour-records.ts';
import { partOfMember } from '#lib/protocol/parts.ts';
import type { ErrorCode } from '#lib/protocol/errors.ts';
import type { WireOp } from '#lib/protocol/sync.ts';
import { note } from '#lib/server/audit/note.ts';
import { countFeedback, type GivenFeedback } from '#lib/server/feedback/count-feedback.ts';
import { unpackMonths } from '#lib/server/reports/packed-months.ts';
import { linkCards } from '#lib/server/storage/card-links.ts';
import { among, insertRows } from '#lib/server/storage/many-rows.ts';
import type { Database } from '#lib/server/storage/schema.ts';
import type { Store, Trx } from '#lib/server/storage/store.ts';
import { readAround, type Around } from './around.ts';
import { collectionOf } from './collections.ts';
import { readContent } from './content.ts';
import { emptyBodies, partOfErased, type Erased } from './erase.ts';
import { importedPart, ownerOfPart } from './imported-part.ts';
import type { OpText } from './op-text.ts';
import { Planned } from './planned.ts';
import { Rights, type Author } from './rights.ts';

/** Whose device delivers. */
export interface Sender extends Author {
	device: string;
}

export type ReceivedOp = WireOp & {
	replica: string;
	/** Why it is kept without an effect, whatever it says. */
	refused?: ErrorCode;
	/** A coordinator takes it in, though a revoked device has brought it. */
	approved?: true;
	/** It is of an old register that a coordinator brings in or takes back: one line of the audit trail stands for all of it. */
	imported?: true;
};

export type JournalRow = Database['journal'];

export interface Item {
	op: ReceivedOp;
	text: OpText;
	/** It has a row, from an earlier request that decided nothing about it or could not read it. */
	again: boolean;
	/** That one could not be read: what it says is written anew, too. */
	unread?: true;
}

/** What a batch will write, worked out in memory first. */
interface Plan {
	rows: Map<Item, JournalRow>;
	journal: JournalRow[];
	again: JournalRow[];
	bodies: Database['journal_bodies'][];
	/** Bodies of ops that could not be read before. */
	rewritten: Database['journal_bodies'][];
	/** Records as they will be; `stored`: there was one before. */
	states: Map<
		string,
		{
			collection: string;
			id: string;
			part: string;
			planned: Planned;
			row: JournalRow;
			stored: boolean;
			imported?: true | undefined;
		}
	>;
	/** Records that this batch erases. */
	erased: Erased[];
	/** Answers of clients: they are counted, and nothing is kept of which op brought which. */
	feedback: GivenFeedback[];
}

/** A batch at work: who delivers, what they may, what stands around it, and what comes of it. */
interface Work {
	trx: Trx;
	sender: Sender;
	rights: Rights;
	records: Around['records'];
	plan: Plan;
}

export function journalRow(sender: Sender, { op, text }: Item, now: number): JournalRow {
	return {
		organisation_id: sender.organisation,
		op_id: op.opId,
		replica: op.replica,
		seq: op.seq,
		collection: op.collection,
		record_id: op.recordId,
		membership_id: sender.membership,
		device_id: sender.device,
		hash: text.hash,
		outcome: 'applied',
		code: null,
		field: null,
		change_number: null,
		received_at: now
	};
}

export function bodyRow({ organisation }: Sender, { op, text }: Item): Database['journal_bodies'] {
	return { organisation_id: organisation, op_id: op.opId, body: text.body };
}

/** Writes the effects of new ops, all or none; the caller's savepoint undoes what fails. Gives each op's row of the journal. */
export async function writeBatch(
	trx: Trx,
	store: Store,
	sender: Sender,
	items: readonly Item[],
	now: number
): Promise<Map<Item, JournalRow>> {
	const plan = await work(trx, store, sender, items, now);
	await insertRows(trx, store, 'journal_bodies', plan.bodies);
	const dates = await writeFacts(trx, store, sender, plan);
	await writeCards(trx, store, sender, plan);
	await countFeedback(trx, store, sender.organisation, helsinki(now).date.slice(0, 7), plan.feedback);
	// The counter's row is locked from here to the commit, so change numbers become visible in their order (design.md §5.5).
	await number(trx, sender, plan);
	// Not before: whoever packs a month holds the counter, too.
	await unpackMonths(trx, store, sender.organisation, dates);
	await insertRows(trx, store, 'journal', plan.journal);
	for (const row of plan.again) await updateJournal(trx, row);
	await insertRows(
		trx,
		store,
		'journal_bodies',
		plan.rewritten,
		'on conflict (organisation_id, op_id) do update set body = excluded.body'
	);
	await upsertRecords(trx, store, sender, plan);
	await note(trx, sender, toNote(sender, plan), now);
	if (plan.erased.length > 0) {
		await emptyBodies(trx, store, sender.organisation, plan.erased);
		store.erased.add(plan.erased);
	}
	return plan.rows;
}

/**
 * What this batch does to visits of others, what it erases and what it sets for everybody, for the audit trail; what somebody changes of their own is in
 * the journal.
 */
function toNote({ membership }: Sender, { states, erased }: Plan): Parameters<typeof note>[2] {
	const gone = new Set(erased.map(({ collection, id }) => `${collection} ${id}`));
	return [...states].flatMap(([key, { collection, id, part, imported }]) => {
		const whose = ownerOfPart(part);
		if (collection === SETTINGS) return { event: 'set', kind: 'settings', ids: [id] };
		if (gone.has(key)) return { event: 'erase', kind: 'visit', ids: [id], whose };
		return collection === 'visit' && whose !== membership && !imported
			? { event: 'change', kind: 'visit', ids: [id], whose }
			: [];
	});
}

/** Joins every op into its record, in memory. */
async function work(
	trx: Trx,
	store: Store,
	sender: Sender,
	items: readonly Item[],
	now: number
): Promise<Plan> {
	const plan: Plan = {
		rows: new Map(),
		journal: [],
		again: [],
		bodies: [],
		rewritten: [],
		states: new Map(),
		erased: [],
		feedback: []
	};
	const { desks, records, rejected } = await readAround(trx, store, sender.organisation, items);
	const rights = new Rights(trx, sender, now);
	for (const item of items) {
		const { op, text } = item;
		const body = bodyRow(sender, item);
		const row = journalRow(sender, item, now);
		plan.rows.set(item, row);
		(item.again ? plan.again : plan.journal).push(row);
		if (!item.again) plan.bodies.push(body);
		else if (item.unread) plan.rewritten.push(body);
		if (op.collection === ERASURE && op.refused === undefined) {
			await planErasure({ trx, sender, rights, records, plan }, item, row);
			continue;
		}
		if (op.collection === FEEDBACK) {
			await planFeedback({ trx, sender, rights, records, plan }, item, row);
			continue;
		}
		const key = `${op.collection} ${op.recordId}`;
		const earlier = plan.states.get(key);
		const before = records.get(key);
		const stored = earlier ? { part: earlier.part, state: earlier.planned.state } : before;
		const empty = Object.keys(op.fields).length === 0;
		if (earlier ? earlier.planned.isErased : before?.isErased) {
			if (empty) continue;
			row.outcome = 'rejected';
			row.code = 'erased';
			body.body = '';
			continue;
		}
		// The header of an op that its author gave up says nothing that anybody could approve.
		if (op.refused !== undefined && !empty) {
			row.outcome = 'rejected';
			row.code = op.refused;
			continue;
		}
		const owner = rejected.get(op.recordId) ?? op.of ?? sender.membership;
		const part =
			stored?.part ??
			collectionOf(op.collection)?.part ??
			(op.imported ? importedPart(owner) : partOfMember(owner));
		const { rejection, visit } = readContent(op, text.body, desks);
		const event = stored && saidBy(stored.state).valueOf('event');
		const fault = rejection ?? (await rights.fault(op, part, event));
		if (fault) {
			row.outcome = 'rejected';
			row.code = fault.code;
			row.field = fault.field ?? null;
			continue;
		}
		// The header of an op that its author gave up before it could be sent: it fills its place among the numbers.
		if (empty) continue;
		const whole = { ...op, base: op.base ?? {} };
		let planned: Planned;
		if (stored) {
			const state = join(stored.state, opState(whole, sender.membership));
			if (conflicts(state).some((field) => Object.hasOwn(op.fields, field))) row.outcome = 'conflict';
			planned = Planned.joined(state, sender.membership);
		} else planned = Planned.fresh(whole, sender.membership, visit);
		// A visit of the same batch may be of a desk that came with it.
		if (op.collection === DESK) desks.set(op.recordId, planned.state);
		plan.states.set(key, {
			collection: op.collection,
			id: op.recordId,
			part,
			planned,
			row,
			stored: records.has(key),
			imported: op.imported
		});
	}
	return plan;
}

/** Plans what erases a record, also one that is not here: a restored server may not have it yet, and a phone may still bring it. */
async function planErasure(
	{ trx, sender, rights, records, plan }: Work,
	{ op }: Item,
	row: JournalRow
): Promise<void> {
	const fault = readContent(op, '', new Map()).rejection ?? (await rights.eraseFault(op));
	if (fault) {
		row.outcome = 'rejected';
		row.code = fault.code;
		row.field = fault.field ?? null;
		return;
	}
	const { organisation, membership } = sender;
	const collection = op.fields.collection;
	if (typeof collection !== 'string') return;
	const key = `${collection} ${op.recordId}`;
	const known = plan.states.get(key) ?? records.get(key);
	const target = { organisation, collection, id: op.recordId };
	const part = known?.part ?? (await partOfErased(trx, target)) ?? partOfMember(op.of ?? membership);
	const planned = Planned.erased(membership);
	plan.states.set(key, { collection, id: op.recordId, part, planned, row, stored: records.has(key) });
	plan.erased.push({ ...target, part });
	const bodies = new Map(plan.bodies.map((body) => [body.op_id, body]));
	for (const { op: other } of plan.rows.keys()) {
		const body = bodies.get(other.opId);
		if (body && other.collection === collection && other.recordId === op.recordId) body.body = '';
	}
}

/**
 * Counts what a client answered; no record is made of it. Nothing waits for a coordinator either: what a phone brings that was locked out would stand
 * there beside its author's name, so it is counted at once, apart from the others.
 */
async function planFeedback({ sender, rights, plan }: Work, { op }: Item, row: JournalRow): Promise<void> {
	// The header of one that the phone has forgotten: it was counted before, or is too old to be.
	if (Object.keys(op.fields).length === 0) return;
	const fault =
		readContent(op, '', new Map()).rejection ?? (await rights.fault(op, partOfMember(sender.membership)));
	if (fault) {
		row.outcome = 'rejected';
		row.code = fault.code;
		row.field = fault.field ?? null;
		return;
	}
	const source = op.refused === undefined ? 'handed' : 'revoked';
	plan.feedback.push({ ...feedbackAnswer.parse(op.fields), source });
}

async function number(trx: Trx, sender: Sender, plan: Plan): Promise<void> {
	const effective = [...plan.journal, ...plan.again].filter(
		(row) => row.outcome === 'applied' || row.outcome === 'conflict'
	);
	if (effective.length === 0) return;
	const counter = await trx
		.updateTable('counters')
		.set((eb) => ({ change_number: eb('change_number', '+', effective.length) }))
		.where('organisation_id', '=', sender.organisation)
		.returning('change_number')
		.executeTakeFirstOrThrow();
	let next = Number(counter.change_number) - effective.length;
	for (const row of effective) row.change_number = ++next;
}

async function upsertRecords(trx: Trx, store: Store, sender: Sender, plan: Plan): Promise<void> {
	const all = [...plan.states.values()];
	const rows = (stored: boolean) =>
		all
			.filter((record) => record.stored === stored)
			.map(({ collection, id, part, planned, row }) => ({
				organisation_id: sender.organisation,
				collection,
				id,
				part,
				change_number: row.change_number ?? 0,
				state: planned.text
			}));
	// A record that was not there when it was read, and is now, was made by another writer at the same time: writing over it
	// would lose what that one wrote. The collision fails the transaction, and the next try joins both.
	await insertRows(trx, store, 'records', rows(false));
	await insertRows(
		trx,
		store,
		'records',
		rows(true),
		`on conflict (organisation_id, collection, id)
			do update set part = excluded.part, change_number = excluded.change_number, state = excluded.state`
	);
}

/** Gives the days of which statistics now say something else. */
async function writeFacts(trx: Trx, store: Store, sender: Sender, plan: Plan): Promise<string[]> {
	const facts: Database['visit_facts'][] = [];
	const counted: string[] = [];
	for (const { collection, id, part, planned, stored } of plan.states.values()) {
		if (collection !== 'visit') continue;
		if (stored) counted.push(id);
		const found = planned.facts(id);
		if (!found) continue;
		const { date, municipality } = found;
		facts.push({
			organisation_id: sender.organisation,
			visit_id: id,
			date,
			municipality,
			client_municipality: found.clientMunicipality,
			desk_id: found.desk,
			membership_id: ownerOfPart(part) ?? sender.membership,
			channel: found.channel,
			language: found.language,
			interpreting: found.interpreting,
			duration: found.duration,
			client_status: found.clientStatus,
			residence_length: found.residenceLength,
			residence_ground: found.residenceGround,
			age_band: found.ageBand,
			citizenship_group: found.citizenshipGroup,
			origin: found.origin,
			education: found.education,
			employment: found.employment,
			topics: JSON.stringify(found.topics),
			participants: found.participants,
			referrals: found.referrals,
			follow_up: found.followUp
		});
	}
	const dates = facts.map(({ date }) => date);
	if (counted.length > 0) {
		const before = await trx
			.deleteFrom('visit_facts')
			.where('organisation_id', '=', sender.organisation)
			.where(among(store, 'visit_id', counted))
			.returning('date')
			.execute();
		dates.push(...before.map(({ date }) => date));
	}
	await insertRows(trx, store, 'visit_facts', facts);
	return dates;
}

async function writeCards(trx: Trx, store: Store, { organisation }: Sender, plan: Plan): Promise<void> {
	const visits = [...plan.states.values()]
		.filter(({ collection }) => collection === 'visit')
		.map(({ id, planned, stored }) => ({ id, cards: planned.cards, fresh: !stored }));
	await linkCards(trx, store, organisation, visits);
}

async function updateJournal(trx: Trx, row: JournalRow): Promise<void> {
	await trx
		.updateTable('journal')
		.set({
			collection: row.collection,
			record_id: row.record_id,
			hash: row.hash,
			outcome: row.outcome,
			code: row.code,
			field: row.field,
			change_number: row.change_number
		})
		.where('organisation_id', '=', row.organisation_id)
		.where('op_id', '=', row.op_id)
		.execute();
}
