import { sql } from 'kysely';
import { conflicts, emptyRecord, join, opState, type Op, type RecordState } from '#lib/domain/record.ts';
import { topicGroupOf } from '#lib/domain/code-lists.ts';
import type { Receipt, WireOp } from '#lib/protocol/sync.ts';
import { visitFacts } from '#lib/statistics/facts.ts';
import { isStoreFailure } from '#lib/server/storage/failures.ts';
import type { Database } from '#lib/server/storage/schema.ts';
import type { Store, Trx } from '#lib/server/storage/store.ts';
import { contentFault } from './content.ts';
import { opHash } from './op-hash.ts';

/** Whose device delivers. */
export interface Sender {
	organisation: string;
	membership: string;
	device: string;
}

export type ReceivedOp = WireOp & { replica: string };

type JournalRow = Database['journal'];

interface Item {
	op: ReceivedOp;
	hash: string;
	/** The op's row from an earlier request that ended with `later`. */
	again: boolean;
}

/** What a batch will write, worked out in memory first. */
interface Plan {
	journal: JournalRow[];
	again: JournalRow[];
	bodies: Database['journal_bodies'][];
	states: Map<string, { collection: string; id: string; part: string; state: RecordState; row: JournalRow }>;
}

/** Visits belong to the part of the membership that logged them. */
export const memberPart = (membership: string) => `member:${membership}`;

/** SQLite takes 32 766 values in one statement; rows go in slices well under that. */
const SLICE = 400;

/**
 * Takes in a batch of ops (design.md §5.4): journal and effects in one transaction, change numbers from the organisation's
 * counter, taken once and late. The same op again gets the same receipt. An effect that fails for a reason nobody foresaw
 * leaves its op journalled with `later` and holds up no other.
 */
export async function receive(
	store: Store,
	sender: Sender,
	ops: readonly ReceivedOp[],
	now: number
): Promise<Receipt[]> {
	if (ops.length === 0) return [];
	return store.write((trx) => receiveIn(trx, store, sender, ops, now));
}

async function receiveIn(
	trx: Trx,
	store: Store,
	sender: Sender,
	ops: readonly ReceivedOp[],
	now: number
): Promise<Receipt[]> {
	const receipts = new Map<ReceivedOp, Receipt>();
	const fresh = await sortOut(trx, sender, ops, receipts);
	if (fresh.length > 0) {
		try {
			await savepoint(trx, () => write(trx, store, sender, fresh, now, receipts));
		} catch (error) {
			if (isStoreFailure(error)) throw error;
			// Something in this batch breaks a rule that nobody foresaw: one by one, so that only the culprit waits.
			for (const item of fresh) {
				receipts.delete(item.op);
				try {
					await savepoint(trx, () => write(trx, store, sender, [item], now, receipts));
				} catch (cause) {
					if (isStoreFailure(cause)) throw cause;
					receipts.set(item.op, { opId: item.op.opId, outcome: 'later' });
					if (!item.again) await journalOnly(trx, sender, item, now);
				}
			}
		}
	}
	return ops.map((op) => receipts.get(op) ?? { opId: op.opId, outcome: 'later' });
}

let savepoints = 0;

async function savepoint(trx: Trx, task: () => Promise<void>): Promise<void> {
	savepoints = (savepoints + 1) % 1_000_000;
	const name = sql.raw(`effect_${savepoints}`);
	await sql`savepoint ${name}`.execute(trx);
	try {
		await task();
	} catch (error) {
		// SQLite has rolled back by itself where the disk was full; the first error is the one to tell.
		await sql`rollback to savepoint ${name}`.execute(trx).catch(() => undefined);
		throw error;
	}
	await sql`release savepoint ${name}`.execute(trx);
}

/** Answers what came before, and forks; returns what is new. */
async function sortOut(
	trx: Trx,
	sender: Sender,
	ops: readonly ReceivedOp[],
	receipts: Map<ReceivedOp, Receipt>
): Promise<Item[]> {
	const known = new Map<string, JournalRow>();
	const taken = new Map<string, string>();
	for (let start = 0; start < ops.length; start += SLICE) {
		const slice = ops.slice(start, start + SLICE);
		const rows = await trx
			.selectFrom('journal')
			.selectAll()
			.where('organisation_id', '=', sender.organisation)
			.where(
				'op_id',
				'in',
				slice.map((op) => op.opId)
			)
			.execute();
		for (const row of rows) known.set(row.op_id, row);
		for (const replica of new Set(slice.map((op) => op.replica))) {
			const numbered = await trx
				.selectFrom('journal')
				.select(['seq', 'op_id'])
				.where('organisation_id', '=', sender.organisation)
				.where('replica', '=', replica)
				.where(
					'seq',
					'in',
					slice.filter((op) => op.replica === replica).map((op) => op.seq)
				)
				.execute();
			for (const row of numbered) taken.set(`${replica} ${row.seq}`, row.op_id);
		}
	}
	const fresh: Item[] = [];
	const inBatch = new Map<string, string>();
	for (const op of ops) {
		const hash = opHash(op);
		const before = known.get(op.opId);
		const number = `${op.replica} ${op.seq}`;
		if (before) {
			if (before.hash !== hash) receipts.set(op, { opId: op.opId, outcome: 'rejected', code: 'op_reused' });
			else if (before.outcome === 'later') fresh.push({ op, hash, again: true });
			else receipts.set(op, receiptOf(before));
		} else if (inBatch.has(op.opId)) {
			receipts.set(op, { opId: op.opId, outcome: 'later' });
		} else if (taken.has(number)) {
			receipts.set(op, { opId: op.opId, outcome: 'later', code: 'fork' });
		} else {
			taken.set(number, op.opId);
			fresh.push({ op, hash, again: false });
		}
		inBatch.set(op.opId, hash);
	}
	return fresh;
}

function receiptOf(row: JournalRow): Receipt {
	return {
		opId: row.op_id,
		outcome: row.outcome,
		...(row.change_number === null ? {} : { change: row.change_number }),
		...(row.code === null ? {} : { code: row.code }),
		...(row.field === null ? {} : { field: row.field })
	};
}

function journalRow(sender: Sender, { op, hash }: Item, now: number): JournalRow {
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

function bodyRow(sender: Sender, { op }: Item): Database['journal_bodies'] {
	const { fields, clock, base, schema } = op;
	return {
		organisation_id: sender.organisation,
		op_id: op.opId,
		body: JSON.stringify({ fields, clock, base, schema })
	};
}

async function write(
	trx: Trx,
	store: Store,
	sender: Sender,
	items: readonly Item[],
	now: number,
	receipts: Map<ReceivedOp, Receipt>
): Promise<void> {
	const plan = await work(trx, store, sender, items, now);
	await insert(trx, 'journal_bodies', plan.bodies);
	await writeFacts(trx, sender, plan);
	// The counter's row is locked from here to the commit, so change numbers become visible in their order (design.md §5.5).
	await number(trx, sender, plan);
	await insert(trx, 'journal', plan.journal);
	for (const row of plan.again) await updateJournal(trx, row);
	await upsertRecords(trx, sender, plan);
	for (const row of [...plan.journal, ...plan.again]) {
		const item = items.find((candidate) => candidate.op.opId === row.op_id);
		if (item) receipts.set(item.op, receiptOf(row));
	}
}

/** Joins every op into its record, in memory. */
async function work(
	trx: Trx,
	store: Store,
	sender: Sender,
	items: readonly Item[],
	now: number
): Promise<Plan> {
	const plan: Plan = { journal: [], again: [], bodies: [], states: new Map() };
	const desks = await readDesks(trx, sender, items);
	const records = await readRecords(trx, store, sender, items);
	const own = memberPart(sender.membership);
	for (const item of items) {
		const { op } = item;
		const row = journalRow(sender, item, now);
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
		const written: Op = { ...op, base: op.base ?? {} };
		const state = join(stored?.state ?? emptyRecord, opState(written, sender.membership));
		const disputed = conflicts(state);
		if (disputed.some((field) => Object.hasOwn(op.fields, field))) row.outcome = 'conflict';
		plan.states.set(key, { collection: op.collection, id: op.recordId, part: own, state, row });
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
	for (const row of rows) desks.set(row.id, JSON.parse(row.state) as RecordState);
	return desks;
}

async function readRecords(trx: Trx, store: Store, sender: Sender, items: readonly Item[]) {
	// In one order, so that two writers never wait for each other crosswise.
	const ids = [...new Set(items.map(({ op }) => op.recordId))].sort();
	const found = new Map<string, { part: string; state: RecordState }>();
	for (let start = 0; start < ids.length; start += SLICE) {
		let query = trx
			.selectFrom('records')
			.select(['collection', 'id', 'part', 'state'])
			.where('organisation_id', '=', sender.organisation)
			.where('collection', '=', 'visit')
			.where('id', 'in', ids.slice(start, start + SLICE))
			.orderBy('id');
		if (store.kind === 'postgres') query = query.forUpdate();
		for (const row of await query.execute()) {
			found.set(`${row.collection} ${row.id}`, {
				part: row.part,
				state: JSON.parse(row.state) as RecordState
			});
		}
	}
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

async function upsertRecords(trx: Trx, sender: Sender, plan: Plan): Promise<void> {
	const rows = [...plan.states.values()].map(({ collection, id, part, state, row }) => ({
		organisation_id: sender.organisation,
		collection,
		id,
		part,
		change_number: row.change_number ?? 0,
		state: JSON.stringify(state)
	}));
	for (let start = 0; start < rows.length; start += SLICE) {
		await trx
			.insertInto('records')
			.values(rows.slice(start, start + SLICE))
			.onConflict((conflict) =>
				conflict.columns(['organisation_id', 'collection', 'id']).doUpdateSet((eb) => ({
					change_number: eb.ref('excluded.change_number'),
					state: eb.ref('excluded.state')
				}))
			)
			.execute();
	}
}

async function writeFacts(trx: Trx, sender: Sender, plan: Plan): Promise<void> {
	const facts: Database['visit_facts'][] = [];
	const topics: Database['visit_topics'][] = [];
	const ids: string[] = [];
	for (const { collection, id, state } of plan.states.values()) {
		if (collection !== 'visit') continue;
		ids.push(id);
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
	for (const table of ['visit_facts', 'visit_topics'] as const) {
		for (let start = 0; start < ids.length; start += SLICE) {
			await trx
				.deleteFrom(table)
				.where('organisation_id', '=', sender.organisation)
				.where('visit_id', 'in', ids.slice(start, start + SLICE))
				.execute();
		}
	}
	await insert(trx, 'visit_facts', facts);
	await insert(trx, 'visit_topics', topics);
}

async function insert<T extends 'journal' | 'journal_bodies' | 'visit_facts' | 'visit_topics'>(
	trx: Trx,
	table: T,
	rows: readonly Database[T][]
): Promise<void> {
	for (let start = 0; start < rows.length; start += SLICE) {
		await trx
			.insertInto(table as 'journal_bodies')
			.values(rows.slice(start, start + SLICE) as unknown as Database['journal_bodies'][])
			.execute();
	}
}

async function updateJournal(trx: Trx, row: JournalRow): Promise<void> {
	await trx
		.updateTable('journal')
		.set({ outcome: row.outcome, code: row.code, field: row.field, change_number: row.change_number })
		.where('organisation_id', '=', row.organisation_id)
		.where('op_id', '=', row.op_id)
		.execute();
}

async function journalOnly(trx: Trx, sender: Sender, item: Item, now: number): Promise<void> {
	await savepoint(trx, async () => {
		await insert(trx, 'journal_bodies', [bodyRow(sender, item)]);
		await insert(trx, 'journal', [{ ...journalRow(sender, item, now), outcome: 'later' }]);
	}).catch((error: unknown) => {
		if (isStoreFailure(error)) throw error;
	});
}
