import { createReadStream, existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { InputFile, ReportLine } from '#lib/server/directory/draft.ts';
import { linesOf } from '#lib/server/directory/staged-lines.ts';

/** More bytes came than an import may have. */
export class TooLarge extends Error {}

/** What a run keeps on the disk: its files until they were read, then what was read from them. */
export class RunFolder {
	readonly path: string;

	constructor(folder: string, id: string) {
		this.path = join(folder, id);
	}

	#file = (number: number) => join(this.path, 'files', String(number));

	/** Where a file of the run lies; the folder is made. */
	fileFor(number: number): string {
		mkdirSync(join(this.path, 'files'), { recursive: true, mode: 0o700 });
		return this.#file(number);
	}

	/** Writes a file as it comes; returns its size. What is broken off or too large leaves nothing. */
	async receive(number: number, chunks: AsyncIterable<Uint8Array>, most: number): Promise<number> {
		const path = this.fileFor(number);
		let bytes = 0;
		// Opened before anything is read: a stream might make the file after it was removed again.
		const file = await open(path, 'w', 0o600);
		try {
			for await (const piece of chunks) {
				bytes += piece.length;
				if (bytes > most) throw new TooLarge();
				await file.appendFile(piece);
			}
		} catch (error) {
			rmSync(path, { force: true });
			throw error;
		} finally {
			await file.close();
		}
		return bytes;
	}

	inputs(files: readonly { name: string }[]): InputFile[] {
		return files.map(({ name }, number) => ({ name, open: () => createReadStream(this.#file(number)) }));
	}

	dropFiles(): void {
		rmSync(join(this.path, 'files'), { recursive: true, force: true });
	}

	/** Those of a report that is made anew. */
	dropLines(): void {
		rmSync(join(this.path, 'staging.db'), { force: true });
	}

	/** Lines of the report; none where the run is not here, or not any more. */
	lines(code: string | undefined, most: number): ReportLine[] {
		const path = join(this.path, 'staging.db');
		if (!existsSync(path)) return [];
		const db = new DatabaseSync(path, { readOnly: true });
		try {
			return [...linesOf(db, code, most)];
		} finally {
			db.close();
		}
	}

	has(): boolean {
		return existsSync(join(this.path, 'staging.db'));
	}

	remove(): void {
		rmSync(this.path, { recursive: true, force: true });
	}
}

/** How young a folder is left alone, ms: its row may not be written yet. */
const YOUNG = 60_000;

/** Removes the folders of all other runs. */
export function removeOtherFolders(folder: string, ids: readonly string[], now: number): void {
	if (!existsSync(folder)) return;
	for (const id of readdirSync(folder)) {
		const path = join(folder, id);
		if (!ids.includes(id) && now - statSync(path).mtimeMs > YOUNG)
			rmSync(path, { recursive: true, force: true });
	}
}
