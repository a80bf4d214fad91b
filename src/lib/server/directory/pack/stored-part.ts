import { promisify } from 'node:util';
import { brotliCompress, brotliDecompress, constants } from 'node:zlib';
import type { Store } from '#lib/server/storage/store.ts';

/** Parts lie compressed as they are sent, in the strongest way that browsers know. */

const compress = promisify(brotliCompress);

export const packed = (content: Uint8Array): Promise<Buffer> =>
	compress(content, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: content.length } });

export const unpacked = promisify(brotliDecompress) as (sent: Uint8Array) => Promise<Buffer>;

/** A part as it is sent; undefined where there is none. */
export async function readPart(
	{ db }: Store,
	organisation: string,
	hash: string
): Promise<Buffer<ArrayBuffer> | undefined> {
	const row = await db
		.selectFrom('pack_parts')
		.select('content')
		.where('organisation_id', '=', organisation)
		.where('hash', '=', hash)
		.executeTakeFirst();
	return row && Buffer.from(row.content, 'base64');
}
