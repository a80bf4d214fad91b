import type { MembershipDb } from '#lib/device/membership-db.ts';
import type { MembershipRow } from '#lib/device/public-db.ts';
import { Guard } from './guard.ts';
import { Outgoing } from './outgoing.ts';

/** Has everything that a membership's database takes in sealed from now on; before it is opened. */
export function putGuard(db: MembershipDb, membership: MembershipRow): void {
	const outgoing = new Outgoing(membership);
	const guard = new Guard(membership, outgoing);
	db.guard = guard;
	db.use(guard.middleware);
	outgoing.prepare();
}
