import type { MembershipRow } from '#lib/device/public-db.ts';

/** How long a vault opens without the server having been heard of, ms: a phone that was revoked may never hear of it (faults.md §3.3). */
const LEASE = 14 * 86_400_000;

/** Whether the server has to be heard of first. What waits goes out meanwhile, sealed. */
export function leaseIsOver(row: Pick<MembershipRow, 'demo' | 'heardAt'> | undefined, now: number): boolean {
	// Enrolled by a release that did not note it: counted from the first contact on.
	if (!row || row.demo || row.heardAt === undefined) return false;
	// A clock that was set back does not make it longer.
	return Math.abs(now - row.heardAt) > LEASE;
}
