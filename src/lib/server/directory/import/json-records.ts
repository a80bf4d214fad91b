import { Tokenizer, TokenType } from '@streamparser/json';
import type { JsonValue } from '#lib/domain/json.ts';
import { BadInput } from '#lib/server/directory/draft.ts';

/** Members of an API's page that hold its records: `itemList` in version 11 of the Finnish catalogue, `items` in 12. */
const LISTS = new Set(['itemList', 'items']);

/** Nothing that is read goes deeper than 20 levels. */
const DEEPEST = 64;
/** Bytes of one record at most: the largest ones of the Finnish catalogue have some 200 kB. */
const LARGEST_RECORD = 16 * 1024 * 1024;

type Frame =
	/** `list`: its elements are records, and are given out instead of kept. */
	| { kind: 'array'; value: JsonValue[]; list: boolean }
	| { kind: 'object'; value: Record<string, JsonValue>; key: string; gaveOut: boolean };

type Expected = 'value' | 'value-or-end' | 'key' | 'key-or-end' | 'colon' | 'comma-or-end';

/** Puts tokens together and gives out one record after the other. */
class RecordBuilder {
	readonly found: JsonValue[] = [];
	readonly #stack: Frame[] = [];
	#expected: Expected = 'value';

	/** Whether a value has begun that has not ended. */
	get open(): boolean {
		return this.#stack.length > 0;
	}

	/** Takes the next token; false where JSON allows no such token. */
	take(token: TokenType, value: unknown): boolean {
		const expected = this.#expected;
		const top = this.#stack.at(-1);
		switch (token) {
			case TokenType.COLON:
				if (expected !== 'colon') return false;
				this.#expected = 'value';
				return true;
			case TokenType.COMMA:
				if (expected !== 'comma-or-end') return false;
				this.#expected = top?.kind === 'object' ? 'key' : 'value';
				return true;
			case TokenType.RIGHT_BRACE:
				return top?.kind === 'object' && this.#end(expected === 'key-or-end' || expected === 'comma-or-end');
			case TokenType.RIGHT_BRACKET:
				return top?.kind === 'array' && this.#end(expected === 'value-or-end' || expected === 'comma-or-end');
			case TokenType.STRING:
				if (top?.kind === 'object' && (expected === 'key' || expected === 'key-or-end')) {
					top.key = String(value);
					this.#expected = 'colon';
					return true;
				}
		}
		if (expected !== 'value' && expected !== 'value-or-end') return false;
		if (token === TokenType.LEFT_BRACE)
			return this.#begin({ kind: 'object', value: {}, key: '', gaveOut: false });
		if (token === TokenType.LEFT_BRACKET) {
			const page = this.#stack.length === 1 && top?.kind === 'object' && LISTS.has(top.key);
			if (page) top.gaveOut = true;
			return this.#begin({ kind: 'array', value: [], list: page || !top });
		}
		this.#put(scalar(value));
		return true;
	}

	#begin(frame: Frame): boolean {
		this.#stack.push(frame);
		this.#expected = frame.kind === 'object' ? 'key-or-end' : 'value-or-end';
		if (this.#stack.length > DEEPEST) throw new BadInput('too_deep', 'The JSON is nested too deeply.');
		return true;
	}

	#end(allowed: boolean): boolean {
		const ended = this.#stack.pop();
		if (!allowed || !ended) return false;
		const gone = ended.kind === 'array' ? ended.list : ended.gaveOut || Object.keys(ended.value).length === 0;
		// Only at the top or one below it records have left the value; what remains of it says nothing.
		if (gone && (ended.kind === 'array' || !this.open)) this.#expected = this.open ? 'comma-or-end' : 'value';
		else this.#put(ended.value);
		return true;
	}

	#put(value: JsonValue): void {
		const top = this.#stack.at(-1);
		this.#expected = top ? 'comma-or-end' : 'value';
		if (!top || (top.kind === 'array' && top.list)) this.found.push(value);
		else if (top.kind === 'array') top.value.push(value);
		else if (this.#stack.length === 1 && hasId(value, top.key)) {
			top.gaveOut = true;
			this.found.push(value);
		} else if (top.key !== '__proto__') top.value[top.key] = value;
	}
}

function scalar(value: unknown): JsonValue {
	if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
	return null;
}

const notJson = (why: string) => new BadInput('not_json', `This is not JSON: ${why}.`);

/** Whether this is a member of an object of records by id. */
function hasId(value: JsonValue, id: string): boolean {
	return typeof value === 'object' && value !== null && !Array.isArray(value) && value.id === id;
}

/**
 * The records of a JSON input, one after the other, without ever holding more than one of them: the elements of an array, the
 * members of an object whose keys are their ids, the items of an API's page, the lines of NDJSON, or single objects one after
 * the other. A byte order mark is passed over.
 *
 * Throws `BadInput`: `cut_off` where the input ends within a value, `not_json` for everything that JSON does not allow,
 * comments too, `empty`, `too_deep` and `record_too_large`.
 */
export async function* jsonRecords(input: AsyncIterable<Uint8Array>): AsyncGenerator<JsonValue> {
	const builder = new RecordBuilder();
	const tokenizer = new Tokenizer();
	let fault: BadInput | undefined;
	let any = false;
	tokenizer.onToken = ({ token, value, offset }) => {
		any = true;
		if (!builder.take(token, value))
			fault ??= notJson(`unexpected ${JSON.stringify(value)} at byte ${offset}`);
	};
	tokenizer.onError = (error) => {
		fault ??= error instanceof BadInput ? error : notJson(error.message);
	};
	let sinceRecord = 0;
	for await (const chunk of input) {
		tokenizer.write(chunk);
		if (fault) throw fault;
		sinceRecord = builder.found.length ? 0 : sinceRecord + chunk.length;
		if (sinceRecord > LARGEST_RECORD) throw new BadInput('record_too_large', 'A single record is too large.');
		yield* builder.found.splice(0);
	}
	if (!tokenizer.isEnded) tokenizer.end();
	if (builder.open || fault) {
		throw new BadInput('cut_off', 'The JSON ends in the middle of a value: the file was cut off.');
	}
	if (!any) throw new BadInput('empty', 'There is nothing in the input.');
	yield* builder.found.splice(0);
}
