import { createHash } from 'node:crypto';
import type { RecordState } from '#lib/domain/record.ts';
import type { PackPart } from '#lib/protocol/pack.ts';
import { toColumns, type PackRecord } from '#lib/protocol/pack-columns.ts';

/** Services in one part: not fewer, and not more. A phone reads a part to show one of them. */
const FEWEST = 384;
const MOST = 768;
/** Of ids, one in so many may end a part. */
const ONE_IN = 128;

/**
 * Whether a part ends behind this id. The id itself decides, so an entry that is added or removed moves the ends of its own part and seldom
 * of another (services-part.test.ts counts it): all other parts keep their hash, and phones what they have.
 *
 * @param count how many services the part has with this one
 */
export function endsPart(id: string, count: number): boolean {
	if (count < FEWEST) return false;
	return count >= MOST || createHash('sha256').update(id).digest().readUInt32BE() % ONE_IN === 0;
}

/** A part as it was made. */
export interface MadePart {
	kind: PackPart['kind'];
	content: Uint8Array;
}

const json = (kind: PackPart['kind'], value: unknown): MadePart => ({
	kind,
	content: Buffer.from(JSON.stringify(value))
});

/** Gathers services until their part is full. */
export class ServicesGatherer {
	readonly #fold: (text: string) => string;
	#records: PackRecord[] = [];

	/** @param fold puts signs in the place of phrases */
	constructor(fold: (text: string) => string) {
		this.#fold = fold;
	}

	get count(): number {
		return this.#records.length;
	}

	add(id: string, { heads }: RecordState): void {
		const record: PackRecord = { id, values: {}, clocks: {} };
		// In one order, so that the same content has the same hash.
		for (const field of Object.keys(heads).sort()) {
			const head = heads[field]?.at(-1);
			if (!head) continue;
			record.values[field] = head.value;
			record.clocks[field] = head.clock;
		}
		this.#records.push(record);
	}

	/** The part, and it begins anew. */
	end(): MadePart {
		const records = this.#records;
		this.#records = [];
		return json('services', toColumns(records, this.#fold));
	}
}

/** Bytes of the index, and letters of phrases, in one part. */
const PIECE = 256 * 1024;

/** The index in pieces. */
export function* indexParts(index: Uint8Array): Generator<MadePart> {
	for (let first = 0; first < index.length; first += PIECE)
		yield { kind: 'index', content: index.subarray(first, first + PIECE) };
}

/** The list of phrases in pieces. */
export function* phrasesParts(phrases: readonly string[]): Generator<MadePart> {
	let piece: string[] = [];
	let letters = 0;
	for (const phrase of phrases) {
		piece.push(phrase);
		letters += phrase.length;
		if (letters < PIECE) continue;
		yield json('phrases', piece);
		[piece, letters] = [[], 0];
	}
	if (piece.length > 0) yield json('phrases', piece);
}
