import type { RequestEvent } from '@sveltejs/kit';
import type { Role } from '#lib/protocol/accounts.ts';
import { ApiError } from '#lib/server/api-error.ts';
import { noteIfPossible } from '#lib/server/storage/failures.ts';
import type { ServerContext } from '#lib/server/context.ts';
import type { Store } from '#lib/server/storage/store.ts';
import { readToken } from './cookies.ts';
import { secretHash } from './secrets.ts';

/** Idle and absolute life of a session, ms. */
const IDLE = 30 * 86_400_000;
const ABSOLUTE = 180 * 86_400_000;
/** How often the time of last use is written, ms. */
const TOUCH = 60_000;

export interface Session {
	organisation: string;
	membership: string;
	device: string;
	role: Role;
	name: string;
	organisationName: string;
	demo: boolean;
}

/** The session of a token, or undefined where there is none, it has ended, or its device was revoked. */
export async function findSession(
	store: Store,
	token: string | undefined,
	now: number
): Promise<Session | undefined> {
	if (!token) return undefined;
	const hash = secretHash(token);
	const row = await store.db
		.selectFrom('sessions')
		.innerJoin('devices', (join) =>
			join
				.onRef('devices.organisation_id', '=', 'sessions.organisation_id')
				.onRef('devices.id', '=', 'sessions.device_id')
		)
		.innerJoin('memberships', (join) =>
			join
				.onRef('memberships.organisation_id', '=', 'sessions.organisation_id')
				.onRef('memberships.id', '=', 'sessions.membership_id')
		)
		.innerJoin('organisations', 'organisations.id', 'sessions.organisation_id')
		.select([
			'sessions.organisation_id',
			'sessions.membership_id',
			'sessions.device_id',
			'sessions.created_at',
			'sessions.used_at',
			'memberships.role',
			'memberships.name',
			'organisations.name as organisation_name',
			'organisations.demo'
		])
		.where('sessions.token_hash', '=', hash)
		.where('devices.revoked_at', 'is', null)
		.where('memberships.ended_at', 'is', null)
		.executeTakeFirst();
	if (!row || now - row.used_at > IDLE || now - row.created_at > ABSOLUTE) return undefined;
	if (now - row.used_at > TOUCH) {
		await noteIfPossible(
			store.db
				.updateTable('sessions')
				.set({ used_at: now })
				.where('organisation_id', '=', row.organisation_id)
				.where('token_hash', '=', hash)
				.execute()
		);
	}
	return {
		organisation: row.organisation_id,
		membership: row.membership_id,
		device: row.device_id,
		role: row.role,
		name: row.name,
		organisationName: row.organisation_name,
		demo: row.demo === 1
	};
}

/** A session with one of the roles, or the answer for somebody who may not. */
export function requireRole(session: Session | undefined, ...roles: Role[]): Session {
	if (!session) throw new ApiError(401, 'sign_in');
	if (!roles.includes(session.role)) throw new ApiError(403, 'not_allowed');
	return session;
}

export async function endSession(store: Store, token: string): Promise<void> {
	await store.db.deleteFrom('sessions').where('token_hash', '=', secretHash(token)).execute();
}

/** The session that a request carries for the membership it names. */
export async function sessionOf(
	{ request, cookies, url }: RequestEvent,
	{ store, now }: ServerContext
): Promise<Session | undefined> {
	return findSession(store, readToken(request, cookies, url), now());
}
