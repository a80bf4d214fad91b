import type { Coded, Visits } from './columns.ts';
import { countedAs, dimension, partsIn, type Column, type DimensionId } from './dimensions.ts';
import { measure } from './measures.ts';
import type { Cell, Figures, Question, Table } from './question.ts';

/** The columns that must be there for a question to be answered. */
export function columnsFor({ where, tables, measure: measured }: Question): Column[] {
	const asked = [...(Object.keys(where) as DimensionId[]), ...tables.flat()];
	const weight = measured ? [measure(measured).column] : [];
	return [...new Set<Column>(['date', ...asked.map((id) => dimension(id).column), ...weight])];
}

/** Combinations of values up to which counts lie in an array; beyond that most of them would be empty. */
const DENSE = 1 << 20;

/** Between the two classes of a cell; no class can contain it. */
const BETWEEN = '\n';

type Counts = Pick<Cell, 'contacts'> & { count: number };

/** What was counted of some visits: of no use but to be added to others by the same question. */
export interface Counted {
	readonly contacts: number;
	readonly count: number;
	readonly cells: readonly ReadonlyMap<string, Readonly<Counts>>[];
}

/**
 * Counts what a question asks, portion by portion (a month, everything on a phone), and adds up. Every visit counts once in a cell, however many of
 * its topics lead there; of a measure every unit does, and where a dimension tells of the units themselves, each in its own class.
 */
export class Counter {
	readonly #question: Question;
	#contacts = 0;
	#count = 0;
	readonly #cells: Map<string, Counts>[];
	readonly #cards = new Set<string>();
	readonly #known = new Map<DimensionId, Map<string, readonly string[]>>();
	/** Everything that the question is narrowed or counted by. */
	readonly #beside: readonly DimensionId[];
	readonly #narrowedBy: readonly DimensionId[];

	constructor(asked: Question) {
		this.#question = asked;
		this.#narrowedBy = Object.keys(asked.where) as DimensionId[];
		this.#beside = [...this.#narrowedBy, ...asked.tables.flat()];
		this.#cells = asked.tables.map(() => new Map());
	}

	add(visits: Visits): void {
		const rows = this.#rows(visits);
		const { measure: measured, tables } = this.#question;
		this.#contacts += rows?.length ?? visits.length;
		const weight = measured && visits.columns[measure(measured).column];
		if (weight)
			for (const [at, count] of countValues(rows, visits.length, [weight]))
				for (const unit of measure(measured).unitsOf(weight.values[at]!)) this.#count += count * unit.count;
		tables.forEach((by, index) => this.#addTable(visits, rows, by, this.#cells[index]!));
	}

	/** Visits that have a card, once for each, and what each card is called: nothing of it is in the answer but how many there are. */
	addCards(visits: Visits, cards: readonly string[]): void {
		const rows = this.#rows(visits);
		if (rows) for (const row of rows) this.#cards.add(cards[row]!);
		else for (const card of cards) this.#cards.add(card);
	}

	/** What has been added so far, cards apart. Nothing may be added after that. */
	counted(): Counted {
		return { contacts: this.#contacts, count: this.#count, cells: this.#cells };
	}

	/** Adds what another counter counted by this question, of other visits. */
	addCounted({ contacts, count, cells }: Counted): void {
		this.#contacts += contacts;
		this.#count += count;
		cells.forEach((table, index) => {
			const own = this.#cells[index]!;
			for (const [key, more] of table) {
				const cell = own.get(key);
				if (!cell) own.set(key, { ...more });
				else {
					cell.contacts += more.contacts;
					cell.count += more.count;
				}
			}
		});
	}

	figures(): Figures {
		const { from, to, tables, measure: measured, clients } = this.#question;
		return {
			from,
			to,
			contacts: this.#contacts,
			...(measured && { measure: measured, count: this.#count }),
			...(clients && { clients: this.#cards.size }),
			tables: tables.map((by, index): Table => {
				const cells = [...this.#cells[index]!].map(([key, { contacts, count }]): Cell => ({
					classes: key.split(BETWEEN),
					contacts,
					...(measured && { count })
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
			const as = countedAs(id, this.#beside);
			// A class that is not told apart here is asked for by what it is part of.
			const wanted = new Set(as === id ? classes : classes.flatMap((name) => this.#classes(as, name)));
			narrow(columns[dimension(id).column], (value) =>
				this.#classes(as, value).some((name) => wanted.has(name))
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
		by: readonly DimensionId[],
		cells: Map<string, Counts>
	): void {
		const measured = this.#question.measure && measure(this.#question.measure);
		const weight = measured ? [measured.column] : [];
		const wanted = [...new Set([...by.map((id) => dimension(id).column), ...weight])];
		const coded = wanted.flatMap((column) => columns[column] ?? []);
		if (coded.length < wanted.length) return;
		const cellOf = (key: string) => {
			let cell = cells.get(key);
			if (!cell) cells.set(key, (cell = { contacts: 0, count: 0 }));
			return cell;
		};
		const as = by.map((id) => countedAs(id, [...by, ...this.#narrowedBy]));
		for (const [combination, contacts] of countValues(rows, length, coded)) {
			const values = new Map<Column, string>();
			let rest = combination;
			for (let place = coded.length - 1; place >= 0; place -= 1) {
				const all = coded[place]!.values;
				values.set(wanted[place]!, all[rest % all.length]!);
				rest = Math.floor(rest / all.length);
			}
			for (const key of this.#keys(as, values)) cellOf(key).contacts += contacts;
			if (!measured) continue;
			for (const unit of measured.unitsOf(values.get(measured.column) ?? '')) {
				values.set(measured.column, unit.value);
				for (const key of this.#keys(as, values)) cellOf(key).count += contacts * unit.count;
			}
		}
	}

	/** The cells of a table that these values lead to, each once. */
	#keys([first, second]: readonly DimensionId[], values: ReadonlyMap<Column, string>): readonly string[] {
		if (!first) return [];
		const valueOf = (id: DimensionId) => values.get(dimension(id).column) ?? '';
		if (!second) return this.#classes(first, valueOf(first));
		const pairs = (one: string, other: string) =>
			this.#classes(first, one).flatMap((name) =>
				this.#classes(second, other).map((also) => `${name}${BETWEEN}${also}`)
			);
		const { column } = dimension(first);
		if (column !== dimension(second).column) return pairs(valueOf(first), valueOf(second));
		return [...new Set(partsIn(column, valueOf(first)).flatMap((part) => pairs(part, part)))];
	}
}

/**
 * How often each combination of values of these columns occurs: by the index of the first, times the number of values of the second, plus the index
 * of that one, and so on.
 */
function countValues(
	rows: Uint32Array | undefined,
	length: number,
	[first, second, third]: readonly Coded[]
): (readonly [number, number])[] {
	if (!first) return [];
	const [width, depth] = [second?.values.length ?? 1, third?.values.length ?? 1];
	const different = first.values.length * width * depth;
	const among = rows?.length ?? length;
	const placeAt = (index: number) => {
		const row = rows ? rows[index]! : index;
		if (!second) return first.at[row]!;
		const pair = first.at[row]! * width + second.at[row]!;
		return third ? pair * depth + third.at[row]! : pair;
	};
	if (different > DENSE) {
		const counts = new Map<number, number>();
		for (let index = 0; index < among; index += 1) {
			const place = placeAt(index);
			counts.set(place, (counts.get(place) ?? 0) + 1);
		}
		return [...counts];
	}
	const counts = new Uint32Array(different);
	for (let index = 0; index < among; index += 1) counts[placeAt(index)]! += 1;
	const found: (readonly [number, number])[] = [];
	for (let place = 0; place < different; place += 1) if (counts[place]) found.push([place, counts[place]!]);
	return found;
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
