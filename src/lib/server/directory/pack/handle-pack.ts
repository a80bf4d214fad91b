import type { RequestEvent } from '@sveltejs/kit';
import type { PackManifest } from '#lib/protocol/pack.ts';
import { sessionOf } from '#lib/server/accounts/sessions.ts';
import { ApiError } from '#lib/server/api-error.ts';
import type { ServerContext } from '#lib/server/context.ts';
import { writeCursor } from '#lib/server/sync/cursor.ts';
import { byteRange } from './byte-range.ts';
import { readPack } from './keep.ts';

async function organisationOf(event: RequestEvent, server: ServerContext): Promise<string> {
	const session = await sessionOf(event, server);
	if (!session) throw new ApiError(401, 'sign_in');
	return session.organisation;
}

/** `GET /api/v1/pack?have=CURSOR`: the organisation's pack, or nothing where there is none or it is the one that whoever asks has. */
export async function handlePack(event: RequestEvent, server: ServerContext): Promise<Response> {
	const organisation = await organisationOf(event, server);
	const pack = await readPack(server.store, organisation);
	if (!pack?.contents) return new Response(null, { status: 204 });
	const { epoch } = server;
	const cursor = writeCursor({ change: pack.change, top: undefined }, epoch);
	if (event.url.searchParams.get('have') === cursor) return new Response(null, { status: 204 });
	return Response.json({
		format: 1,
		organisation,
		change: pack.change,
		epoch,
		cursor,
		made: new Date(pack.made).toISOString(),
		...pack.contents
	} satisfies PackManifest);
}

const HASH = /^[0-9a-f]{64}$/;

/** `GET /api/v1/pack/parts/HASH`: one part, whole or from where somebody was cut off. It never changes. */
export async function handlePackPart(event: RequestEvent, server: ServerContext): Promise<Response> {
	const organisation = await organisationOf(event, server);
	const hash = event.params['hash'] ?? '';
	const row = HASH.test(hash)
		? await server.store.db
				.selectFrom('pack_parts')
				.select('content')
				.where('organisation_id', '=', organisation)
				.where('hash', '=', hash)
				.executeTakeFirst()
		: undefined;
	if (!row) throw new ApiError(404, 'not_found');
	const content = Buffer.from(row.content, 'base64');
	const headers: Record<string, string> = {
		'content-type': 'application/octet-stream',
		'cache-control': 'private, max-age=31536000, immutable, no-transform',
		'accept-ranges': 'bytes',
		etag: `"${hash}"`
	};
	const range = byteRange(event.request.headers, content.length, `"${hash}"`);
	if (range === 'none')
		return new Response(null, {
			status: 416,
			headers: { ...headers, 'cache-control': 'no-store', 'content-range': `bytes */${content.length}` }
		});
	const [first, last] = range ?? [0, content.length - 1];
	const body = new Uint8Array(content.subarray(first, last + 1));
	if (!range) return new Response(body, { headers: { ...headers, 'content-length': String(body.length) } });
	return new Response(body, {
		status: 206,
		headers: {
			...headers,
			'content-length': String(body.length),
			'content-range': `bytes ${first}-${last}/${content.length}`
		}
	});
}
