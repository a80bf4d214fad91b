import type * as z from 'zod/mini';
import type { peopleAnswer } from '#lib/protocol/accounts.ts';
import type { Store } from '#lib/server/storage/store.ts';

/** Everybody of the organisation with their devices and open invitations, by name. */
export async function listPeople(
	store: Store,
	organisation: string,
	now: number
): Promise<z.infer<typeof peopleAnswer>> {
	const [members, devices, invitations] = await Promise.all([
		store.db
			.selectFrom('memberships')
			.select(['id', 'name', 'role'])
			.where('organisation_id', '=', organisation)
			.where('ended_at', 'is', null)
			.orderBy('name')
			.execute(),
		store.db
			.selectFrom('devices')
			.select(['id', 'membership_id', 'name', 'created_at', 'seen_at', 'revoked_at'])
			.where('organisation_id', '=', organisation)
			.orderBy('created_at')
			.execute(),
		store.db
			.selectFrom('invitations')
			.select(['membership_id', 'expires_at'])
			.where('organisation_id', '=', organisation)
			.where('used_at', 'is', null)
			.where('expires_at', '>', now)
			.execute()
	]);
	return {
		people: members.map((member) => ({
			membership: member.id,
			name: member.name,
			role: member.role,
			devices: devices
				.filter((device) => device.membership_id === member.id)
				.map((device) => ({
					id: device.id,
					name: device.name,
					createdAt: device.created_at,
					seenAt: device.seen_at,
					revokedAt: device.revoked_at
				})),
			invitedUntil: invitations
				.filter((invitation) => invitation.membership_id === member.id)
				.reduce<number | null>((latest, { expires_at }) => Math.max(latest ?? 0, expires_at), null)
		}))
	};
}
