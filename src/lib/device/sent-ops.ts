import { unpackOps } from '#lib/protocol/packed.ts';
import { syncRequest, type WireOp } from '#lib/protocol/sync.ts';
import type { SentRow } from './rows.ts';

async function textOf({ codec, body }: SentRow): Promise<string> {
	const blob = new Blob([body]);
	if (codec === 'request') return blob.text();
	return new Response(blob.stream().pipeThrough(new DecompressionStream('gzip'))).text();
}

/**
 * The ops of a sent row, as they went. Throws where the body is not a request that was sent from here: then nothing can be
 * said about what it held.
 */
export async function opsOf(row: SentRow): Promise<WireOp[]> {
	const { ops, packed, replica } = syncRequest.parse(JSON.parse(await textOf(row)));
	const wanted = new Set(row.opIds);
	return (packed ? (unpackOps(packed, replica) ?? []) : (ops ?? [])).filter(({ opId }) => wanted.has(opId));
}
