import type * as z from 'zod/mini';
import type { peopleAnswer } from '#lib/protocol/accounts.ts';
import { among } from '#lib/server/storage/many-rows.ts';
import type { Store } from '#lib/server/storage/store.ts';

/** Everybody of the organisation with their devices and open invitations, by name. */
export async function listPeople(
	store: Store,
	organisation: string,
	now: number
): Promise<z.infer<typeof peopleAnswer>> {
	const [members, devices, invitations, identities] = await Promise.all([
		store.db
			.selectFrom('memberships')
			.select(['id', 'name', 'role'])
			.where('organisation_id', '=', organisation)
			.where('ended_at', 'is', null)
			.orderBy('name')
			.execute(),
		store.db
			.selectFrom('devices')
			.select(['id', 'membership_id', 'name', 'created_at', 'seen_at', 'revoked_at', 'wiped_at', 'high_seq'])
			.where('organisation_id', '=', organisation)
			.orderBy('created_at')
			.execute(),
		store.db
			.selectFrom('invitations')
			.select(['membership_id', 'expires_at'])
			.where('organisation_id', '=', organisation)
			.where('used_at', 'is', null)
			.where('way', '=', 'code')
			.where('expires_at', '>', now)
			.execute(),
		store.db
			.selectFrom('identities')
			.select(['membership_id', 'name', 'subject'])
			.where('organisation_id', '=', organisation)
			.execute()
	]);
	const known = new Map(identities.map((identity) => [identity.membership_id, identity]));
	const missing = await missingOf(store, organisation, devices);
	return {
		people: members.map((member) => ({
			membership: member.id,
			name: member.name,
			role: member.role,
			directoryName: known.get(member.id)?.name ?? null,
			directoryUsed: (known.get(member.id)?.subject ?? null) !== null,
			devices: devices
				.filter((device) => device.membership_id === member.id)
				.map((device) => ({
					id: device.id,
					name: device.name,
					createdAt: device.created_at,
					seenAt: device.seen_at,
					revokedAt: device.revoked_at,
					wipedAt: device.wiped_at,
					missing: missing.get(device.id) ?? 0
				})),
			invitedUntil: invitations
				.filter((invitation) => invitation.membership_id === member.id)
				.reduce<number | null>((latest, { expires_at }) => Math.max(latest ?? 0, expires_at), null)
		}))
	};
}

/** How many numbers below the highest one announced never came, by device: a phone whose database vanished took them along. */
async function missingOf(
	store: Store,
	organisation: string,
	devices: readonly { id: string; high_seq: string }[]
): Promise<Map<string, number>> {
	const announced = devices.flatMap(({ id, high_seq }) =>
		Object.entries(JSON.parse(high_seq) as Record<string, number>).map(([replica, high]) => ({
			id,
			replica,
			high
		}))
	);
	const missing = new Map<string, number>();
	if (announced.length === 0) return missing;
	const rows = await store.db
		.selectFrom('journal')
		.select(['replica', (eb) => eb.fn.countAll().as('received')])
		.where('organisation_id', '=', organisation)
		.where(
			among(
				store,
				'replica',
				announced.map(({ replica }) => replica)
			)
		)
		.groupBy('replica')
		.execute();
	const received = new Map(rows.map((row) => [row.replica, Number(row.received)]));
	for (const { id, replica, high } of announced) {
		const lacking = Math.max(0, high - (received.get(replica) ?? 0));
		missing.set(id, (missing.get(id) ?? 0) + lacking);
	}
	return missing;
}
