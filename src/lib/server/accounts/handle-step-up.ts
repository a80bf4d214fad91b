import type { RequestEvent } from '@sveltejs/kit';
import type * as z from 'zod/mini';
import { stepUpRequest, type requestOptions } from '#lib/protocol/passkeys.ts';
import { ApiError } from '#lib/server/api-error.ts';
import type { ServerContext } from '#lib/server/context.ts';
import { askToSign, verifyAssertion } from './assertions.ts';
import { read } from './bodies.ts';
import { writeToken } from './cookies.ts';
import { ownAccount } from './handle-account.ts';
import { renewSession } from './step-up.ts';

/** `POST /api/v1/step-up/options`: what one of one’s own passkeys is to sign. Who has none proves it by a new code. */
export async function handleStepUpOptions(event: RequestEvent, server: ServerContext): Promise<Response> {
	const options = await askToSign(server, await ownAccount(event, server));
	if (options.allowCredentials?.length === 0) throw new ApiError(404, 'not_found');
	return Response.json(options satisfies z.infer<typeof requestOptions>);
}

/** `POST /api/v1/step-up`: who is signed in has proved it again. */
export async function handleStepUp(event: RequestEvent, server: ServerContext): Promise<Response> {
	const session = await ownAccount(event, server);
	const { credential } = await read(stepUpRequest, event.request);
	await verifyAssertion(server, credential, session);
	const token = await renewSession(server.store, session, server.now());
	writeToken(event.cookies, event.url, session.membership, token);
	return new Response(null, { status: 204 });
}
