import { createHash, sign } from 'node:crypto';
import { prepareSeal, sealOp } from '#lib/protocol/sealed.ts';
import { writeFrame, type SealedOp } from '#lib/protocol/sealed-frame.ts';
import type { OrganisationKey } from '#lib/protocol/sealing-key.ts';
import { syncAnswer, type SyncAnswer, type WireOp } from '#lib/protocol/sync.ts';
import { handleSealed } from '#lib/server/sync/handle-sealed.ts';
import { call, ORIGIN, type Phone } from './server.ts';

const SEALED_PATH = '/api/v1/sealed';

/** What a phone signs of a body that goes to this path. */
export function signedFor(phone: Phone, path: string, body: Uint8Array): Record<string, string> {
	const sha = createHash('sha256').update(body).digest('hex');
	const text = Buffer.from(['POST', path, phone.replica, sha].join('\n'));
	return {
		'reppu-device': phone.enrolled.device,
		'reppu-signature': sign('sha256', text, { key: phone.key, dsaEncoding: 'ieee-p1363' }).toString('base64')
	};
}

export const keyOf = ({ server, enrolled }: Phone): Promise<OrganisationKey> =>
	server.keys.newest(enrolled.organisation, server.now());

/** An op as a locked phone keeps it. */
export async function sealed(phone: Phone, op: WireOp, key?: OrganisationKey): Promise<SealedOp> {
	const context = await prepareSeal(key ?? (await keyOf(phone)));
	return { opId: op.opId, seq: op.seq, sealed: await sealOp(context, phone.enrolled.organisation, op) };
}

/** The raw answer to any bytes, signed as they are; `headers` replace those that a phone would send. */
export function sendFrame(
	phone: Phone,
	body: Uint8Array<ArrayBuffer>,
	headers: Record<string, string> = {}
): Promise<Response> {
	const request = new Request(`${ORIGIN}${SEALED_PATH}`, {
		method: 'POST',
		headers: {
			origin: ORIGIN,
			'content-type': 'application/octet-stream',
			...signedFor(phone, SEALED_PATH, body),
			...headers
		},
		body
	});
	return call(phone.server, handleSealed, request);
}

/** Delivers what was sealed, without a session. */
export async function deliverSealed(
	phone: Phone,
	ops: SealedOp[],
	headers: Record<string, string> = {}
): Promise<SyncAnswer> {
	const body = writeFrame({ replica: phone.replica, highSeq: phone.seq, ops });
	const response = await sendFrame(phone, body, headers);
	if (response.status !== 200) throw new Error(`${response.status} ${await response.text()}`);
	return syncAnswer.parse(await response.json());
}
