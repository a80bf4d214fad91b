import { correction } from '#lib/domain/device-clock.ts';
import { FEEDBACK, FEEDBACK_RECORD, FEEDBACK_SCHEMA } from '#lib/domain/feedback-name.ts';
import type { FeedbackAnswer } from '#lib/domain/feedback.ts';
import { readMeta, type Device } from './device.ts';
import { emptyRow } from './erasures.ts';
import { reopening } from './failures.ts';
import type { MembershipDb } from './membership-db.ts';
import { makeOp, outboxRow } from './ops.ts';
import type { Stamp } from './stamp.ts';

/** How long a delivered answer is kept for a server that may lose it, ms. Mostly a backup covers it the next morning, and then it goes at once. */
const KEPT = 30 * 86_400_000;

/** Saves what a client answered, on its way out and nowhere else: this device makes no record of it. Saved when this resolves. */
export async function giveFeedback(
	{ db }: Pick<Device, 'db'>,
	stamp: Stamp,
	answer: FeedbackAnswer,
	now = Date.now()
): Promise<void> {
	const target = { collection: FEEDBACK, recordId: FEEDBACK_RECORD, schema: FEEDBACK_SCHEMA };
	const op = makeOp(stamp, target, { ...answer }, {}, now);
	// Each counts as one that waits, though all have one record's name.
	await reopening([db], async (again) => {
		// A database that was lost in the middle may have it already.
		if (again && (await db.outbox.filter(({ opId }) => opId === op.opId).count()) > 0) return;
		await db.outbox.add({ ...outboxRow(op), about: op.opId });
	});
}

/** Empties answers that were delivered long ago and that no backup has covered; whatever it cannot finish now the next run does. */
export async function forgetFeedback(db: MembershipDb, now: number): Promise<void> {
	// What is sealed waits until the vault is open.
	if (db.guard?.locked) return;
	// Rows say when by the server's clock, as this device knows it.
	const today = now + correction((await readMeta(db, 'clockOffset')) ?? 0);
	const rows = await db.sent.where('records').equals(FEEDBACK_RECORD).distinct().toArray();
	for (const row of rows) if (row.at < today - KEPT) await emptyRow(db, row, new Set([FEEDBACK_RECORD]));
}
