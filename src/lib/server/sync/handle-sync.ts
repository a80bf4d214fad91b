import { gzipSync } from 'node:zlib';
import type { RequestEvent } from '@sveltejs/kit';
import { JSON_LIMITS, MAX_BODY, MAX_INFLATED } from '#lib/protocol/limits.ts';
import { changeRanges } from '#lib/protocol/change-ranges.ts';
import { unpackOps } from '#lib/protocol/packed.ts';
import { declaredVersion, readRequest } from '#lib/protocol/read-request.ts';
import { isWireOp, type SyncRequest, type WireAnswer, type WireOp } from '#lib/protocol/sync.ts';
import { PROTOCOL } from '#lib/protocol/version.ts';
import { readToken } from '#lib/server/accounts/cookies.ts';
import { findDevice, noteRefusal, verifySignature } from '#lib/server/accounts/devices.ts';
import { findSession } from '#lib/server/accounts/sessions.ts';
import { ApiError } from '#lib/server/api-error.ts';
import { noteReading } from '#lib/server/audit/note-reading.ts';
import { readJsonBody } from '#lib/server/body.ts';
import type { ServerContext } from '#lib/server/context.ts';
import { changesSince, type News } from './changes.ts';
import { answerWith, deliver } from './deliver.ts';
import type { ReceivedOp } from './effects.ts';

/** Answers from this size on are compressed, bytes. */
const COMPRESS_FROM = 1000;

const noNews: News = { changes: [], cursors: {}, more: false };

/** One round trip, both ways: `POST /api/v1/sync` (design.md §5). */
export async function handleSync(
	{ request, cookies, url }: RequestEvent,
	server: ServerContext
): Promise<Response> {
	const { store, now, epoch } = server;
	const device = await findDevice(store, request.headers.get('reppu-device'));
	const { json, sha256 } = await readJsonBody(request, {
		bytes: MAX_BODY,
		inflated: MAX_INFLATED,
		json: JSON_LIMITS
	});
	const message = parse(json);
	// Delivering needs the device's own signature; there is no time window, for clocks may be years wrong.
	verifySignature(
		device,
		['POST', url.pathname, message.replica, sha256].join('\n'),
		request.headers.get('reppu-signature')
	);
	const ops = readOps(message);
	if (message.cursors) {
		if (device.revoked) {
			await noteRefusal(store, device, now());
			throw new ApiError(403, 'device_revoked');
		}
		const session = await findSession(server, readToken(request, cookies, url));
		if (session?.device !== device.device) throw new ApiError(401, 'sign_in');
	}
	const receipts = await deliver(server, device, message, ops);
	const { cursors, have = [] } = message;
	const {
		changes,
		cursors: reached,
		more,
		lost
	} = cursors
		? await changesSince(
				store,
				device,
				{ cursors, have: [...have, ...changeRanges(receipts)] },
				{ epoch, now: now() }
			)
		: noNews;
	await noteReading(server, device, changes);
	const answer: WireAnswer = {
		...(await answerWith(server, device, receipts, request)),
		...(changes.length > 0 ? { changes } : {}),
		...(Object.keys(reached).length > 0 ? { cursors: reached } : {}),
		...(more ? { more } : {}),
		...(lost ? { lost } : {})
	};
	return compressed(JSON.stringify(answer), request);
}

function parse(json: unknown): SyncRequest {
	if ((declaredVersion(json) ?? 0) > PROTOCOL) throw new ApiError(426, 'protocol_unknown');
	const request = readRequest(json);
	if (!request) throw new ApiError(422, 'bad_request');
	return request;
}

/** The ops of a request in rows, each with the replica that numbered it. Packed ones pass the same schema as the others. */
function readOps({ ops, packed, replica }: SyncRequest): ReceivedOp[] {
	let rows: WireOp[] | undefined = ops;
	if (packed) {
		rows = unpackOps(packed, replica);
		if (!rows?.every(isWireOp)) throw new ApiError(422, 'bad_request');
	}
	return (rows ?? []).map((op) => ({ ...op, replica: op.replica ?? replica }));
}

function compressed(body: string, request: Request): Response {
	const headers: Record<string, string> = { 'content-type': 'application/json' };
	const accepts = /\bgzip\b/.test(request.headers.get('accept-encoding') ?? '');
	if (!accepts || body.length < COMPRESS_FROM) return new Response(body, { headers });
	return new Response(gzipSync(body), {
		headers: { ...headers, 'content-encoding': 'gzip', vary: 'accept-encoding' }
	});
}
