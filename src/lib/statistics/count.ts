import type { Coded, Visits } from './columns.ts';
import { dimension, type Column, type DimensionId } from './dimensions.ts';
import type { Cell, Figures, Question, Table } from './question.ts';

/** The columns that must be there for a question to be answered. */
export function columnsFor({ where, tables }: Question): Column[] {
	const asked = [...(Object.keys(where) as DimensionId[]), ...tables.flat()];
	return [...new Set<Column>(['date', ...asked.map((id) => dimension(id).column)])];
}

/** Pairs of values up to which counts lie in an array; beyond that most of them would be empty. */
const DENSE = 1 << 20;

/** Between the two classes of a cell; no class can contain it. */
const BETWEEN = '\n';

/**
 * Counts what a question asks, portion by portion (a month, everything on a phone), and adds up. Every visit counts once in a cell, however many of
 * its topics lead there.
 */
export class Counter {
	readonly #question: Question;
	#contacts = 0;
	readonly #cells: Map<string, number>[];
	readonly #known = new Map<DimensionId, Map<string, readonly string[]>>();

	constructor(asked: Question) {
		this.#question = asked;
		this.#cells = asked.tables.map(() => new Map());
	}

	add(visits: Visits): void {
		const rows = this.#rows(visits);
		this.#contacts += rows?.length ?? visits.length;
		this.#question.tables.forEach((by, index) => this.#addTable(visits, rows, by, this.#cells[index]!));
	}

	figures(): Figures {
		const { from, to, tables } = this.#question;
		return {
			from,
			to,
			contacts: this.#contacts,
			tables: tables.map((by, index): Table => {
				const cells = [...this.#cells[index]!].map(([key, contacts]): Cell => ({
					classes: key.split(BETWEEN),
					contacts
				}));
				return { by, cells: cells.sort((a, b) => order(a.classes, b.classes)) };
			})
		};
	}

	/** The visits that the question is about; undefined: all of them. */
	#rows({ length, columns }: Visits): Uint32Array | undefined {
		const { from, to, where } = this.#question;
		const masks: { coded: Coded; allowed: boolean[] }[] = [];
		const narrow = (coded: Coded | undefined, fits: (value: string) => boolean) => {
			if (!coded) return;
			const allowed = coded.values.map(fits);
			// The whole month lies in the period: nobody has to be looked at.
			if (allowed.includes(false)) masks.push({ coded, allowed });
		};
		narrow(columns.date, (date) => date >= from && date <= to);
		for (const [id, classes] of Object.entries(where) as [DimensionId, string[]][]) {
			const wanted = new Set(classes);
			narrow(columns[dimension(id).column], (value) =>
				this.#classes(id, value).some((name) => wanted.has(name))
			);
		}
		if (masks.length === 0) return undefined;
		const rows = new Uint32Array(length);
		let found = 0;
		for (let row = 0; row < length; row += 1) {
			let fits = true;
			for (const { coded, allowed } of masks) fits = fits && allowed[coded.at[row]!]!;
			if (fits) rows[found++] = row;
		}
		return rows.subarray(0, found);
	}

	/** What `classesOf` says of a value: the same values come with every portion. */
	#classes(id: DimensionId, value: string): readonly string[] {
		let known = this.#known.get(id);
		if (!known) this.#known.set(id, (known = new Map()));
		let classes = known.get(value);
		if (!classes) known.set(value, (classes = dimension(id).classesOf(value)));
		return classes;
	}

	#addTable(
		{ length, columns }: Visits,
		rows: Uint32Array | undefined,
		[firstId, secondId]: readonly DimensionId[],
		cells: Map<string, number>
	): void {
		const first = firstId && columns[dimension(firstId).column];
		if (!first) return;
		const second = secondId && columns[dimension(secondId).column];
		const width = second?.values.length ?? 1;
		for (const [pair, count] of countPairs(rows, length, first, second)) {
			const others = second ? this.#classes(secondId, second.values[pair % width]!) : [undefined];
			for (const name of this.#classes(firstId, first.values[Math.floor(pair / width)]!))
				for (const other of others) {
					const key = other === undefined ? name : `${name}${BETWEEN}${other}`;
					cells.set(key, (cells.get(key) ?? 0) + count);
				}
		}
	}
}

/** How often each pair of values occurs: of the first and the second column, by `first * number of second values + second`. */
function countPairs(
	rows: Uint32Array | undefined,
	length: number,
	first: Coded,
	second: Coded | undefined
): (readonly [number, number])[] {
	const width = second?.values.length ?? 1;
	const different = first.values.length * width;
	const among = rows?.length ?? length;
	const pairAt = (index: number) => {
		const row = rows ? rows[index]! : index;
		return second ? first.at[row]! * width + second.at[row]! : first.at[row]!;
	};
	if (different > DENSE) {
		const counts = new Map<number, number>();
		for (let index = 0; index < among; index += 1) {
			const pair = pairAt(index);
			counts.set(pair, (counts.get(pair) ?? 0) + 1);
		}
		return [...counts];
	}
	const counts = new Uint32Array(different);
	for (let index = 0; index < among; index += 1) counts[pairAt(index)]! += 1;
	const pairs: (readonly [number, number])[] = [];
	for (let pair = 0; pair < different; pair += 1) if (counts[pair]) pairs.push([pair, counts[pair]!]);
	return pairs;
}

function order(a: readonly string[], b: readonly string[]): number {
	const at = a.findIndex((name, index) => name !== b[index]);
	return at < 0 ? 0 : a[at]! < b[at]! ? -1 : 1;
}

/** Answers a question from visits in memory. */
export function count(visits: Visits, asked: Question): Figures {
	const counter = new Counter(asked);
	counter.add(visits);
	return counter.figures();
}
