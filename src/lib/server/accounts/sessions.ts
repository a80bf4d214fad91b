import type { RequestEvent } from '@sveltejs/kit';
import type { Role } from '#lib/protocol/accounts.ts';
import { denial } from '#lib/server/policy/policy.ts';
import { noteIfPossible } from '#lib/server/storage/failures.ts';
import type { ServerContext } from '#lib/server/context.ts';
import { acrossOrganisations, inOrganisation, reachOnly } from '#lib/server/storage/reach.ts';
import type { Store } from '#lib/server/storage/store.ts';
import { actorOf } from './actor.ts';
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
	// The token says which organisation it is for.
	const found = store.db
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
			'devices.revoked_at',
			'memberships.ended_at',
			'memberships.role',
			'memberships.name',
			'organisations.name as organisation_name',
			'organisations.demo'
		])
		.where('sessions.token_hash', '=', hash);
	const row = await acrossOrganisations(() => found.executeTakeFirst());
	if (!row || now - row.used_at > IDLE || now - row.created_at > ABSOLUTE) return undefined;
	const { organisation_id: organisation, membership_id: membership } = row;
	if (denial(actorOf(row), 'session:read', { organisation, owner: membership })) return undefined;
	if (now - row.used_at > TOUCH) {
		const used = store.db
			.updateTable('sessions')
			.set({ used_at: now })
			.where('organisation_id', '=', organisation)
			.where('token_hash', '=', hash);
		await noteIfPossible(inOrganisation(organisation, () => used.execute()));
	}
	return {
		organisation,
		membership,
		device: row.device_id,
		role: row.role,
		name: row.name,
		organisationName: row.organisation_name,
		demo: row.demo === 1
	};
}

export async function endSession(store: Store, token: string): Promise<void> {
	const ended = store.db.deleteFrom('sessions').where('token_hash', '=', secretHash(token));
	await acrossOrganisations(() => ended.execute());
}

/** The session that a request carries for the membership it names. From here on the request reaches that organisation, and no other. */
export async function sessionOf(
	{ request, cookies, url }: RequestEvent,
	{ store, now }: ServerContext
): Promise<Session | undefined> {
	const session = await findSession(store, readToken(request, cookies, url), now());
	if (session) reachOnly(session.organisation);
	return session;
}
