import { unpackOps } from '#lib/protocol/packed.ts';
import { readRequest } from '#lib/protocol/read-request.ts';
import type { WireOp } from '#lib/protocol/sync.ts';
import type { SentRow } from './rows.ts';

async function textOf({ codec, body }: SentRow): Promise<string> {
	const blob = new Blob([body]);
	if (codec === 'request') return blob.text();
	return new Response(blob.stream().pipeThrough(new DecompressionStream('gzip'))).text();
}

/**
 * The ops of a sent row, as they went, also in the words of an earlier release. Throws where the body is not a request that was sent from
 * here: then nothing can be said about what it held.
 */
export async function opsOf(row: SentRow): Promise<WireOp[]> {
	const request = readRequest(JSON.parse(await textOf(row)));
	if (!request) throw new Error('A sent request is kept in a form that this version does not know.');
	const { ops, packed, replica } = request;
	const wanted = new Set(row.opIds);
	return (packed ? (unpackOps(packed, replica) ?? []) : (ops ?? [])).filter(({ opId }) => wanted.has(opId));
}
