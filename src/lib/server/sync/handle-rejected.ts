import type { RequestEvent } from '@sveltejs/kit';
import { JSON_LIMITS } from '#lib/protocol/limits.ts';
import type * as z from 'zod/mini';
import { decisionRequest, type rejectedAnswer } from '#lib/protocol/rejected.ts';
import { sessionOf } from '#lib/server/accounts/sessions.ts';
import { ApiError } from '#lib/server/api-error.ts';
import { noteUse } from '#lib/server/audit/note.ts';
import { readJsonBody } from '#lib/server/body.ts';
import type { ServerContext } from '#lib/server/context.ts';
import { requireRight } from '#lib/server/policy/require-right.ts';
import { mend } from './mend.ts';
import { decide, listRejected, openDesks } from './rejected.ts';
import { takeIn } from './take-in.ts';

/** `GET /api/v1/rejected`: what the server rejected and still needs somebody. It says what visits say: for coordinators only. */
export async function handleRejected(event: RequestEvent, server: ServerContext): Promise<Response> {
	const session = requireRight(await sessionOf(event, server), 'rejected:read');
	const { organisation } = session;
	const [listed, desks] = await Promise.all([
		listRejected(server.store, organisation),
		openDesks(server.store, organisation, server.now())
	]);
	const read = [...Map.groupBy(listed, ({ owner }) => owner)].map(
		([whose, ops]) => ({ event: 'read', kind: 'op', ids: ops.map(({ shown }) => shown.opId), whose }) as const
	);
	await noteUse(server, session, read);
	const rejected = listed.map(({ shown }) => shown);
	return Response.json({ rejected, desks } satisfies z.infer<typeof rejectedAnswer>);
}

/** `POST /api/v1/rejected/:id`: decides what becomes of one. */
export async function handleDecision(event: RequestEvent, server: ServerContext): Promise<Response> {
	const session = requireRight(await sessionOf(event, server), 'rejected:decide');
	const { json } = await readJsonBody(event.request, { bytes: 4096, json: JSON_LIMITS });
	const parsed = decisionRequest.safeParse(json);
	if (!parsed.success) throw new ApiError(422, 'bad_request');
	const opId = event.params.id ?? '';
	const { store, now } = server;
	if (parsed.data.state === 'taken-in') await takeIn(store, session, opId, now());
	else {
		if (parsed.data.state === 'mended') await mend(store, session, opId, parsed.data, now());
		await decide(store, session, opId, parsed.data.state, now());
	}
	return new Response(null, { status: 204 });
}
