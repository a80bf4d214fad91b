import type { RequestEvent } from '@sveltejs/kit';
import type * as z from 'zod/mini';
import { clipRequest, LONGEST_CLIP, type clipReceipt } from '#lib/protocol/clips.ts';
import { sessionOf } from '#lib/server/accounts/sessions.ts';
import { ApiError } from '#lib/server/api-error.ts';
import { readJsonBody } from '#lib/server/body.ts';
import type { ServerContext } from '#lib/server/context.ts';
import { requireRight } from '#lib/server/policy/require-right.ts';
import { keepClip, listClips, readClip, removeClip } from './clips.ts';

/** A recording in base64, and the names around it. */
const LIMITS = { bytes: Math.ceil(LONGEST_CLIP / 3) * 4 + 1024, json: { depth: 2, keys: 8 } };

/** `POST /api/v1/clips`: a phrase or a card that somebody has spoken. */
export async function handleClip(event: RequestEvent, server: ServerContext): Promise<Response> {
	const session = requireRight(await sessionOf(event, server), 'clip:use');
	const { json } = await readJsonBody(event.request, LIMITS);
	const parsed = clipRequest.safeParse(json);
	if (!parsed.success) throw new ApiError(422, 'bad_request');
	const hash = await keepClip(server.store, session, parsed.data, server.now());
	return Response.json({ hash } satisfies z.infer<typeof clipReceipt>, { status: 201 });
}

/** `GET /api/v1/clips?cards=yes`. */
export async function handleClipList(event: RequestEvent, server: ServerContext): Promise<Response> {
	const { organisation } = requireRight(await sessionOf(event, server), 'clip:use');
	return Response.json(
		await listClips(server.store, organisation, event.url.searchParams.get('cards') === 'yes')
	);
}

/** `GET /api/v1/clips/:hash`. */
export async function handleClipAudio(event: RequestEvent, server: ServerContext): Promise<Response> {
	const { organisation } = requireRight(await sessionOf(event, server), 'clip:use');
	return Response.json(await readClip(server.store, organisation, event.params.hash ?? ''));
}

/** `DELETE /api/v1/clips/:hash`. */
export async function handleClipRemoval(event: RequestEvent, server: ServerContext): Promise<Response> {
	const session = requireRight(await sessionOf(event, server), 'clip:use');
	await removeClip(server.store, session, event.params.hash ?? '', server.now());
	return new Response(null, { status: 204 });
}
