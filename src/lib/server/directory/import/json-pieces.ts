import type { JsonValue } from '#lib/domain/json.ts';
import { BadInput } from '#lib/server/directory/draft.ts';

/**
 * - `open`: a named list begins in an object at the root; `members` are those that stood before it
 * - `item`: one value of that list, or of a list at the root (`list` is empty)
 * - `root`: a value at the root has ended; a list that was given out item by item is missing from it
 */
export type JsonPiece =
	| { kind: 'open'; list: string; members: { [member: string]: JsonValue } }
	| { kind: 'item'; list: string; value: JsonValue; line: number }
	| { kind: 'root'; value: JsonValue; line: number };

/** Characters of one value at most: what is longer is no record, and would not fit into memory many times. */
const LONGEST_VALUE = 32_000_000;

/** Objects and lists within each other at most; HSDS needs nine. */
const DEEPEST = 64;

const QUOTE = 34;
const BACKSLASH = 92;
const NEWLINE = 10;

type Frame = { list: string; line: number; members: { [member: string]: JsonValue } };

/**
 * Splits JSON into the values that matter, without ever holding more than one: the items of a list at the root and of
 * the lists in `lists`, and every value at the root, of which there may be many (NDJSON). Only the brackets are
 * counted here; each value is read by `JSON.parse`, ten times as fast as a parser that builds it piece by piece.
 */
class JsonSplitter {
	readonly #lists: ReadonlySet<string>;
	#text = '';
	#at = 0;
	#line = 1;
	/** Where the value that is being looked through begins; -1 between values. */
	#start = -1;
	#startLine = 1;
	/** How much of an unfinished value has been looked through. */
	#scanned = 0;
	/** Characters of the members that the object at the root holds. */
	#held = 0;
	#depth = 0;
	#inString = false;
	/** What lies around: a root list, a root object, or a named list in a root object. */
	#frames: (Frame & { kind: 'list' | 'object' })[] = [];
	#expects: 'value' | 'value or end' | 'key' | 'key or end' | 'colon' | 'comma or end' = 'value';
	#key = '';

	constructor(lists: ReadonlySet<string>) {
		this.#lists = lists;
	}

	#fail(code: string, message: string): never {
		throw new BadInput(code, `${message} in line ${this.#line}`);
	}

	*push(chunk: string): Generator<JsonPiece> {
		this.#text += chunk;
		for (;;) {
			if (this.#start >= 0) {
				const end = this.#endOfValue();
				if (end < 0) break;
				const text = this.#text.slice(this.#start, end);
				this.#start = -1;
				this.#at = end;
				if (this.#frames.at(-1)?.kind === 'object') this.#held += text.length;
				if (this.#held > LONGEST_VALUE) this.#fail('record_too_large', 'A record does not fit into memory');
				yield* this.#value(this.#parse(text));
			} else {
				if (!this.#skipSpace()) break;
				yield* this.#between(this.#text[this.#at] ?? '');
			}
		}
		// What has been looked through of an unfinished value is kept, but not looked through again.
		const kept = this.#start >= 0 ? this.#start : this.#at;
		if (this.#at - kept > LONGEST_VALUE) this.#fail('record_too_large', 'A record does not fit into memory');
		this.#text = this.#text.slice(kept);
		if (this.#start >= 0) this.#start = 0;
		this.#scanned = this.#at - kept;
		this.#at = 0;
	}

	*end(): Generator<JsonPiece> {
		// A number or a word at the root ends where the text ends.
		if (this.#start >= 0 && this.#depth === 0 && !this.#inString && !this.#frames.length)
			yield* this.push('\n');
		if (this.#start >= 0 || this.#frames.length)
			this.#fail('cut_off', 'The file ends in the middle of a record: it was cut off');
	}

	/** Moves on to the next character that is no space; false where there is none yet. */
	#skipSpace(): boolean {
		for (; this.#at < this.#text.length; this.#at++) {
			const char = this.#text.charCodeAt(this.#at);
			if (char === NEWLINE) this.#line += 1;
			else if (char !== 32 && char !== 9 && char !== 13) return true;
		}
		return false;
	}

	/** Where the value that has begun ends; -1 where the text ends first. */
	#endOfValue(): number {
		const text = this.#text;
		let at = Math.max(this.#at, this.#start + this.#scanned);
		this.#scanned = 0;
		const begins = text.charCodeAt(this.#start);
		const simple = begins !== QUOTE && begins !== 0x7b && begins !== 0x5b;
		for (; at < text.length; at++) {
			const char = text.charCodeAt(at);
			if (this.#inString) {
				if (char === BACKSLASH) {
					// The character behind it belongs to it; it may come with the next chunk.
					if (at + 1 >= text.length) break;
					at += 1;
				} else if (char === QUOTE) {
					this.#inString = false;
					if (this.#depth === 0) return at + 1;
				} else if (char < 32) this.#fail('not_json', 'A text without an end');
			} else if (char === QUOTE) this.#inString = true;
			else if (char === NEWLINE) {
				if (simple) return at;
				this.#line += 1;
			} else if (char === 0x7b || char === 0x5b) {
				this.#depth += 1;
				if (this.#depth + this.#frames.length > DEEPEST)
					this.#fail('too_deep', 'Too many objects within each other');
			} else if (char === 0x7d || char === 0x5d) {
				if (simple) return at;
				this.#depth -= 1;
				if (this.#depth === 0) return at + 1;
			} else if (char === 47) this.#comment();
			else if (simple && (char === 44 || char === 32 || char === 9 || char === 13)) return at;
		}
		this.#at = at;
		return -1;
	}

	#comment(): never {
		return this.#fail('not_json', 'JSON has no comments: remove the one');
	}

	#parse(text: string): JsonValue {
		try {
			return JSON.parse(text) as JsonValue;
		} catch {
			throw new BadInput('not_json', `The record that begins in line ${this.#startLine} is not JSON`);
		}
	}

	/** A value has been read: a key, a member, an item or a whole root. */
	*#value(value: JsonValue): Generator<JsonPiece> {
		const frame = this.#frames.at(-1);
		if (!frame) {
			yield { kind: 'root', value, line: this.#startLine };
		} else if (frame.kind === 'list') {
			yield { kind: 'item', list: frame.list, value, line: this.#startLine };
			this.#expects = 'comma or end';
		} else if (this.#expects === 'key' || this.#expects === 'key or end') {
			this.#key = String(value);
			this.#expects = 'colon';
		} else {
			Object.defineProperty(frame.members, this.#key, {
				value,
				enumerable: true,
				writable: true,
				configurable: true
			});
			this.#expects = 'comma or end';
		}
	}

	/** One sign between values, or the beginning of the next value. */
	*#between(char: string): Generator<JsonPiece> {
		const frame = this.#frames.at(-1);
		const expects = frame ? this.#expects : 'value';
		if (char === '/') this.#comment();
		if (char === '}' || char === ']') {
			const closes = frame?.kind === (char === '}' ? 'object' : 'list');
			if (!frame || !closes || !expects.endsWith('end')) return this.#fail('not_json', `Unexpected ${char}`);
			this.#at += 1;
			this.#frames.pop();
			this.#expects = 'comma or end';
			if (!this.#frames.length) this.#held = 0;
			const whole = frame.kind === 'object' ? frame.members : [];
			if (!this.#frames.length) yield { kind: 'root', value: whole, line: frame.line };
		} else if (char === ',') {
			if (expects !== 'comma or end') this.#fail('not_json', 'Unexpected comma');
			this.#at += 1;
			this.#expects = frame?.kind === 'list' ? 'value' : 'key';
		} else if (char === ':') {
			if (expects !== 'colon') this.#fail('not_json', 'Unexpected colon');
			this.#at += 1;
			this.#expects = 'value';
		} else {
			if (expects === 'comma or end' || expects === 'colon')
				this.#fail('not_json', `Unexpected ${JSON.stringify(char)}`);
			if (expects.startsWith('key') && char !== '"')
				this.#fail('not_json', `Unexpected ${JSON.stringify(char)}`);
			const named =
				frame?.kind === 'object' && char === '[' && this.#lists.has(this.#key) && expects === 'value';
			if ((!frame && (char === '{' || char === '[')) || named) {
				this.#at += 1;
				this.#expects = char === '{' ? 'key or end' : 'value or end';
				const list = named ? this.#key : '';
				if (named) yield { kind: 'open', list, members: frame.members };
				this.#frames.push({ kind: char === '{' ? 'object' : 'list', list, line: this.#line, members: {} });
			} else {
				this.#start = this.#at;
				this.#startLine = this.#line;
				this.#depth = 0;
			}
		}
	}
}

/**
 * The pieces of a JSON or NDJSON text; see `JsonPiece`. Takes memory for one value at most.
 *
 * Throws `BadInput`: `not_json` (with the line; comments too), `cut_off`, `too_deep`, `record_too_large`. What came
 * before the fault has been given out by then.
 *
 * @param lists names of members of a root object whose items are given out one by one
 */
export async function* jsonPieces(
	input: AsyncIterable<string>,
	lists: ReadonlySet<string>
): AsyncGenerator<JsonPiece> {
	const splitter = new JsonSplitter(lists);
	for await (const chunk of input) yield* splitter.push(chunk);
	yield* splitter.end();
}
