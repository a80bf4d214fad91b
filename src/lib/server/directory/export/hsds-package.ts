import { mkdtempSync, rmSync } from 'node:fs';
import { appendFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import type { HsdsRecord } from '#lib/server/directory/import/hsds-record.ts';
import { hsdsDataPackage, writeHsdsTables, type HsdsVersion } from './hsds-csv.ts';

/** Characters of a table that wait to be written. */
const WAITING = 64 * 1024;

/** Writes the tables of HSDS with `datapackage.json` into a folder that is there; returns the names of the files. */
export async function writeHsdsPackage(
	services: AsyncIterable<HsdsRecord>,
	version: HsdsVersion,
	folder: string
): Promise<string[]> {
	const waiting = new Map<string, string>();
	const flush = async (file: string) => {
		await appendFile(join(folder, file), waiting.get(file) ?? '');
		waiting.set(file, '');
	};
	await writeHsdsTables(services, version, async (file, text) => {
		const all = (waiting.get(file) ?? '') + text;
		waiting.set(file, all);
		if (all.length > WAITING) await flush(file);
	});
	waiting.set('datapackage.json', JSON.stringify(hsdsDataPackage(version), null, '\t'));
	for (const file of waiting.keys()) await flush(file);
	return [...waiting.keys()];
}

/** The same as a zip archive, piece by piece; the tables lie on the disk until it has gone. */
export async function* zippedHsdsPackage(
	services: AsyncIterable<HsdsRecord>,
	version: HsdsVersion
): AsyncGenerator<Uint8Array> {
	const folder = mkdtempSync(join(tmpdir(), 'reppu-tables-'));
	try {
		const zip = new ZipFile();
		for (const file of await writeHsdsPackage(services, version, folder))
			zip.addFile(join(folder, file), file);
		const out = Readable.from(zip.outputStream, { objectMode: false });
		// What cannot be read to its end is not given out as if it were whole.
		zip.on('error', (error: Error) => out.destroy(error));
		zip.end();
		yield* out as AsyncIterable<Uint8Array>;
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}
