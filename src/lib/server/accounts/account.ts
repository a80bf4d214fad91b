import type { Account } from '#lib/protocol/account.ts';
import type { ServerContext } from '#lib/server/context.ts';
import { endOf, type Session } from './sessions.ts';

/** What somebody is shown of their own account: where they are signed in, with what, and their devices. */
export async function accountOf(
	{ store, settings, now }: Pick<ServerContext, 'store' | 'settings' | 'now'>,
	{ session, membership, organisation, device, name, role, organisationName, demo }: Session
): Promise<Account> {
	const [devices, sessions, passkeys] = await Promise.all([
		store.db
			.selectFrom('devices')
			.select(['id', 'name', 'created_at', 'seen_at', 'revoked_at'])
			.where('organisation_id', '=', organisation)
			.where('membership_id', '=', membership)
			.orderBy('created_at', 'desc')
			.execute(),
		store.db
			.selectFrom('sessions')
			.select(['id', 'device_id', 'way', 'created_at', 'used_at'])
			.where('organisation_id', '=', organisation)
			.where('membership_id', '=', membership)
			.orderBy('used_at', 'desc')
			.execute(),
		store.db
			.selectFrom('passkeys')
			.select(['id', 'name', 'created_at', 'used_at', 'synced'])
			.where('organisation_id', '=', organisation)
			.where('membership_id', '=', membership)
			.orderBy('created_at')
			.execute()
	]);
	const names = new Map(devices.map((one) => [one.id, one.name]));
	return {
		user: { membership, name, role, organisation, organisationName, demo },
		sessions: sessions
			.map((row) => ({
				id: row.id,
				this: row.id === session,
				device: row.device_id,
				deviceName: names.get(row.device_id) ?? '',
				way: row.way,
				createdAt: row.created_at,
				seenAt: row.used_at,
				endsAt: endOf(row, demo, settings)
			}))
			.filter(({ endsAt }) => endsAt >= now()),
		passkeys: passkeys.map((row) => ({
			id: row.id,
			name: row.name,
			createdAt: row.created_at,
			usedAt: row.used_at,
			synced: row.synced === 1
		})),
		devices: devices.map((row) => ({
			id: row.id,
			this: row.id === device,
			name: row.name,
			createdAt: row.created_at,
			seenAt: row.seen_at,
			revokedAt: row.revoked_at
		}))
	};
}
