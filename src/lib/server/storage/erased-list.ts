import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import * as z from 'zod/mini';

/**
 * Which records were erased for good. The list lies outside the database, so that no backup brings back what was erased after it was made:
 * every start of the server erases again what stands here and is there. It holds ids and nothing that was said.
 */
const erasedRecord = z.object({
	organisation: z.string(),
	collection: z.string(),
	id: z.string(),
	/** Part of the scope that it belonged to. */
	part: z.string()
});
export type ErasedRecord = z.infer<typeof erasedRecord>;

export interface ErasedList {
	/** Called before the transaction that erases is committed: what is erased stands here in any case. Throws where it cannot be written. */
	add: (records: readonly ErasedRecord[]) => void;
	all: () => ErasedRecord[];
}

/** For a database that lives in memory itself. */
export class ErasedInMemory implements ErasedList {
	readonly #records: ErasedRecord[] = [];

	add(records: readonly ErasedRecord[]): void {
		this.#records.push(...records);
	}

	all(): ErasedRecord[] {
		return this.#records;
	}
}

/** One line of JSON a record, in a file that only grows. */
export class ErasedFile implements ErasedList {
	readonly #path: string;

	constructor(path: string) {
		this.#path = path;
	}

	add(records: readonly ErasedRecord[]): void {
		mkdirSync(dirname(this.#path), { recursive: true });
		const file = openSync(this.#path, 'a');
		try {
			// One write for all, behind a line break: a line that a crash has cut off spoils no other.
			writeSync(file, `\n${records.map((record) => JSON.stringify(record)).join('\n')}\n`);
			fsyncSync(file);
		} finally {
			closeSync(file);
		}
	}

	/** A line that a crash has cut off was never committed, and is left out. */
	all(): ErasedRecord[] {
		if (!existsSync(this.#path)) return [];
		return readFileSync(this.#path, 'utf8')
			.split('\n')
			.flatMap((line) => {
				try {
					const parsed = erasedRecord.safeParse(JSON.parse(line));
					return parsed.success ? [parsed.data] : [];
				} catch {
					return [];
				}
			});
	}
}
