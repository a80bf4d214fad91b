import { readMeta, writeMeta } from '#lib/device/device.ts';
import type { MembershipDb } from '#lib/device/membership-db.ts';
import { isShaped } from '#lib/domain/shape.ts';
import { LEASE, leaseChecks, readLease, type Lease } from './lease-row.ts';

/**
 * Takes or prolongs the lease; false where somebody else holds it.
 *
 * @param alone true under the Web Lock: whoever holds the lease then is gone, for instance with a closed tab
 */
export async function takeLease(
	db: MembershipDb,
	owner: string,
	now: number,
	progress: { total: number; done: number },
	alone: boolean
): Promise<boolean> {
	return db.transaction('rw', db.meta, async () => {
		const held = await readLease(db, now);
		if (held && held.owner !== owner && !alone) return false;
		const since = held?.owner === owner ? held.since : now;
		await writeMeta(db, 'lease', { owner, until: now + LEASE, since, ...progress });
		return true;
	});
}

/** Prolongs a lease inside the caller's transaction; false where somebody else has taken it since. */
export async function prolongLease(
	db: MembershipDb,
	owner: string,
	now: number,
	progress: { total: number; done: number }
): Promise<boolean> {
	const held = await readMeta(db, 'lease');
	if (!isShaped<Lease>(held, leaseChecks) || held.owner !== owner) return false;
	await writeMeta(db, 'lease', { ...held, until: now + LEASE, ...progress });
	return true;
}

export async function dropLease(db: MembershipDb, owner: string): Promise<void> {
	await db.transaction('rw', db.meta, async () => {
		const held = await readMeta(db, 'lease');
		if (isShaped<Lease>(held, leaseChecks) && held.owner === owner) await db.meta.delete('lease');
	});
}

/**
 * Runs the task as the only one of its name in this browser. While one runs, one more call waits for it; whoever comes then, and would do
 * the same, shares the waiting one's turn and its result: whatever they wanted sent, it will find in the rows. The task is told whether it
 * is really alone; without Web Locks only the lease stands between two.
 *
 * @param waiting who waits in this page or worker to do just this, by what it is done with
 */
export async function alone<T>(
	name: string,
	waiting: WeakMap<object, Promise<T>>,
	by: object,
	task: (alone: boolean) => Promise<T>
): Promise<T> {
	if (!('locks' in navigator)) return task(false);
	const queued = waiting.get(by);
	if (queued) return queued;
	const leave = () => void (waiting.get(by) === turn && waiting.delete(by));
	const turn: Promise<T> = navigator.locks.request(name, () => {
		leave();
		return task(true);
	});
	waiting.set(by, turn);
	try {
		return await turn;
	} finally {
		// Also where the browser refuses the lock: whoever comes next must be able to ask.
		leave();
	}
}
