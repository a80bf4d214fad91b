import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import * as z from 'zod/mini';

/**
 * What was erased for good. The list lies outside the database, so that no backup brings back what was erased after it was made:
 * every start of the server erases again what stands here and is there. It holds ids and clocks, and nothing that was said.
 */
const erasedRecord = z.object({
	organisation: z.string(),
	collection: z.string(),
	id: z.string(),
	/** Part of the scope that it belonged to. */
	part: z.string(),
	/** Its period was over: then it stays counted where figures stay. Absent: somebody erased it, and it counts nowhere. */
	why: z.optional(z.literal('period'))
});
export type ErasedRecord = z.infer<typeof erasedRecord>;

/**
 * Fields of a record that were emptied, while the record stays. Its id is called otherwise than that of an erased record: a version that does
 * not know such lines takes them for none, and not for the whole record.
 */
const trimmedRecord = z.object({
	organisation: z.string(),
	collection: z.string(),
	record: z.string(),
	part: z.string(),
	/** Clocks of the values, by field. */
	seen: z.record(z.string(), z.array(z.string()))
});
export type TrimmedRecord = z.infer<typeof trimmedRecord>;

const line = z.union([erasedRecord, trimmedRecord]);
export type ErasedLine = z.infer<typeof line>;

export interface ErasedList {
	/** Called before the transaction that erases is committed: what is erased stands here in any case. Throws where it cannot be written. */
	add: (records: readonly ErasedLine[]) => void;
	all: () => ErasedLine[];
}

/** For a database that lives in memory itself. */
export class ErasedInMemory implements ErasedList {
	readonly #records: ErasedLine[] = [];

	add(records: readonly ErasedLine[]): void {
		this.#records.push(...records);
	}

	all(): ErasedLine[] {
		return this.#records;
	}
}

/** One line of JSON a record, in a file that only grows. */
export class ErasedFile implements ErasedList {
	readonly #path: string;

	constructor(path: string) {
		this.#path = path;
	}

	add(records: readonly ErasedLine[]): void {
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
	all(): ErasedLine[] {
		if (!existsSync(this.#path)) return [];
		return readFileSync(this.#path, 'utf8')
			.split('\n')
			.flatMap((text) => {
				try {
					const parsed = line.safeParse(JSON.parse(text));
					return parsed.success ? [parsed.data] : [];
				} catch {
					return [];
				}
			});
	}
}
