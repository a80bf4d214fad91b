import { sql } from 'kysely';
import { ERASURE } from '#lib/domain/erasure.ts';
import type { Receipt } from '#lib/protocol/sync.ts';
import { isCollision, isStoreFailure } from '#lib/server/storage/failures.ts';
import { among, insertRows } from '#lib/server/storage/many-rows.ts';
import type { Store, Trx } from '#lib/server/storage/store.ts';
import {
	bodyRow,
	journalRow,
	writeBatch,
	type Item,
	type JournalRow,
	type ReceivedOp,
	type Sender
} from './effects.ts';
import { opText, saySame, UNOPENED, type OpText } from './op-text.ts';

/** Is told why an effect failed that nobody foresaw; its op is answered `later`. */
type Report = (cause: unknown) => void;

interface Trouble {
	/** True where the store itself failed, so that the whole batch is tried again or refused. */
	storeFailed: (error: unknown) => boolean;
	report: Report;
}

/**
 * Takes in a batch of ops (design.md §5.4): journal and effects in one transaction, change numbers from the organisation's
 * counter, taken once and late. The same op again gets the same receipt. An effect that fails for a reason nobody foresaw
 * leaves its op journalled with `later` and holds up no other.
 */
export async function receive(
	store: Store,
	sender: Sender,
	ops: readonly ReceivedOp[],
	now: number,
	report: Report = () => undefined
): Promise<Receipt[]> {
	if (ops.length === 0) return [];
	const receipts = await store.write((trx, last) => {
		const storeFailed = (error: unknown) => isStoreFailure(error) && !(last && isCollision(error));
		return receiveIn(trx, store, sender, ops, now, { storeFailed, report });
	});
	if (ops.some(({ collection }) => collection === ERASURE)) await store.scrub?.();
	return receipts;
}

async function receiveIn(
	trx: Trx,
	store: Store,
	sender: Sender,
	ops: readonly ReceivedOp[],
	now: number,
	{ storeFailed, report }: Trouble
): Promise<Receipt[]> {
	const receipts = new Map<ReceivedOp, Receipt>();
	const effect = async (items: readonly Item[]) => {
		for (const [item, row] of await writeBatch(trx, store, sender, items, now))
			receipts.set(item.op, receiptOf(row));
	};
	const fresh = await sortOut(trx, store, sender, ops, receipts);
	if (fresh.length > 0) {
		try {
			await savepoint(trx, () => effect(fresh));
		} catch (error) {
			if (storeFailed(error)) throw error;
			// Something in this batch breaks a rule that nobody foresaw: one by one, so that only the culprit waits.
			for (const item of fresh) {
				receipts.delete(item.op);
				try {
					await savepoint(trx, () => effect([item]));
				} catch (cause) {
					if (storeFailed(cause)) throw cause;
					report(cause);
					receipts.set(item.op, { opId: item.op.opId, outcome: 'later' });
					if (!item.again) await journalOnly(trx, store, sender, item, now, { storeFailed, report });
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
	store: Store,
	sender: Sender,
	ops: readonly ReceivedOp[],
	receipts: Map<ReceivedOp, Receipt>
): Promise<Item[]> {
	const known = new Map<string, JournalRow>();
	const taken = new Map<string, string>();
	const rows = await trx
		.selectFrom('journal')
		.selectAll()
		.where('organisation_id', '=', sender.organisation)
		.where(
			among(
				store,
				'op_id',
				ops.map((op) => op.opId)
			)
		)
		.execute();
	for (const row of rows) known.set(row.op_id, row);
	for (const [replica, numbers] of Map.groupBy(ops, (op) => op.replica)) {
		const numbered = await trx
			.selectFrom('journal')
			.select(['seq', 'op_id'])
			.where('organisation_id', '=', sender.organisation)
			.where('replica', '=', replica)
			.where(
				among(
					store,
					'seq',
					numbers.map((op) => op.seq)
				)
			)
			.execute();
		for (const row of numbered) taken.set(`${replica} ${row.seq}`, row.op_id);
	}
	const fresh: Item[] = [];
	const inBatch = new Set<string>();
	for (const op of ops) {
		const text = opText(op);
		const before = known.get(op.opId);
		const number = `${op.replica} ${op.seq}`;
		if (before) {
			const own = before.membership_id === sender.membership;
			if (own && before.collection === UNOPENED && op.collection !== UNOPENED)
				fresh.push({ op, text, again: true, unread: true });
			else if (!(op.collection === UNOPENED ? own : await isSame(trx, before, op, text)))
				receipts.set(op, { opId: op.opId, outcome: 'rejected', code: 'op_reused' });
			else if (isOpenStill(before, op)) fresh.push({ op, text, again: true });
			else receipts.set(op, receiptOf(before));
		} else if (inBatch.has(op.opId)) {
			receipts.set(op, { opId: op.opId, outcome: 'later' });
		} else if ((taken.get(number) ?? op.opId) !== op.opId) {
			receipts.set(op, { opId: op.opId, outcome: 'later', code: 'fork' });
		} else {
			// Also where the op itself has its number: the same request was committed beside this one since `known` was read. Writing
			// it collides, and the second try knows it.
			taken.set(number, op.opId);
			fresh.push({ op, text, again: false });
		}
		inBatch.add(op.opId);
	}
	return fresh;
}

/** Whether something remains to be decided about an op that came before. */
function isOpenStill(before: JournalRow, op: ReceivedOp): boolean {
	if (op.approved) return before.outcome === 'rejected' && before.code === 'device_revoked';
	return before.outcome === 'later' && op.collection !== UNOPENED;
}

/**
 * Whether an op that came before is this one. The same bytes are, as every device sends them; a client that wrote its members in
 * another order the second time said the same, too.
 */
async function isSame(trx: Trx, before: JournalRow, op: ReceivedOp, text: OpText): Promise<boolean> {
	if (before.hash === text.hash) return true;
	if (before.record_id !== op.recordId || before.collection !== op.collection) return false;
	const row = await trx
		.selectFrom('journal_bodies')
		.select('body')
		.where('organisation_id', '=', before.organisation_id)
		.where('op_id', '=', before.op_id)
		.executeTakeFirst();
	// What was erased can be compared with nothing; a phone that has heard of it sends only the header again.
	return row !== undefined && (row.body === '' || saySame(row.body, text.body));
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

async function journalOnly(
	trx: Trx,
	store: Store,
	sender: Sender,
	item: Item,
	now: number,
	{ storeFailed, report }: Trouble
): Promise<void> {
	await savepoint(trx, async () => {
		await insertRows(trx, store, 'journal_bodies', [bodyRow(sender, item)]);
		await insertRows(trx, store, 'journal', [{ ...journalRow(sender, item, now), outcome: 'later' }]);
	}).catch((error: unknown) => {
		if (storeFailed(error)) throw error;
		report(error);
	});
}
