import type { RequestEvent } from '@sveltejs/kit';
import type { Account } from '#lib/protocol/account.ts';
import { ApiError } from '#lib/server/api-error.ts';
import type { ServerContext } from '#lib/server/context.ts';
import { requireRight } from '#lib/server/policy/require-right.ts';
import { accountOf } from './account.ts';
import { clearToken, readToken } from './cookies.ts';
import { endOwnSessions, endSession, sessionOf, type Session } from './sessions.ts';

/** Whoever is signed in, for what is their own. */
export async function ownAccount(event: RequestEvent, server: ServerContext): Promise<Session> {
	const found = await sessionOf(event, server);
	return requireRight(found, 'account:use', found?.membership);
}

/** `GET /api/v1/account`: where one is signed in, with what, and one's devices. */
export async function handleAccount(event: RequestEvent, server: ServerContext): Promise<Response> {
	const session = await ownAccount(event, server);
	return Response.json((await accountOf(server, session)) satisfies Account);
}

/** `GET /api/v1/session`: who this browser is for the membership it names. */
export async function handleWhoAmI(event: RequestEvent, server: ServerContext): Promise<Response> {
	const session = await sessionOf(event, server);
	if (!session) throw new ApiError(401, 'sign_in');
	return Response.json(session);
}

/** `DELETE /api/v1/session`: ends the session here and now. What waits on the device stays and can still be delivered. */
export async function handleSignOut(event: RequestEvent, { store, now }: ServerContext): Promise<Response> {
	const { request, cookies, url } = event;
	const token = readToken(request, cookies, url);
	if (token) {
		await endSession(store, token, now());
		clearToken(cookies, url, request.headers.get('reppu-membership') ?? '');
	}
	return new Response(null, { status: 204 });
}

/** `DELETE /api/v1/sessions/[id]`: ends one of one's own sessions, also this one. */
export async function handleEndSession(event: RequestEvent, server: ServerContext): Promise<Response> {
	const session = await ownAccount(event, server);
	const id = event.params.id ?? '';
	const ended = await endOwnSessions(server.store, session, { id }, server.now());
	if (ended === 0) throw new ApiError(404, 'not_found');
	if (id === session.session) clearToken(event.cookies, event.url, session.membership);
	return new Response(null, { status: 204 });
}

/** `DELETE /api/v1/sessions`: ends all of one's own sessions but this one. */
export async function handleEndOthers(event: RequestEvent, server: ServerContext): Promise<Response> {
	const session = await ownAccount(event, server);
	await endOwnSessions(server.store, session, 'others', server.now());
	return new Response(null, { status: 204 });
}
