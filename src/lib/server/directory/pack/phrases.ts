import type { JsonValue } from '#lib/domain/json.ts';
import { eachLeaf } from '#lib/protocol/pack-columns.ts';
import { escapeSigns, MOST_PHRASES, SHORT_PHRASES, signOf } from '#lib/protocol/pack-phrases.ts';

/** A sentence that stands so often is a phrase, and so is a run of words in others. */
const OFTEN = 3;
const OFTEN_INSIDE = 20;
/** A shorter one saves nothing, bytes. */
const SHORTEST = 5;
/** Each round makes longer runs of words of those that were found. */
const ROUNDS = 6;
/** Words that a run may have. */
const LONGEST = 16;
/** Keeps two numbers of words in one. */
const PAIR = 2 ** 26;

const sentencesOf = (text: string) => text.split(/(?<=[.!?]) /);
/** Each word has the space before it. */
const wordsOf = (sentence: string) => sentence.split(/(?= )/);

/** Counts the sentences of a directory, and says which phrases they have in common. */
export class PhraseFinder {
	readonly #sentences = new Map<string, number>();

	add(values: Record<string, JsonValue>): void {
		eachLeaf(values, (_, leaf) => {
			if (typeof leaf !== 'string') return;
			for (const sentence of sentencesOf(leaf))
				this.#sentences.set(sentence, (this.#sentences.get(sentence) ?? 0) + 1);
		});
	}

	/** Those that stand most often first, in two runs by the alphabet: so the list itself takes few bytes. */
	phrases(): string[] {
		const words = new Words();
		const phrases = new Map<string, number>();
		const rare: number[][] = [];
		for (const [sentence, count] of this.#sentences) {
			if (count >= OFTEN) phrases.set(sentence, count);
			else rare.push(wordsOf(sentence).map((word) => words.place(word)));
		}
		for (let round = 0; round < ROUNDS; round += 1) if (!joinPairs(rare, words)) break;
		for (const run of rare)
			for (const word of run) {
				const text = words.text(word);
				phrases.set(text, (phrases.get(text) ?? 0) + 1);
			}
		const found = [...phrases]
			.filter(([text, count]) => count >= OFTEN && Buffer.byteLength(text) >= SHORTEST)
			.sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
			.slice(0, MOST_PHRASES)
			.map(([text]) => text);
		return [...found.slice(0, SHORT_PHRASES).sort(), ...found.slice(SHORT_PHRASES).sort()];
	}
}

/** Words and runs of words by number. */
class Words {
	readonly #texts: string[] = [];
	readonly #places = new Map<string, number>();

	place(text: string): number {
		const known = this.#places.get(text);
		if (known !== undefined) return known;
		this.#places.set(text, this.#texts.length);
		return this.#texts.push(text) - 1;
	}

	text(place: number): string {
		return this.#texts[place] ?? '';
	}
}

/** Makes one of two neighbours that often stand together. False where there are none. */
function joinPairs(runs: readonly number[][], words: Words): boolean {
	const pairs = new Map<number, number>();
	const key = (run: number[], at: number) => (run[at] ?? 0) * PAIR + (run[at + 1] ?? 0);
	for (const run of runs)
		for (let at = 0; at + 1 < run.length; at += 1) {
			const pair = key(run, at);
			pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
		}
	const often = (run: number[], at: number) => {
		const count = at + 1 < run.length ? (pairs.get(key(run, at)) ?? 0) : 0;
		return count >= OFTEN_INSIDE ? count : 0;
	};
	let joined = false;
	for (const run of runs) {
		let end = 0;
		for (let at = 0; at < run.length; at += 1, end += 1) {
			const count = often(run, at);
			const first = run[at] ?? 0;
			// The next pair stands more often: it has the word.
			if (count === 0 || count < often(run, at + 1)) {
				run[end] = first;
				continue;
			}
			run[end] = words.place(words.text(first) + words.text(run[at + 1] ?? 0));
			at += 1;
			joined = true;
		}
		run.length = end;
	}
	return joined;
}

/** Puts signs in the place of phrases. */
export class Folder {
	readonly #signs: ReadonlyMap<string, string>;
	/** Sentences come again and again. */
	readonly #folded = new Map<string, string>();

	constructor(phrases: readonly string[]) {
		this.#signs = new Map(phrases.map((phrase, place) => [phrase, signOf(place)]));
	}

	readonly fold = (text: string): string => {
		return sentencesOf(text)
			.map((sentence) => this.#signs.get(sentence) ?? this.#foldWords(sentence))
			.join(' ');
	};

	#foldWords(sentence: string): string {
		const known = this.#folded.get(sentence);
		if (known !== undefined) return known;
		const words = wordsOf(sentence);
		let folded = '';
		for (let at = 0; at < words.length;) {
			let end = Math.min(words.length, at + LONGEST);
			let sign: string | undefined;
			while (end > at && (sign = this.#signs.get(words.slice(at, end).join(''))) === undefined) end -= 1;
			folded += sign ?? escapeSigns(words[at] ?? '');
			at = Math.max(end, at + 1);
		}
		this.#folded.set(sentence, folded);
		return folded;
	}
}
