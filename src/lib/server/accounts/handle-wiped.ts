import type { RequestEvent } from '@sveltejs/kit';
import { wipedRequest } from '#lib/protocol/accounts.ts';
import { ApiError } from '#lib/server/api-error.ts';
import { readJsonBody } from '#lib/server/body.ts';
import type { ServerContext } from '#lib/server/context.ts';
import { findDevice, noteWiped, verifySignature } from './devices.ts';

/**
 * `POST /api/v1/wiped`: a revoked device says that it has emptied itself, and its browser is told to drop whatever is left. Only a revoked
 * one is answered so: everything of everybody on that browser goes. Where a worker says it, a page comes and says it again.
 */
export async function handleWiped({ request, url }: RequestEvent, server: ServerContext): Promise<Response> {
	const { store, now } = server;
	const device = await findDevice(store, request.headers.get('reppu-device'));
	const { json, sha256 } = await readJsonBody(request, { bytes: 1024, json: { depth: 2, keys: 4 } });
	const parsed = wipedRequest.safeParse(json);
	if (!parsed.success) throw new ApiError(422, 'bad_request');
	const signed = ['POST', url.pathname, parsed.data.replica, sha256].join('\n');
	verifySignature(device, signed, request.headers.get('reppu-signature'));
	if (!device.revoked) throw new ApiError(403, 'not_allowed');
	await noteWiped(store, device, now());
	const headers: HeadersInit = parsed.data.stays
		? {}
		: { 'clear-site-data': '"cache", "cookies", "storage"' };
	return new Response(null, { status: 204, headers });
}
