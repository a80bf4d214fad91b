import type { RequestEvent } from '@sveltejs/kit';
import { tokenRequest, type TokenMade, type TokensAnswer } from '#lib/protocol/api-tokens.ts';
import { ApiError } from '#lib/server/api-error.ts';
import { readJsonBody } from '#lib/server/body.ts';
import type { ServerContext } from '#lib/server/context.ts';
import { requireRight } from '#lib/server/policy/require-right.ts';
import { apiTokens, createApiToken, revokeApiToken } from './api-tokens.ts';
import { countTry } from './attempts.ts';
import { sessionOf } from './sessions.ts';
import { requireProofByPasskey } from './step-up.ts';

const LIMITS = { bytes: 1024, json: { depth: 2, keys: 8 } };
/** Tokens that an organisation makes within ten minutes. */
const AT_ONCE = 10;
/** Tokens of an organisation that count at a time: each is a program that somebody has to know. */
const MOST = 50;

/** `GET /api/v1/api-tokens`: the programs that read the public figures, without what they read with. */
export async function handleTokens(event: RequestEvent, server: ServerContext): Promise<Response> {
	const { organisation } = requireRight(await sessionOf(event, server), 'program:admit');
	const rows = await apiTokens(server.store, organisation);
	const tokens = rows.map((row) => ({
		id: row.id,
		name: row.name,
		createdAt: row.created_at,
		expiresAt: row.expires_at,
		usedAt: row.used_at,
		revokedAt: row.revoked_at
	}));
	return Response.json({ tokens } satisfies TokensAnswer);
}

/** `POST /api/v1/api-tokens`: makes one and tells it this once. It outlives the session that made it, so a session that may be stolen must not make one. */
export async function handleNewToken(event: RequestEvent, server: ServerContext): Promise<Response> {
	const session = requireRight(await sessionOf(event, server), 'program:admit');
	await requireProofByPasskey(server, session);
	const { json } = await readJsonBody(event.request, LIMITS);
	const { success, data } = tokenRequest.safeParse(json);
	if (!success) throw new ApiError(422, 'bad_request');
	const { store, now } = server;
	await countTry(store, `api-token:${session.organisation}`, AT_ONCE, now());
	const made = await store.write(async (trx) => {
		const counting = (await apiTokens({ db: trx }, session.organisation)).filter(
			({ expires_at, revoked_at }) => revoked_at === null && expires_at >= now()
		);
		if (counting.length >= MOST) throw new ApiError(429, 'too_many_tries');
		return createApiToken(trx, session, data, now());
	});
	return Response.json(made satisfies TokenMade, { status: 201 });
}

/** `DELETE /api/v1/api-tokens/[id]`: takes one back. */
export async function handleTokenRevocation(event: RequestEvent, server: ServerContext): Promise<Response> {
	const session = requireRight(await sessionOf(event, server), 'program:admit');
	const { store, now } = server;
	const revoked = await store.write((trx) => revokeApiToken(trx, session, event.params.id ?? '', now()));
	if (!revoked) throw new ApiError(404, 'not_found');
	return new Response(null, { status: 204 });
}
