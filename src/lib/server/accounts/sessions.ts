import type { RequestEvent } from '@sveltejs/kit';
import { newId } from '#lib/domain/ids.ts';
import type { SignInWay } from '#lib/protocol/account.ts';
import type { Role } from '#lib/protocol/accounts.ts';
import { note, type Doer } from '#lib/server/audit/note.ts';
import type { ServerContext } from '#lib/server/context.ts';
import { denial } from '#lib/server/policy/policy.ts';
import { noteIfPossible } from '#lib/server/storage/failures.ts';
import { acrossOrganisations, inOrganisation, reachOnly } from '#lib/server/storage/reach.ts';
import type { Store, Trx } from '#lib/server/storage/store.ts';
import { actorOf } from './actor.ts';
import { readToken } from './cookies.ts';
import { newToken, secretHash } from './secrets.ts';

const DAY = 86_400_000;
/** Absolute life of a session, ms. How long one lives that nobody uses is a setting. */
const ABSOLUTE = 30 * DAY;
/** How often the time of last use is written, ms. */
const TOUCH = 60_000;

export interface Session {
	/** Its name, by which its owner ends it. */
	session: string;
	organisation: string;
	membership: string;
	device: string;
	role: Role;
	name: string;
	organisationName: string;
	demo: boolean;
	/** When its user proved last who they are, ms since 1970. */
	provedAt: number;
}

type Looking = Pick<ServerContext, 'store' | 'settings' | 'now'>;

/** When a session ends unless it is used until then. In the demo there is nothing to protect, and nobody who could give a new code. */
export function endOf(
	{ created_at, used_at }: { created_at: number; used_at: number },
	demo: boolean,
	{ sessionIdle }: Pick<ServerContext['settings'], 'sessionIdle'>
): number {
	return Math.min(created_at + ABSOLUTE, demo ? Infinity : used_at + sessionIdle);
}

/** The session of a token, or undefined where there is none, it has ended, or its device was revoked. */
export async function findSession(
	{ store, settings, now: clock }: Looking,
	token: string | undefined
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
			'sessions.id',
			'sessions.organisation_id',
			'sessions.membership_id',
			'sessions.device_id',
			'sessions.created_at',
			'sessions.used_at',
			'sessions.proved_at',
			'devices.revoked_at',
			'memberships.ended_at',
			'memberships.role',
			'memberships.name',
			'organisations.name as organisation_name',
			'organisations.demo'
		])
		.where('sessions.token_hash', '=', hash);
	const row = await acrossOrganisations(() => found.executeTakeFirst());
	const now = clock();
	if (!row || now > endOf(row, row.demo === 1, settings)) return undefined;
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
		session: row.id,
		organisation,
		membership,
		device: row.device_id,
		role: row.role,
		name: row.name,
		organisationName: row.organisation_name,
		demo: row.demo === 1,
		provedAt: row.proved_at
	};
}

/**
 * Begins a session of a device and gives its token, for the cookie alone. Whatever session the device had ends with it, so that a token that
 * somebody has copied, or planted, is worth nothing after the next sign-in.
 *
 * @param provedAt when its user proved who they are; 0 where this sign-in does not count for that
 */
export async function beginSession(
	trx: Trx,
	{ organisation, membership, device }: Pick<Session, 'organisation' | 'membership' | 'device'>,
	way: SignInWay,
	now: number,
	provedAt = now
): Promise<string> {
	const token = newToken();
	await trx
		.deleteFrom('sessions')
		.where('organisation_id', '=', organisation)
		.where((eb) => eb.or([eb('device_id', '=', device), eb('created_at', '<', now - ABSOLUTE)]))
		.execute();
	await trx
		.insertInto('sessions')
		.values({
			organisation_id: organisation,
			token_hash: secretHash(token),
			membership_id: membership,
			device_id: device,
			created_at: now,
			used_at: now,
			id: newId(now),
			way,
			proved_at: provedAt
		})
		.execute();
	return token;
}

/** Ends the session of a token, whoever brings it. */
export async function endSession(store: Store, token: string, now: number): Promise<void> {
	const ended = async (trx: Trx) => {
		const row = await trx
			.deleteFrom('sessions')
			.where('token_hash', '=', secretHash(token))
			.returning([
				'organisation_id as organisation',
				'membership_id as membership',
				'device_id as device',
				'id'
			])
			.executeTakeFirst();
		if (row) await noteEnded(trx, row, [row.id], now);
	};
	await acrossOrganisations(() => store.write(ended));
}

/** Ends sessions of whoever asks: one of this name, or all but their own. Gives how many there were. */
export async function endOwnSessions(
	store: Store,
	by: Pick<Session, 'session' | 'organisation' | 'membership' | 'device'>,
	which: { id: string } | 'others',
	now: number
): Promise<number> {
	return store.write(async (trx) => {
		const rows = await trx
			.deleteFrom('sessions')
			.where('organisation_id', '=', by.organisation)
			.where('membership_id', '=', by.membership)
			.where((eb) => (which === 'others' ? eb('id', '!=', by.session) : eb('id', '=', which.id)))
			.returning('id')
			.execute();
		if (rows.length > 0)
			await noteEnded(
				trx,
				by,
				rows.map(({ id }) => id),
				now
			);
		return rows.length;
	});
}

async function noteEnded(trx: Trx, by: Doer, ids: readonly string[], now: number): Promise<void> {
	await note(trx, by, [{ event: 'session-end', kind: 'session', ids, whose: by.membership }], now);
}

/** The session that a request carries for the membership it names. From here on the request reaches that organisation, and no other. */
export async function sessionOf(
	{ request, cookies, url }: RequestEvent,
	server: Looking
): Promise<Session | undefined> {
	const session = await findSession(server, readToken(request, cookies, url));
	if (session) reachOnly(session.organisation);
	return session;
}
