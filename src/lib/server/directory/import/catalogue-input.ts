import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Draft, Reader, ReportLine } from '#lib/server/directory/draft.ts';

/** One input of an import that can be read more than once: a file. */
export interface CatalogueInput {
	/** Name for the report; empty where there is only one. */
	name: string;
	/** Reads it from its beginning. */
	open: () => AsyncIterable<Uint8Array>;
}

/** Reads inputs twice, so nothing is given out before all of them were read to their end. */
export type CatalogueReader = (
	inputs: readonly CatalogueInput[],
	report: (line: ReportLine) => void
) => AsyncIterable<Draft>;

/** Where a record stands, for the report. */
export const recordIn = (input: CatalogueInput, number: number) => `${input.name} record ${number}`.trim();

/**
 * The same for one stream that can be read only once: it is laid down in a temporary file, which is removed at the end, also when the caller
 * stops early.
 */
export function onceOnly(read: CatalogueReader): Reader {
	return async function* (input, report) {
		const folder = await mkdtemp(join(tmpdir(), 'import-'));
		try {
			const path = join(folder, 'input.json');
			await pipeline(input, createWriteStream(path, { mode: 0o600 }));
			yield* read([{ name: '', open: () => createReadStream(path) }], report);
		} finally {
			await rm(folder, { recursive: true, force: true });
		}
	};
}
