import type { PackPart } from '#lib/protocol/pack.ts';
import type { Carrier, Failure } from './exchange.ts';
import { askPackServer, failureOf } from './pack-answer.ts';

/** How long one request for a part may take, ms. */
const TIMEOUT = 60_000;

const toHex = (buffer: ArrayBuffer) =>
	Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, '0')).join('');

/** What has come of a part so far; the rest is asked for from there. */
class Received {
	readonly #chunks: Uint8Array[] = [];
	size = 0;

	add(chunk: Uint8Array): void {
		this.#chunks.push(chunk);
		this.size += chunk.length;
	}

	clear(): void {
		this.#chunks.length = 0;
		this.size = 0;
	}

	whole(): Uint8Array<ArrayBuffer> {
		const bytes = new Uint8Array(this.size);
		let at = 0;
		for (const chunk of this.#chunks) {
			bytes.set(chunk, at);
			at += chunk.length;
		}
		return bytes;
	}
}

/**
 * Fetches one part and holds it to its name. An answer that breaks off is asked for again from where it stopped, as long as each try brings
 * something; one that says something else than its name is nothing.
 */
export async function fetchPart(
	carrier: Carrier,
	part: PackPart
): Promise<{ bytes: Uint8Array<ArrayBuffer> } | { failure: Failure }> {
	const received = new Received();
	for (;;) {
		const before = received.size;
		const failure = await receive(carrier, part, received);
		if (failure) return { failure };
		if (received.size > part.bytes) return { failure: { why: 'blocked' } };
		if (received.size === part.bytes) {
			const bytes = received.whole();
			const hash = toHex(await crypto.subtle.digest('SHA-256', bytes));
			return hash === part.hash ? { bytes } : { failure: { why: 'blocked' } };
		}
		if (received.size <= before) return { failure: { why: 'offline' } };
	}
}

/** One request; what it brings is added. A failure only where the answer is another than the part. */
async function receive(
	carrier: Carrier,
	{ hash, bytes }: PackPart,
	received: Received
): Promise<Failure | undefined> {
	const range: Record<string, string> =
		received.size > 0 ? { range: `bytes=${received.size}-`, 'if-range': `"${hash}"` } : {};
	try {
		const timeout = carrier.timeout ?? TIMEOUT;
		const response = await askPackServer(carrier, `/parts/${hash}`, timeout, range);
		if (!response) return { why: 'offline' };
		const { status, headers, body } = response;
		if (status !== 200 && status !== 206) return failureOf(response);
		if (headers.get('content-type') !== 'application/octet-stream' || !body)
			return { why: 'blocked', status };
		// Whoever gives no ranges begins anew.
		if (status === 200) received.clear();
		else if (!headers.get('content-range')?.startsWith(`bytes ${received.size}-`))
			return { why: 'blocked', status };
		const reader = body.getReader();
		for (let { done, value } = await reader.read(); !done; { done, value } = await reader.read()) {
			if (value) received.add(value);
			if (received.size > bytes) return { why: 'blocked', status };
		}
	} catch {
		// The line broke: what came before stays.
	}
	return undefined;
}
