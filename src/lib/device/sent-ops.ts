import { unpackOps } from '#lib/protocol/packed.ts';
import { readRequest } from '#lib/protocol/read-request.ts';
import type { WireOp } from '#lib/protocol/sync.ts';
import type { MembershipDb, RowGuard } from './membership-db.ts';
import { SealedRow, unseal, type OpBody, type SentRow } from './rows.ts';

async function textOf({ codec, body }: SentRow): Promise<string> {
	// A vault seals it under a codec of its own.
	if (codec !== 'request' && codec !== 'request-gzip') throw new SealedRow(codec);
	const blob = new Blob([body]);
	if (codec === 'request') return blob.text();
	return new Response(blob.stream().pipeThrough(new DecompressionStream('gzip'))).text();
}

/**
 * The ops of a sent row, as they went, also in the words of an earlier release. Throws where the body is not a request that was sent from
 * here: then nothing can be said about what it held.
 */
export async function opsOf({ guard }: Pick<MembershipDb, 'guard'>, row: SentRow): Promise<WireOp[]> {
	if (row.codec === 'ops')
		return Promise.all((row.ops ?? []).map((op, index) => keptOp(guard, row, op, index)));
	const request = readRequest(JSON.parse(await textOf(row)));
	if (!request) throw new Error('A sent request is kept in a form that this version does not know.');
	const { ops, packed, replica } = request;
	const wanted = new Set(row.opIds);
	return (packed ? (unpackOps(packed, replica) ?? []) : (ops ?? [])).filter(({ opId }) => wanted.has(opId));
}

/** One op that went sealed, from its row of the outbox. */
async function keptOp(
	guard: RowGuard | undefined,
	{ opIds, records, seqs }: SentRow,
	kept: NonNullable<SentRow['ops']>[number],
	index: number
): Promise<WireOp> {
	const [opId, recordId, seq] = [opIds[index], records[index], seqs[index]];
	if (opId === undefined || recordId === undefined || seq === undefined)
		throw new Error('A sent row names fewer ops than it holds.');
	const row = { ...kept, opId };
	const { fields, clock, base, schema, of } = unseal<OpBody>(
		guard ? await guard.openRow('outbox', row) : row
	);
	return {
		opId,
		seq,
		collection: kept.collection,
		recordId,
		fields,
		clock,
		base,
		schema,
		...(of ? { of } : {})
	};
}
