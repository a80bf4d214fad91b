import type { RequestEvent } from '@sveltejs/kit';
import type * as z from 'zod/mini';
import { readCode } from '#lib/protocol/accounts.ts';
import {
	shareCodeRequest,
	shareRequest,
	type shareMade,
	type ShareOffer,
	type SharingAnswer
} from '#lib/protocol/sharing.ts';
import { countTry, forgiveTry } from '#lib/server/accounts/attempts.ts';
import { read } from '#lib/server/accounts/bodies.ts';
import { sessionOf } from '#lib/server/accounts/sessions.ts';
import { ApiError } from '#lib/server/api-error.ts';
import type { ServerContext } from '#lib/server/context.ts';
import { requireRight } from '#lib/server/policy/require-right.ts';
import { beginShare, changeShare, endShare, openShareCode, sharingOf } from './shares.ts';

/** Wrong codes within ten minutes: of one organisation, and of all together. */
const TRIES_PER_ORGANISATION = 10;
const TRIES_TOGETHER = 300;

const coordinatorOf = async (event: RequestEvent, server: ServerContext) =>
	requireRight(await sessionOf(event, server), 'sharing:write');

/** `GET /api/v1/sharing`: what this organisation gives and receives. */
export async function handleSharing(event: RequestEvent, server: ServerContext): Promise<Response> {
	const { organisation } = await coordinatorOf(event, server);
	return Response.json((await sharingOf(server.store, organisation)) satisfies SharingAnswer);
}

/** `POST /api/v1/sharing`: begins a share; the answer has the code for whoever is to accept it. */
export async function handleNewShare(event: RequestEvent, server: ServerContext): Promise<Response> {
	const session = await coordinatorOf(event, server);
	const { kinds } = await read(shareRequest, event.request);
	const made = await beginShare(server.store, session, kinds, server.now());
	return Response.json(made satisfies z.infer<typeof shareMade>, { status: 201 });
}

/** `PATCH /api/v1/sharing/[id]`: has the other organisation see something else. */
export async function handleShareChange(event: RequestEvent, server: ServerContext): Promise<Response> {
	const session = await coordinatorOf(event, server);
	const { kinds } = await read(shareRequest, event.request);
	await changeShare(server.store, session, event.params.id ?? '', kinds, server.now());
	return new Response(null, { status: 204 });
}

/** `DELETE /api/v1/sharing/[id]`: withdraws what is given, or receives it no more. */
export async function handleShareEnd(event: RequestEvent, server: ServerContext): Promise<Response> {
	const session = await coordinatorOf(event, server);
	await endShare(server.store, session, event.params.id ?? '', server.now());
	return new Response(null, { status: 204 });
}

/** `POST /api/v1/sharing/codes`: looks at what a code is for, or accepts it. */
export async function handleShareCode(event: RequestEvent, server: ServerContext): Promise<Response> {
	const session = await coordinatorOf(event, server);
	const { code: typed, accept } = await read(shareCodeRequest, event.request);
	const { store, now } = server;
	const at = now();
	const scopes = {
		[`share:${session.organisation}`]: TRIES_PER_ORGANISATION,
		'share:*': TRIES_TOGETHER
	};
	for (const [scope, limit] of Object.entries(scopes)) await countTry(store, scope, limit, at);
	const code = readCode(typed);
	if (!code) throw new ApiError(404, 'code_wrong');
	const offer = await openShareCode(store, session, code, accept, at);
	for (const scope of Object.keys(scopes)) await forgiveTry(store, scope, at);
	return Response.json(offer satisfies ShareOffer);
}
