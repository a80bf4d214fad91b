import { sql } from 'kysely';
import { topicGroupOf } from '#lib/domain/code-lists.ts';
import { conflicts, emptyRecord, join, opState, type RecordState } from '#lib/domain/record.ts';
import type { WireOp } from '#lib/protocol/sync.ts';
import { among, insertRows } from '#lib/server/storage/many-rows.ts';
import { readState, writeState } from '#lib/server/storage/record-text.ts';
import type { Database } from '#lib/server/storage/schema.ts';
import type { Store, Trx } from '#lib/server/storage/store.ts';
import { visitFacts } from '#lib/statistics/facts.ts';
import { contentFault } from './content.ts';

/** Whose device delivers. */
export interface Sender {
	organisation: string;
	membership: string;
	device: string;
}

export type ReceivedOp = WireOp & { replica: string };

export type JournalRow = Database['journal'];

export interface Item {
	op: ReceivedOp;
	hash: string;
	/** The op's row from an earlier request that ended with `later`. */
	again: boolean;
}

/** What a batch will write, worked out in memory first. */
interface Plan {
	rows: Map<Item, JournalRow>;
	journal: JournalRow[];
	again: JournalRow[];
	bodies: Database['journal_bodies'][];
	/** Records as they will be; `stored`: there was one before. */
	states: Map<
		string,
		{ collection: string; id: string; part: string; state: RecordState; row: JournalRow; stored: boolean }
	>;
}

/** Visits belong to the part of the membership that logged them. */
const memberPart = (membership: string) => `member:${membership}`;

export function journalRow(sender: Sender, { op, hash }: Item, now: number): JournalRow {
	return {
		organisation_id: sender.organisation,
		op_id: op.opId,
		replica: op.replica,
		seq: op.seq,
		collection: op.collection,
		record_id: op.recordId,
		membership_id: sender.membership,
		device_id: sender.device,
		hash,
		outcome: 'applied',
		code: null,
		field: null,
		change_number: null,
		received_at: now
	};
}

export function bodyRow(sender: Sender, { op }: Item): Database['journal_bodies'] {
	const { fields, clock, base, schema } = op;
	return {
		organisation_id: sender.organisation,
		op_id: op.opId,
		body: JSON.stringify({ fields, clock, base, schema })
	};
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
	await writeFacts(trx, store, sender, plan);
	// The counter's row is locked from here to the commit, so change numbers become visible in their order (design.md §5.5).
	await number(trx, sender, plan);
	await insertRows(trx, store, 'journal', plan.journal);
	for (const row of plan.again) await updateJournal(trx, row);
	await upsertRecords(trx, store, sender, plan);
	return plan.rows;
}

/** Joins every op into its record, in memory. */
async function work(
	trx: Trx,
	store: Store,
	sender: Sender,
	items: readonly Item[],
	now: number
): Promise<Plan> {
	const plan: Plan = { rows: new Map(), journal: [], again: [], bodies: [], states: new Map() };
	const desks = await readDesks(trx, sender, items);
	const records = await readRecords(trx, store, sender, items);
	const own = memberPart(sender.membership);
	for (const item of items) {
		const { op } = item;
		const row = journalRow(sender, item, now);
		plan.rows.set(item, row);
		(item.again ? plan.again : plan.journal).push(row);
		if (!item.again) plan.bodies.push(bodyRow(sender, item));
		const key = `${op.collection} ${op.recordId}`;
		const stored = plan.states.get(key) ?? records.get(key);
		const fault =
			contentFault(op, desks) ?? (stored && stored.part !== own ? { code: 'not_yours' as const } : undefined);
		if (fault) {
			row.outcome = 'rejected';
			row.code = fault.code;
			row.field = ('field' in fault ? fault.field : undefined) ?? null;
			continue;
		}
		const written = opState({ ...op, base: op.base ?? {} }, sender.membership);
		// Most ops make a record: there is nothing to join, and nothing that they could be in conflict with.
		const state = stored || op.base ? join(stored?.state ?? emptyRecord, written) : written;
		if (stored && conflicts(state).some((field) => Object.hasOwn(op.fields, field))) row.outcome = 'conflict';
		plan.states.set(key, {
			collection: op.collection,
			id: op.recordId,
			part: own,
			state,
			row,
			stored: records.has(key)
		});
	}
	return plan;
}

async function readDesks(
	trx: Trx,
	sender: Sender,
	items: readonly Item[]
): Promise<Map<string, RecordState>> {
	const ids = new Set(items.map(({ op }) => op.fields.desk).filter((desk) => typeof desk === 'string'));
	const desks = new Map<string, RecordState>();
	if (ids.size === 0) return desks;
	const rows = await trx
		.selectFrom('records')
		.select(['id', 'state'])
		.where('organisation_id', '=', sender.organisation)
		.where('collection', '=', 'desk')
		.where('id', 'in', [...ids])
		.execute();
	for (const row of rows) desks.set(row.id, readState(row.state));
	return desks;
}

async function readRecords(trx: Trx, store: Store, sender: Sender, items: readonly Item[]) {
	// In one order, so that two writers never wait for each other crosswise.
	const ids = [...new Set(items.map(({ op }) => op.recordId))].sort();
	const found = new Map<string, { part: string; state: RecordState }>();
	let query = trx
		.selectFrom('records')
		.select(['collection', 'id', 'part', 'state'])
		.where('organisation_id', '=', sender.organisation)
		.where('collection', '=', 'visit')
		.where(among(store, 'id', ids))
		.orderBy('id');
	if (store.kind === 'postgres') query = query.forUpdate();
	for (const row of await query.execute())
		found.set(`${row.collection} ${row.id}`, { part: row.part, state: readState(row.state) });
	return found;
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
			.map(({ collection, id, part, state, row }) => ({
				organisation_id: sender.organisation,
				collection,
				id,
				part,
				change_number: row.change_number ?? 0,
				state: writeState(state)
			}));
	// A record that was not there when it was read, and is now, was made by another writer at the same time: writing over it
	// would lose what that one wrote. The collision fails the transaction, and the next try joins both.
	await insertRows(trx, store, 'records', rows(false));
	await insertRows(
		trx,
		store,
		'records',
		rows(true),
		sql`on conflict (organisation_id, collection, id)
			do update set change_number = excluded.change_number, state = excluded.state`
	);
}

async function writeFacts(trx: Trx, store: Store, sender: Sender, plan: Plan): Promise<void> {
	const facts: Database['visit_facts'][] = [];
	const topics: Database['visit_topics'][] = [];
	const counted: string[] = [];
	for (const { collection, id, state, stored } of plan.states.values()) {
		if (collection !== 'visit') continue;
		if (stored) counted.push(id);
		const found = visitFacts(id, state);
		if (!found) continue;
		const { date, municipality } = found;
		facts.push({
			organisation_id: sender.organisation,
			visit_id: id,
			date,
			municipality,
			client_municipality: found.clientMunicipality,
			desk_id: found.desk,
			membership_id: sender.membership,
			channel: found.channel,
			language: found.language,
			residence_length: found.residenceLength
		});
		for (const topic of found.topics) {
			topics.push({
				organisation_id: sender.organisation,
				visit_id: id,
				date,
				municipality,
				topic,
				topic_group: topicGroupOf(topic)
			});
		}
	}
	for (const table of counted.length > 0 ? (['visit_facts', 'visit_topics'] as const) : []) {
		await trx
			.deleteFrom(table)
			.where('organisation_id', '=', sender.organisation)
			.where(among(store, 'visit_id', counted))
			.execute();
	}
	await insertRows(trx, store, 'visit_facts', facts);
	await insertRows(trx, store, 'visit_topics', topics);
}

async function updateJournal(trx: Trx, row: JournalRow): Promise<void> {
	await trx
		.updateTable('journal')
		.set({ outcome: row.outcome, code: row.code, field: row.field, change_number: row.change_number })
		.where('organisation_id', '=', row.organisation_id)
		.where('op_id', '=', row.op_id)
		.execute();
}
