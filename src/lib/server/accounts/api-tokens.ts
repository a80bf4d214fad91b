import type { RequestEvent } from '@sveltejs/kit';
import { newId } from '#lib/domain/ids.ts';
import { ApiError } from '#lib/server/api-error.ts';
import { note, type Doer } from '#lib/server/audit/note.ts';
import type { ServerContext } from '#lib/server/context.ts';
import { noteIfPossible } from '#lib/server/storage/failures.ts';
import { acrossOrganisations, inOrganisation, reachOnly } from '#lib/server/storage/reach.ts';
import type { Store, Trx } from '#lib/server/storage/store.ts';
import { newToken, secretHash } from './secrets.ts';

/**
 * Tokens for programs of a municipality. One opens the public figures of its organisation and nothing else; the office makes and revokes them
 * (handle-api-tokens.ts), and whoever runs the server (`npm run api-token`).
 */

/** How a token begins, so that one that got lost is known for what it is. */
const HEAD = 'reppu_api_';
const DAY = 86_400_000;
/** How often the time of last use is written, ms. */
const TOUCH = 60_000;

/** A program that has shown its token. */
interface Program {
	organisation: string;
	/** Id of its token. */
	token: string;
}

/** Makes a token. It is told once and kept only as its hash. */
export async function createApiToken(
	trx: Trx,
	by: Doer,
	{ name, days }: { name: string; days: number },
	now: number
): Promise<{ id: string; token: string; expiresAt: number }> {
	const [id, token, expiresAt] = [newId(now), `${HEAD}${newToken()}`, now + days * DAY];
	await trx
		.insertInto('api_tokens')
		.values({
			organisation_id: by.organisation,
			id,
			name,
			token_hash: secretHash(token),
			created_at: now,
			expires_at: expiresAt,
			used_at: null,
			revoked_at: null
		})
		.execute();
	await note(trx, by, [{ event: 'invite', kind: 'token', ids: [id] }], now);
	return { id, token, expiresAt };
}

/** All of an organisation, the newest first. */
export const apiTokens = ({ db }: Pick<Store, 'db'>, organisation: string) =>
	db
		.selectFrom('api_tokens')
		.select(['id', 'name', 'created_at', 'expires_at', 'used_at', 'revoked_at'])
		.where('organisation_id', '=', organisation)
		.orderBy('created_at', 'desc')
		.execute();

/** Revokes a token; false where there is none of this id that counts. */
export async function revokeApiToken(trx: Trx, by: Doer, id: string, now: number): Promise<boolean> {
	const { numUpdatedRows } = await trx
		.updateTable('api_tokens')
		.set({ revoked_at: now })
		.where('organisation_id', '=', by.organisation)
		.where('id', '=', id)
		.where('revoked_at', 'is', null)
		.executeTakeFirst();
	if (numUpdatedRows === 0n) return false;
	await note(trx, by, [{ event: 'revoke', kind: 'token', ids: [id] }], now);
	return true;
}

/**
 * The program whose token the request carries; undefined where it carries none. From here on the request reaches its organisation, and no other. 401 where the
 * token is unknown, over or revoked.
 */
export async function programOf(
	{ request }: Pick<RequestEvent, 'request'>,
	{ store, now: clock }: Pick<ServerContext, 'store' | 'now'>
): Promise<Program | undefined> {
	// Anything else is a proxy's before this server, and says nothing of who asks here.
	const [, token] = /^Bearer +(.+)$/i.exec(request.headers.get('authorization') ?? '') ?? [];
	if (token === undefined) return undefined;
	if (!token.startsWith(HEAD)) throw new ApiError(401, 'sign_in');
	const hash = secretHash(token);
	// The token says which organisation it is for.
	const found = store.db
		.selectFrom('api_tokens')
		.select(['organisation_id', 'id', 'expires_at', 'used_at', 'revoked_at'])
		.where('token_hash', '=', hash);
	const row = await acrossOrganisations(() => found.executeTakeFirst());
	const now = clock();
	if (!row || row.revoked_at !== null || now > row.expires_at) throw new ApiError(401, 'sign_in');
	const organisation = row.organisation_id;
	if (now - (row.used_at ?? 0) > TOUCH) {
		const used = store.db
			.updateTable('api_tokens')
			.set({ used_at: now })
			.where('organisation_id', '=', organisation)
			.where('id', '=', row.id);
		await noteIfPossible(inOrganisation(organisation, () => used.execute()));
	}
	reachOnly(organisation);
	return { organisation, token: row.id };
}
