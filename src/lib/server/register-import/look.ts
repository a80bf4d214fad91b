import type { InputFile } from '#lib/server/directory/draft.ts';
import { columnLetters } from '#lib/protocol/workbook.ts';
import {
	codedFields,
	manyFields,
	type RegisterColumn,
	type RegisterField,
	type RegisterMapping
} from '#lib/protocol/register-import.ts';
import { certainOrder, readDate } from './dates.ts';
import { fieldNamed } from './field-words.ts';
import { fold } from './fold.ts';
import type { KnownWords } from './known-words.ts';
import { readRows } from './read-rows.ts';

/** Values of a column that are told apart; one with more is no list of codes. */
const MOST_VALUES = 500;
const LONGEST_VALUE = 120;
const EXAMPLES = 3;
/** Part of a column's cells by which its content tells what it is. */
const CLEAR = 0.8;

/** A column as it was read, before anybody says what it means. */
export interface LookedColumn {
	name: string;
	filled: number;
	/** Values with how often, the most frequent first; undefined: too many, or too long. */
	values?: [string, number][] | undefined;
	examples: string[];
	dates: RegisterColumn['dates'];
}

class Looking {
	readonly name: string;
	filled = 0;
	#values: Map<string, number> | undefined = new Map();
	readonly #examples = new Set<string>();
	readonly #dates = { readable: 0, ambiguous: 0, example: '', dayFirst: 0, monthFirst: 0 };

	constructor(name: string) {
		this.name = name;
	}

	add(cell: string, since1904: boolean): void {
		this.filled += 1;
		if (this.#examples.size < EXAMPLES) this.#examples.add(cell.slice(0, LONGEST_VALUE));
		if (this.#values) {
			this.#values.set(cell, (this.#values.get(cell) ?? 0) + 1);
			if (this.#values.size > MOST_VALUES || cell.length > LONGEST_VALUE) this.#values = undefined;
		}
		if (cell.length > 40 || !/\d/.test(cell)) return;
		const read = readDate(cell, undefined, since1904);
		if (read === 'bad') return;
		this.#dates.readable += 1;
		if (read === 'ambiguous') {
			this.#dates.ambiguous += 1;
			this.#dates.example ||= cell;
			return;
		}
		const order = certainOrder(cell);
		if (order === 'dmy') this.#dates.dayFirst += 1;
		if (order === 'mdy') this.#dates.monthFirst += 1;
	}

	done(): LookedColumn {
		return {
			name: this.name,
			filled: this.filled,
			values: this.#values && [...this.#values].sort(([, a], [, b]) => b - a),
			examples: [...this.#examples],
			dates: this.#dates
		};
	}
}

/** Reads a file to its end and says what its columns hold. `pause` is called now and then. Throws `BadInput`. */
export async function lookAt(file: InputFile, pause: () => Promise<void>): Promise<LookedColumn[]> {
	let columns: Looking[] = [];
	let count = 0;
	const rows = readRows(
		file,
		({ names }) => (columns = names.map((name) => new Looking(name))),
		() => undefined
	);
	for await (const { cells, since1904 } of rows) {
		for (const [at, cell] of cells.entries()) if (cell !== '') columns[at]?.add(cell, since1904);
		count += 1;
		if (count % 1000 === 0) await pause();
	}
	return columns.map((column) => column.done());
}

/** How much of a column's values a field knows, by how often they stand. */
function knownShare({ values, filled }: LookedColumn, field: RegisterField, known: KnownWords): number {
	if (!values || filled === 0) return 0;
	const hits = values.filter(([value]) =>
		known.partsOf(field, value).every((part) => known.codeOf(field, part) !== undefined)
	);
	return hits.reduce((sum, [, count]) => sum + count, 0) / filled;
}

/** Fields that a column's content alone can tell; of others, numbers and words mean too much. */
const told: readonly RegisterField[] = [
	'topics',
	'language',
	'channel',
	'residenceLength',
	'residenceGround',
	'employment',
	'education',
	'citizenshipGroup',
	'referrals',
	'actions',
	'interpreting',
	'place'
];

/** What a file's columns seem to mean. Each field is proposed once, but those that several columns may fill. */
export function proposed(
	columns: readonly LookedColumn[],
	known: KnownWords,
	owner: string
): RegisterMapping {
	const taken = new Set<RegisterField>();
	const fields = columns.map((column) => fitting(column, fieldNamed(column.name), known));
	const unique = fields.map((field) => once(field, taken));
	const named = unique.map((field, at) => {
		if (field) return field;
		const column = columns[at]!;
		if (fields[at] || column.filled === 0) return undefined;
		if (column.dates.readable / column.filled >= CLEAR) return once('date', taken);
		return once(
			told.find((one) => knownShare(column, one, known) >= CLEAR),
			taken
		);
	});
	return {
		columns: named.flatMap((field, column) => (field ? [{ column, field, values: [] }] : [])),
		owner,
		place: ''
	};
}

function once(field: RegisterField | undefined, taken: Set<RegisterField>): RegisterField | undefined {
	if (!field || (taken.has(field) && !manyFields.includes(field))) return undefined;
	taken.add(field);
	return field;
}

/** "Kunta" may be where the advice was given, "tid" a time or how long: content decides where a name says too little. */
function fitting(column: LookedColumn, field: RegisterField | undefined, known: KnownWords) {
	const fits = (other: RegisterField) => knownShare(column, other, known) > 0;
	if (field === 'duration' && !fits('duration') && fits('residenceLength')) return 'residenceLength';
	if (field === 'origin' && !fits('origin') && fits('citizenshipGroup')) return 'citizenshipGroup';
	if (field === 'citizenshipGroup' && !fits('citizenshipGroup') && fits('origin')) return 'origin';
	return field;
}

/** The columns as the page shows them, under a mapping. */
export function columnsUnder(
	columns: readonly LookedColumn[],
	mapping: RegisterMapping,
	known: KnownWords
): RegisterColumn[] {
	return columns.map((column, at) => {
		const mapped = mapping.columns.find((one) => one.column === at);
		return {
			column: at,
			letter: columnLetters(at),
			name: column.name,
			filled: column.filled,
			examples: column.examples,
			field: mapped?.field ?? null,
			values: mapped && codedFields.includes(mapped.field) ? valuesUnder(column, mapped.field, known) : [],
			many: column.values === undefined,
			dates: column.dates
		};
	});
}

function valuesUnder({ values = [] }: LookedColumn, field: RegisterField, known: KnownWords) {
	const counts = new Map<string, { value: string; count: number; code: string | null }>();
	for (const [cell, count] of values)
		for (const value of known.partsOf(field, cell)) {
			const before = counts.get(fold(value));
			if (before) before.count += count;
			else counts.set(fold(value), { value, count, code: known.codeOf(field, value) ?? null });
		}
	return [...counts.values()].sort((a, b) => b.count - a.count);
}
