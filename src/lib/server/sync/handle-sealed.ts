import type { RequestEvent } from '@sveltejs/kit';
import { MAX_BODY } from '#lib/protocol/limits.ts';
import { readFrame } from '#lib/protocol/sealed-frame.ts';
import { findDevice, verifySignature } from '#lib/server/accounts/devices.ts';
import { ApiError } from '#lib/server/api-error.ts';
import { readBytesBody } from '#lib/server/body.ts';
import type { ServerContext } from '#lib/server/context.ts';
import { answerWith, deliver } from './deliver.ts';
import { openFrame } from './open-sealed.ts';

/**
 * `POST /api/v1/sealed`: ops that only the server can read, from a phone that is locked or a worker that has no key to read with. It
 * brings receipts and never changes, so the device's signature is enough.
 */
export async function handleSealed({ request, url }: RequestEvent, server: ServerContext): Promise<Response> {
	const device = await findDevice(server.store, request.headers.get('reppu-device'));
	const { bytes, sha256 } = await readBytesBody(request, MAX_BODY);
	const frame = readFrame(bytes);
	if (frame === 'newer') throw new ApiError(426, 'protocol_unknown');
	if (frame === 'too_many') throw new ApiError(413, 'too_large');
	if (typeof frame === 'string') throw new ApiError(422, 'bad_request');
	verifySignature(
		device,
		['POST', url.pathname, frame.replica, sha256].join('\n'),
		request.headers.get('reppu-signature')
	);
	const { organisation } = device;
	const ops = await openFrame((kid) => server.keys.pair(organisation, kid), organisation, frame);
	const receipts = await deliver(server, device, frame, ops);
	return Response.json(await answerWith(server, device, receipts, request));
}
