import type { PackPart } from '#lib/protocol/pack.ts';
import type { Carrier, Failure } from './exchange.ts';
import { askPackServer, failureOf } from './pack-answer.ts';

/** How long one request for a part may take, ms: up to 150 KB, and others beside it. */
const TIMEOUT = 180_000;

const toHex = (buffer: ArrayBuffer) =>
	Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, '0')).join('');

/** Fetches one part and holds it to its name. One that breaks off is asked for again by whoever comes next. */
export async function fetchPart(
	carrier: Carrier,
	part: PackPart
): Promise<{ bytes: Uint8Array<ArrayBuffer> } | { failure: Failure }> {
	try {
		const response = await askPackServer(carrier, `/parts/${part.hash}`, carrier.timeout ?? TIMEOUT);
		if (!response) return { failure: { why: 'offline' } };
		const { status, headers, body } = response;
		if (status !== 200) return { failure: failureOf(response) };
		const other: Failure = { why: 'blocked', status };
		if (headers.get('content-type') !== 'application/octet-stream' || !body) return { failure: other };
		const bytes = await readExactly(body, part.bytes);
		if (!bytes) return { failure: other };
		const hash = toHex(await crypto.subtle.digest('SHA-256', bytes));
		return hash === part.hash ? { bytes } : { failure: other };
	} catch {
		// The line broke.
		return { failure: { why: 'offline' } };
	}
}

/** So many bytes; undefined where there are fewer, or more, which are not waited for. */
async function readExactly(
	body: ReadableStream<Uint8Array>,
	size: number
): Promise<Uint8Array<ArrayBuffer> | undefined> {
	const bytes = new Uint8Array(size);
	let at = 0;
	const reader = body.getReader();
	for (let { done, value } = await reader.read(); !done; { done, value } = await reader.read()) {
		if (!value) continue;
		if (at + value.length > size) {
			await reader.cancel();
			return undefined;
		}
		bytes.set(value, at);
		at += value.length;
	}
	return at === size ? bytes : undefined;
}
