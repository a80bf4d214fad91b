import { readMeta, writeMeta, type Device } from '#lib/device/device.ts';
import { isFull } from '#lib/device/failures.ts';
import { SealedRow } from '#lib/device/rows.ts';
import { correction } from '#lib/domain/device-clock.ts';
import { changeRanges } from '#lib/protocol/change-ranges.ts';
import { ERASURE } from '#lib/domain/erasure.ts';
import { DIRECTORY_PART } from '#lib/protocol/parts.ts';
import { MAX_RANGES } from '#lib/protocol/limits.ts';
import type { ChangeRange, SyncAnswer } from '#lib/protocol/sync.ts';
import { applyChanges, applyDirectory, dropPart } from './changes.ts';
import type { Contact } from './contact-row.ts';
import { meetEpoch } from './epoch.ts';
import { followMember, followServer } from './follow-member.ts';
import { prolongLease } from './lease.ts';
import { pruneSent } from '#lib/device/sent-kept.ts';
import { applyReceipts, type SentBatch, type Settlement } from './receipts.ts';

/** What an answer brings along besides what is in it. */
export interface Arrival {
	contact: Contact;
	/** The lease of whoever takes it in, and how far the flush is now. */
	owner: string;
	progress: { total: number; done: number };
}

/** How it stands once an answer was taken in. */
interface Applied {
	/** Whoever took it in holds the lease still. */
	held: boolean;
	/**
	 * The device stands elsewhere than where it asked from: while the answer was on its way it was decided that a part is to be read anew. What
	 * came is taken in, and the cursor stays where it was put: moved on, nobody would ever ask for what was let go.
	 */
	behind: boolean;
}

/**
 * Takes in an answer: receipts, states, cursors and the lease of whoever does, in one transaction for each database (design.md §5.2, 5.6). An op leaves
 * the outbox only for a receipt of exactly its opId; a receipt for anything that was not sent is ignored. `full`: there was no room for
 * what is new, and only the receipts were taken in.
 */
export async function applyAnswer(
	device: Device,
	batch: SentBatch,
	answer: SyncAnswer,
	arrival: Arrival
): Promise<Settlement & Applied & { full: boolean }> {
	const without = { ...answer, changes: [], cursors: {}, lost: [] };
	const known = await readMeta(device.db, 'epoch');
	// Whoever has met none has sent nothing before.
	if (!device.db.guard?.locked || known === undefined) await meetEpoch(device, answer.epoch);
	else if (known !== answer.epoch) {
		// Another life of the server's database is met when the sent list can be read; until then no backup covers anything.
		await writeMeta(device.db, 'unmet', answer.epoch);
		return { ...(await applyAll(device, batch, { ...without, durable: null }, arrival)), full: false };
	}
	try {
		return { ...(await applyAll(device, batch, answer, arrival)), full: false };
	} catch (error) {
		if (answer.changes.length === 0) throw error;
		// What was delivered is delivered. The cursors stay, so the news come again.
		const applied = await applyAll(device, batch, without, arrival);
		if (isFull(error)) return { ...applied, full: true };
		// Locked while the answer was on its way: whoever opens it asks again.
		if (error instanceof SealedRow) return { ...applied, full: false };
		throw error;
	}
}

async function applyAll(
	device: Device,
	batch: SentBatch,
	answer: SyncAnswer,
	{ contact, owner, progress }: Arrival
): Promise<Settlement & Applied> {
	let behind = await applyDirectory(device, answer, batch.cursors?.[DIRECTORY_PART]);
	await followMember(device, answer.changes);
	await followServer(device, answer, contact.at);
	const { db } = device;
	const now = contact.at;
	const clockOffset = Math.round(answer.serverTime - now);
	/** What people are told of it, though this device's clock be years wrong. */
	const arrivedAt = now + correction(clockOffset);
	// Where nothing is new, saving goes on beside it.
	const news = answer.changes.length > 0 || (answer.lost?.length ?? 0) > 0;
	const erases =
		answer.receipts.some(({ code }) => code === 'erased') ||
		batch.rows.some(({ row }) => row.collection === ERASURE);
	const tables = news || erases ? [db.visits, db.records, db.drafts] : [];
	return db.transaction('rw', [db.outbox, db.rejected, db.sent, db.meta, ...tables], async () => {
		const settlement = await applyReceipts(device, batch, answer, arrivedAt);
		await applyChanges(device, answer.changes, arrivedAt);
		const cursors = new Map(Object.entries((await readMeta(db, 'cursors')) ?? {}));
		for (const [part, cursor] of Object.entries(answer.cursors)) {
			if (part === DIRECTORY_PART) continue;
			if (cursors.get(part) === batch.cursors?.[part]) cursors.set(part, cursor);
			else behind = true;
		}
		for (const part of answer.lost ?? []) {
			// While it is not empty it is named again, to hear again that it is lost, or to be read anew from zero.
			if (await dropPart(db, part)) cursors.delete(part);
			else cursors.set(part, '');
		}
		await writeMeta(db, 'have', await stillToRead(db, batch, answer));
		if (answer.durable !== (await readMeta(db, 'durable'))) await pruneSent(db, answer.durable);
		await db.meta.bulkPut([
			{ key: 'cursors', value: Object.fromEntries(cursors) },
			{ key: 'durable', value: answer.durable },
			{ key: 'contact', value: { ...contact, okAt: arrivedAt } satisfies Contact },
			{ key: 'clockOffset', value: clockOffset }
		]);
		// In the same transaction, for a transaction of its own would cost as much as the rest.
		return { ...settlement, held: await prolongLease(db, owner, now, progress), behind };
	});
}

/** What the next reading need not bring: all that was delivered since the last one that came to its end. */
async function stillToRead(
	db: Device['db'],
	{ cursors }: SentBatch,
	{ receipts, more }: SyncAnswer
): Promise<ChangeRange[]> {
	if (cursors && !more) return [];
	const known = (await readMeta(db, 'have')) ?? [];
	return [...known, ...changeRanges(receipts)].slice(-MAX_RANGES);
}
