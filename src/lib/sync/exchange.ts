import { errorBody } from '#lib/protocol/errors.ts';
import { canPack, packOps } from '#lib/protocol/packed.ts';
import { writeFrame, type Frame } from '#lib/protocol/sealed-frame.ts';
import { syncAnswer, type SyncAnswer, type SyncRequest, type WireOp } from '#lib/protocol/sync.ts';
import { PROTOCOL } from '#lib/protocol/version.ts';

/**
 * Why a round trip brought no answer. None of them changes a row of the outbox.
 *
 * - `offline`: the network did not carry the request, or it took too long
 * - `blocked`: somebody else answered: a captive portal, a login page, an empty body, a page of HTML
 * - `server`: the server could not answer now; `retryAfter` in ms where it said when
 * - `too_large`: fewer ops at once
 * - `sign_in`: this device may deliver but not read until its user signs in
 * - `revoked`: the device was revoked
 * - `outdated`: this version of the app is too old
 * - `refused`: the server did not understand the request: a fault of ours, with its code
 * - `full`: it was answered, but this device has no room for what is new
 * - `device`: this device could not read or write what it keeps
 */
export type Failure = {
	why:
		| 'offline'
		| 'blocked'
		| 'server'
		| 'too_large'
		| 'sign_in'
		| 'revoked'
		| 'outdated'
		| 'refused'
		| 'full'
		| 'device';
	status?: number | undefined;
	code?: string | undefined;
	retryAfter?: number | undefined;
};

/** Code of a failure where the request took too long. */
export const TIMED_OUT = 'timed_out';

export type Exchange = { answer: SyncAnswer } | { failure: Failure };

/** How long a request may take before it counts as not carried, ms: long, because 2G is slow, and finite, because it hangs. */
const TIMEOUT = 60_000;

/** From this size on a body is compressed, bytes. */
const COMPRESS_FROM = 600;
/** From this many ops on they go by column. */
const PACK_FROM = 4;

export interface Carrier {
	fetch: (url: string, init: RequestInit) => Promise<Response>;
	/** False in the demo while its network switch is off. */
	mayCarry: () => Promise<boolean>;
	/** Signs the method, path, replica and SHA-256 of the body as sent; base64. */
	sign: (message: string) => Promise<string>;
	headers: Record<string, string>;
	timeout?: number;
	/** What the browser thinks of the line's downlink, Mbit/s. */
	downlink?: () => number | undefined;
}

/** The paths of the two endpoints that take ops; part of what is signed. */
const SYNC_PATH = '/api/v1/sync';
const SEALED_PATH = '/api/v1/sealed';

const toHex = (buffer: ArrayBuffer) =>
	Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, '0')).join('');

/** What a device signs: it says nothing about time, because clocks may be years wrong; a replay is harmless by opId. */
function signedText(method: string, path: string, replica: string, bodySha256: string): string {
	return [method, path, replica, bodySha256].join('\n');
}

async function gzip(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
	const { readable, writable } = new CompressionStream('gzip');
	const writer = writable.getWriter();
	const written = Promise.all([writer.write(bytes), writer.close()]);
	const zipped = await new Response(readable).arrayBuffer();
	await written;
	return new Uint8Array(zipped);
}

/** A request in words of the protocol, before it is laid out for the wire. */
export type PlainRequest = Omit<SyncRequest, 'protocol' | 'ops' | 'packed'> & { ops: WireOp[] };

/** A request ready to go: laid out, compressed and signed. */
export interface Parcel {
	/** It carries sealed ops: see protocol/sealed-frame.ts. */
	sealed?: boolean;
	body: Uint8Array<ArrayBuffer>;
	gzipped: boolean;
	headers: Record<string, string>;
}

/** The request's body, by column and compressed where that pays. */
async function encodeRequest(
	request: PlainRequest
): Promise<{ body: Uint8Array<ArrayBuffer>; gzipped: boolean }> {
	const { ops, ...rest } = request;
	const packed = ops.length >= PACK_FROM && canPack(ops);
	const message: SyncRequest = {
		protocol: PROTOCOL,
		...rest,
		...(packed ? { packed: packOps(ops, request.replica) } : ops.length > 0 ? { ops } : {})
	};
	const plain = new TextEncoder().encode(JSON.stringify(message));
	if (plain.length < COMPRESS_FROM || typeof CompressionStream === 'undefined')
		return { body: plain, gzipped: false };
	return { body: await gzip(plain), gzipped: true };
}

/** Makes a request ready to go. */
export async function wrap(request: PlainRequest, carrier: Carrier): Promise<Parcel> {
	const { body, gzipped } = await encodeRequest(request);
	const headers = {
		...carrier.headers,
		'content-type': 'application/json',
		...(gzipped ? { 'content-encoding': 'gzip' } : {})
	};
	return { body, gzipped, headers: await signedHeaders(headers, SYNC_PATH, request.replica, body, carrier) };
}

/** The same for ops that only the server can open. */
export async function wrapSealed(frame: Frame, carrier: Carrier): Promise<Parcel> {
	const body = writeFrame(frame);
	const headers = { ...carrier.headers, 'content-type': 'application/octet-stream' };
	const parcel = { sealed: true, body, gzipped: false };
	return { ...parcel, headers: await signedHeaders(headers, SEALED_PATH, frame.replica, body, carrier) };
}

/** The headers with the device's signature over method, path, replica and body. */
export async function signedHeaders(
	headers: Record<string, string>,
	path: string,
	replica: string,
	body: Uint8Array<ArrayBuffer>,
	{ sign }: Pick<Carrier, 'sign'>
): Promise<Record<string, string>> {
	const digest = toHex(await crypto.subtle.digest('SHA-256', body));
	return { ...headers, 'reppu-signature': await sign(signedText('POST', path, replica, digest)) };
}

/** One round trip. Never throws: whatever is not a proper answer is a failure that keeps every op. */
export async function exchange(parcel: Promise<Parcel>, carrier: Carrier): Promise<Exchange> {
	try {
		const [{ sealed, body, headers }, mayCarry] = await Promise.all([parcel, carrier.mayCarry()]);
		if (!mayCarry) return { failure: { why: 'offline' } };
		const response = await carrier.fetch(sealed ? SEALED_PATH : SYNC_PATH, {
			method: 'POST',
			body,
			redirect: 'manual',
			cache: 'no-store',
			credentials: 'same-origin',
			headers,
			signal: AbortSignal.timeout(carrier.timeout ?? TIMEOUT)
		});
		return await readResponse(response);
	} catch (error) {
		// The browser tells no other reason apart: no network, a broken connection.
		const timeout = error instanceof DOMException && error.name === 'TimeoutError';
		return { failure: { why: 'offline', ...(timeout ? { code: TIMED_OUT } : {}) } };
	}
}

async function readResponse(response: Response): Promise<Exchange> {
	const { status } = response;
	if (response.type === 'opaqueredirect' || response.redirected) return { failure: { why: 'blocked' } };
	let body: unknown;
	if ((response.headers.get('content-type') ?? '').startsWith('application/json')) {
		const text = await response.text();
		try {
			body = JSON.parse(text);
		} catch {
			// Cut off, or never JSON: judged below by the status alone.
		}
	} else void response.body?.cancel();
	if (status === 200) {
		const answer = syncAnswer.safeParse(body);
		return answer.success ? { answer: answer.data } : { failure: { why: 'blocked', status } };
	}
	const error = errorBody.safeParse(body);
	const code = error.success ? error.data.error : undefined;
	const seconds = Number(response.headers.get('retry-after'));
	const retryAfter = Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : undefined;
	return { failure: { why: reasonOf(status, code), status, code, retryAfter } };
}

/** By our server's own word; without one by the status, which a proxy on the way may have set. */
function reasonOf(status: number, code: string | undefined): Failure['why'] {
	switch (code) {
		case 'too_large':
		case 'sign_in':
			return code;
		case 'device_revoked':
			return 'revoked';
		case 'protocol_unknown':
			return 'outdated';
	}
	if (status === 413) return 'too_large';
	if (status >= 500 || status === 429 || status === 408 || status === 425) return 'server';
	return code === undefined ? 'blocked' : 'refused';
}
