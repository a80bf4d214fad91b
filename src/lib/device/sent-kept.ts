import type { MembershipDb } from './membership-db.ts';

/** Sent rows stay until a verified backup of the server covers them; `sent.ts` reads them for the first screen. */

/** Drops what a verified backup of the server covers, up to this change number; inside the caller's transaction. */
export async function pruneSent(db: MembershipDb, durable: number | null): Promise<void> {
	if (durable === null) return;
	const covered: number[] = [];
	await db.sent.each(({ id, change }) => {
		if (id !== undefined && change <= durable) covered.push(id);
	});
	if (covered.length > 0) await db.sent.bulkDelete(covered);
}

/** What is kept for the day when the server loses it: ops that no verified backup covers, and since when, ms since 1970. */
export async function notCovered(db: MembershipDb): Promise<{ ops: number; since: number | undefined }> {
	let ops = 0;
	let since: number | undefined;
	await db.sent.each(({ opIds, at }) => {
		ops += opIds.length;
		since = Math.min(at, since ?? at);
	});
	return { ops, since };
}
