import type { Store } from '#lib/server/storage/store.ts';

const DAY = 86_400_000;
/** For how long what has ended is still there, ms: an answer such as "this code was used" needs no longer. */
const AFTER_END = 30 * DAY;
/** A session ends by itself at the latest, ms: see accounts/sessions.ts. */
const SESSION = 180 * DAY;
const IDLE = 30 * DAY;
/** Tries are counted by ten minutes, and how much a device sends by hours. */
const COUNTERS = DAY;
/** How long the load of an address lasts: see limits/request-limits.ts. */
const ADDRESSES = 120_000;
/** For how long what was written with an earlier role counts, ms: see sync/rights.ts. */
const ROLES = 90 * DAY;

/**
 * Deletes what had to do with signing in and has ended: sessions, invitations, shares that nobody has accepted, counted tries and loads, earlier roles. Their periods are the same
 * for everybody. Gives the number of rows.
 */
export async function dropEndedAccess({ db }: Store, now: number): Promise<number> {
	const deleted = await Promise.all([
		db
			.deleteFrom('sessions')
			.where(({ eb, or }) =>
				or([eb('created_at', '<', now - SESSION - AFTER_END), eb('used_at', '<', now - IDLE - AFTER_END)])
			)
			.executeTakeFirst(),
		db
			.deleteFrom('shares')
			.where('receiver_id', 'is', null)
			.where('expires_at', '<', now - AFTER_END)
			.executeTakeFirst(),
		db
			.deleteFrom('invitations')
			.where('expires_at', '<', now - AFTER_END)
			.executeTakeFirst(),
		db
			.deleteFrom('attempts')
			.where('window_start', '<', now - COUNTERS)
			.executeTakeFirst(),
		db
			.deleteFrom('address_loads')
			.where('at', '<', now - ADDRESSES)
			.executeTakeFirst(),
		db
			.deleteFrom('device_loads')
			.where('at', '<', now - COUNTERS)
			.executeTakeFirst(),
		db
			.deleteFrom('former_roles')
			.where('until', '<', now - ROLES)
			.executeTakeFirst()
	]);
	return deleted.reduce((sum, { numDeletedRows }) => sum + Number(numDeletedRows), 0);
}
