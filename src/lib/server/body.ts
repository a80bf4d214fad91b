import { hash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { jsonFault, type JsonLimits } from '#lib/domain/json.ts';
import { ApiError } from './api-error.ts';

export interface BodyLimits {
	/** Bytes as sent. */
	bytes: number;
	/** Bytes after gzip; undefined: this endpoint takes no Content-Encoding. */
	inflated?: number;
	json: JsonLimits;
}

/**
 * Bytes of a body that nobody wants that are read all the same and dropped, at most. A client listens only when it has sent
 * everything: without this it would see a broken connection, or wait for its time-out, and never learn why.
 */
const DROPPED = 64 * 1024 * 1024;

/** Reads a stream to its end. What is over the limit is dropped; beyond `dropped` more it gives up. */
async function collect(
	chunks: AsyncIterable<Uint8Array>,
	limit: number,
	{ dropped }: { dropped: number }
): Promise<Buffer> {
	const parts: Uint8Array[] = [];
	let size = 0;
	for await (const chunk of chunks) {
		size += chunk.length;
		if (size <= limit) parts.push(chunk);
		else parts.length = 0;
		if (size > limit + dropped) break;
	}
	if (size > limit) throw new ApiError(413, 'too_large');
	return Buffer.concat(parts, size);
}

const bodyOf = (request: Request) => request.body as unknown as AsyncIterable<Uint8Array>;

/** Reads what is left of a body that was refused unread, so that the answer is heard. */
export async function dropBody(request: Request): Promise<void> {
	if (!request.body || request.bodyUsed) return;
	// The client may have gone, or send more than we take: there is nothing more to tell it.
	await collect(bodyOf(request), 0, { dropped: DROPPED }).catch(() => undefined);
}

/** At once and on this thread: a body is small, and a stream for each would cost more than the inflating. */
function inflate(body: Buffer, limit: number): Buffer {
	try {
		return gunzipSync(body, { maxOutputLength: limit });
	} catch (error) {
		if (error instanceof RangeError) throw new ApiError(413, 'too_large');
		throw new ApiError(400, 'bad_encoding');
	}
}

const OPEN = new Set([0x5b, 0x7b]);
const CLOSE = new Set([0x5d, 0x7d]);

/** Depth of nesting is checked on the bytes, before a parser sees them. */
function tooDeep(bytes: Uint8Array, depth: number): boolean {
	let level = 0;
	let inString = false;
	for (let index = 0; index < bytes.length; index += 1) {
		const byte = bytes[index]!;
		if (inString) {
			if (byte === 0x5c) index += 1;
			else if (byte === 0x22) inString = false;
		} else if (byte === 0x22) inString = true;
		else if (OPEN.has(byte)) {
			level += 1;
			if (level > depth) return true;
		} else if (CLOSE.has(byte)) level -= 1;
	}
	return false;
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Reads a JSON body inside its limits: size while it streams, encoding, UTF-8, depth, then text that a store would alter.
 * `sha256` is of the body as sent, hex: what the device signed.
 */
export async function readJsonBody(
	request: Request,
	limits: BodyLimits
): Promise<{ json: unknown; sha256: string }> {
	if (!/^application\/json\s*(;|$)/i.test(request.headers.get('content-type') ?? '')) {
		throw new ApiError(415, 'not_json');
	}
	const encoding = request.headers.get('content-encoding')?.toLowerCase() ?? 'identity';
	if (encoding !== 'identity' && (encoding !== 'gzip' || limits.inflated === undefined)) {
		throw new ApiError(415, 'bad_encoding');
	}
	if (!request.body) throw new ApiError(400, 'bad_json');
	const sent = await readSent(request, limits.bytes);
	const sha256 = hash('sha256', sent);
	const bytes = encoding === 'gzip' ? inflate(sent, limits.inflated ?? 0) : sent;
	return { json: parseJson(bytes, limits.json), sha256 };
}

/** Reads a body of bytes, which no Content-Encoding makes smaller; `sha256` as above. */
export async function readBytesBody(
	request: Request,
	limit: number
): Promise<{ bytes: Uint8Array; sha256: string }> {
	if (!/^application\/octet-stream\s*(;|$)/i.test(request.headers.get('content-type') ?? '')) {
		throw new ApiError(415, 'not_json');
	}
	const encoding = request.headers.get('content-encoding')?.toLowerCase() ?? 'identity';
	if (encoding !== 'identity') throw new ApiError(415, 'bad_encoding');
	const bytes = request.body ? await readSent(request, limit) : Buffer.alloc(0);
	return { bytes, sha256: hash('sha256', bytes) };
}

async function readSent(request: Request, limit: number): Promise<Buffer> {
	if (Number(request.headers.get('content-length') ?? 0) > limit) throw new ApiError(413, 'too_large');
	return collect(bodyOf(request), limit, { dropped: DROPPED }).catch((error: unknown) => {
		// A broken connection in the middle of a body is the everyday of a phone, not a fault of the server.
		throw error instanceof ApiError ? error : new ApiError(400, 'body_mismatch');
	});
}

/** Reads JSON inside its limits: UTF-8, depth, then text that a store would alter. */
export function parseJson(bytes: Uint8Array, limits: JsonLimits): unknown {
	if (tooDeep(bytes, limits.depth)) throw new ApiError(400, 'bad_json');
	let text: string;
	try {
		text = utf8.decode(bytes);
	} catch {
		throw new ApiError(400, 'bad_encoding');
	}
	let json: unknown;
	try {
		json = JSON.parse(text);
	} catch {
		throw new ApiError(400, 'bad_json');
	}
	const fault = jsonFault(json, limits);
	if (fault === 'too_deep' || fault === 'too_many_keys' || fault === 'not_finite')
		throw new ApiError(400, 'bad_json');
	if (fault) throw new ApiError(422, 'bad_text');
	return json;
}
