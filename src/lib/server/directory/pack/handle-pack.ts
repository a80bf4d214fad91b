import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { RequestEvent } from '@sveltejs/kit';
import type { PackManifest } from '#lib/protocol/pack.ts';
import { sessionOf } from '#lib/server/accounts/sessions.ts';
import { ApiError } from '#lib/server/api-error.ts';
import type { ServerContext } from '#lib/server/context.ts';
import { requireRight } from '#lib/server/policy/require-right.ts';
import { writeCursor } from '#lib/server/sync/cursor.ts';
import { readPack } from './keep.ts';
import { readPart, unpacked } from './stored-part.ts';

async function organisationOf(event: RequestEvent, server: ServerContext): Promise<string> {
	return requireRight(await sessionOf(event, server), 'directory:read').organisation;
}

/** `GET /api/v1/pack?have=CURSOR`: the organisation's pack, or nothing where there is none or it is the one that whoever asks has. */
export async function handlePack(event: RequestEvent, server: ServerContext): Promise<Response> {
	const organisation = await organisationOf(event, server);
	const pack = await readPack(server.store, organisation);
	if (!pack?.contents) return new Response(null, { status: 204 });
	const { epoch } = server;
	const cursor = writeCursor({ change: pack.change, top: undefined }, epoch);
	if (event.url.searchParams.get('have') === cursor) return new Response(null, { status: 204 });
	const { services, languages, parts, unindexed } = pack.contents;
	return Response.json({
		format: 1,
		organisation,
		change: pack.change,
		epoch,
		cursor,
		made: new Date(pack.made).toISOString(),
		services,
		languages,
		parts,
		unindexed
	} satisfies PackManifest);
}

const HASH = /^[0-9a-f]{64}$/;

/** `GET /api/v1/pack/parts/HASH`: one part. It never changes. Its hash is that of what it says, however it is compressed on its way. */
export async function handlePackPart(event: RequestEvent, server: ServerContext): Promise<Response> {
	const organisation = await organisationOf(event, server);
	const hash = event.params['hash'] ?? '';
	const sent = HASH.test(hash) ? await readPart(server.store, organisation, hash) : undefined;
	if (!sent) throw new ApiError(404, 'not_found');
	const headers = {
		'content-type': 'application/octet-stream',
		'cache-control': 'private, max-age=31536000, immutable, no-transform',
		vary: 'accept-encoding'
	};
	const takes = event.request.headers.get('accept-encoding') ?? '';
	if (/\bbr\b/.test(takes)) return new Response(sent, { headers: { ...headers, 'content-encoding': 'br' } });
	// A proxy may have left that word out.
	const plain = new Uint8Array(await unpacked(sent));
	if (!/\bgzip\b/.test(takes)) return new Response(plain, { headers });
	const zipped = new Uint8Array(await promisify(gzip)(plain));
	return new Response(zipped, { headers: { ...headers, 'content-encoding': 'gzip' } });
}
