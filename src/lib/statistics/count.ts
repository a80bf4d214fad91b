import type { Coded, Visits } from './columns.ts';
import { countedAs, dimension, partsIn, type Column, type DimensionId } from './dimensions.ts';
import { measure } from './measures.ts';
import type { Cell, Figures, Question, Table } from './question.ts';
import { addTable, BETWEEN, forCombinations, type Axis, type Counts } from './table-count.ts';

/** The columns that must be there for a question to be answered. */
export function columnsFor({ where, tables, measure: measured }: Question): Column[] {
	const asked = [...(Object.keys(where) as DimensionId[]), ...tables.flat()];
	const weight = measured ? [measure(measured).column] : [];
	return [...new Set<Column>(['date', ...asked.map((id) => dimension(id).column), ...weight])];
}

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
	readonly #known: Map<DimensionId, Map<string, readonly string[]>>;
	/** Everything that the question is narrowed or counted by. */
	readonly #beside: readonly DimensionId[];
	readonly #narrowedBy: readonly DimensionId[];

	/** @param like another of the same question, which knows what the values mean that it met */
	constructor(asked: Question, like?: Counter) {
		this.#question = asked;
		this.#known = like ? like.#known : new Map<DimensionId, Map<string, readonly string[]>>();
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
			forCombinations(rows, visits.length, [weight], (at, contacts) => {
				for (const unit of measure(measured).unitsOf(weight.values[at]!))
					this.#count += contacts * unit.count;
			});
		tables.forEach((by, index) => {
			const axes = this.#axes(by.map((id) => countedAs(id, [...by, ...this.#narrowedBy])));
			addTable(visits, rows, { axes, measured: measured && measure(measured) }, this.#cells[index]!);
		});
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

	/** The one or two columns that a table is laid out by, and the classes that a value of each leads to, each once. */
	#axes([first, second]: readonly DimensionId[]): Axis[] {
		if (!first) return [];
		const axis = (id: DimensionId): Axis => ({
			column: dimension(id).column,
			keysOf: (value) => this.#classes(id, value)
		});
		if (!second) return [axis(first)];
		const { column } = dimension(first);
		if (column !== dimension(second).column) return [axis(first), axis(second)];
		// Two things that are said of the same part of a list: its place and its way, and no other's.
		const pairs = (part: string) =>
			this.#classes(first, part).flatMap((name) =>
				this.#classes(second, part).map((also) => `${name}${BETWEEN}${also}`)
			);
		return [{ column, keysOf: (value) => [...new Set(partsIn(column, value).flatMap(pairs))] }];
	}
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
