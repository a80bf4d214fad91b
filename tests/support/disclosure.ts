import highsLoader from 'highs';
import { dimension, type DimensionId } from '#lib/statistics/dimensions.ts';
import { ALL, keyOf, type ReportSet } from '#lib/statistics/suppression/system.ts';

const highs = await highsLoader();

/** What somebody who has a report knows: the form of its tables, and the figures that are shown. */
export interface Published {
	tables: readonly { by: readonly DimensionId[] }[];
	classes: ReportSet['classes'];
	nested?: ReportSet['nested'];
	/** What the classes of each dimension with several of them are together, where that is known. */
	mentions?: ReadonlyMap<DimensionId, number>;
	/** Figures by their keys; what is not here is hidden. */
	shown: ReadonlyMap<string, number>;
}

/** What is published of a set where these keys are hidden. */
export function publish(set: ReportSet, hidden: ReadonlySet<string>): Published {
	const figures = new Map(
		set.tables.flatMap(({ by, cells }) => cells.map((cell) => [keyOf(by, cell.classes), cell.contacts]))
	);
	return {
		tables: set.tables,
		classes: set.classes,
		nested: set.nested,
		...(set.mentions && {
			mentions: new Map(
				set.tables.map(({ by, cells }) => [by[0]!, cells.reduce((sum, cell) => sum + cell.contacts, 0)])
			)
		}),
		shown: new Map(
			[...publishedKeys(set)].filter((key) => !hidden.has(key)).map((key) => [key, figures.get(key) ?? 0])
		).set(ALL, set.contacts)
	};
}

/** Keys of everything that a set would publish if nothing were hidden. */
export function publishedKeys({ tables, classes }: Pick<ReportSet, 'tables' | 'classes'>): Set<string> {
	return new Set(
		tables.flatMap(({ by }) =>
			by.length === 1
				? classes[by[0]!]!.map((name) => keyOf(by, [name]))
				: classes[by[0]!]!.flatMap((a) => classes[by[1]!]!.map((b) => keyOf(by, [a, b])))
		)
	);
}

/**
 * Tries to find out hidden figures, with an exact solver of integer programs: the least and the most that each can be, for all that is published.
 * It writes down by itself what adds up to what and shares no code with what hides them.
 */
export class Attack {
	readonly #rules: string[] = [];
	readonly #bounds: string[] = [];
	readonly #names = new Map<string, string>();
	/** The least and the most that a figure was in any register found so far that fits. */
	readonly #found = new Map<string, { from: number; to: number }>();

	constructor({ tables, classes, nested = [], mentions, shown }: Published) {
		const addUp = (id: DimensionId, parts: string[], whole: string) => {
			const sum = parts.join(' + ');
			if (!dimension(id).many) this.#rules.push(`${sum} - ${whole} = 0`);
			else this.#rules.push(`${sum} - ${whole} >= 0`, ...parts.map((part) => `${part} - ${whole} <= 0`));
		};
		const all = this.#name(ALL);
		for (const id of new Set(tables.flatMap(({ by }) => by)))
			addUp(
				id,
				classes[id]!.map((name) => this.#name(keyOf([id], [name]))),
				all
			);
		const isThere = (id: DimensionId) => tables.some(({ by }) => by.length === 1 && by[0] === id);
		for (const [id, sum] of mentions ?? [])
			this.#rules.push(`${classes[id]!.map((name) => this.#name(keyOf([id], [name]))).join(' + ')} = ${sum}`);
		for (const { of, in: coarse, part } of nested) {
			if (!isThere(of) || !isThere(coarse)) continue;
			for (const name of classes[coarse]!)
				addUp(
					of,
					classes[of]!.filter((one) => part(one) === name).map((one) => this.#name(keyOf([of], [one]))),
					this.#name(keyOf([coarse], [name]))
				);
		}
		for (const { by } of tables) {
			const [first, second] = by;
			if (!first || !second) continue;
			const cell = (a: string, b: string) => this.#name(keyOf(by, [a, b]));
			for (const a of classes[first]!)
				addUp(
					second,
					classes[second]!.map((b) => cell(a, b)),
					this.#name(keyOf([first], [a]))
				);
			for (const b of classes[second]!)
				addUp(
					first,
					classes[first]!.map((a) => cell(a, b)),
					this.#name(keyOf([second], [b]))
				);
		}
		for (const [key, value] of shown) this.#bounds.push(`${this.#name(key)} = ${value}`);
	}

	#name(key: string): string {
		let name = this.#names.get(key);
		if (!name) this.#names.set(key, (name = `x${this.#names.size}`));
		return name;
	}

	/** Whether a figure can be as little as `least` and as much as `most`. */
	leaves(key: string, least: number, most: number): boolean {
		const range = () => this.#found.get(key) ?? { from: Infinity, to: -Infinity };
		if (range().to < most) this.#solve('Maximize', key, most);
		if (range().from > least) this.#solve('Minimize', key, least);
		return range().from <= least && range().to >= most;
	}

	/** Whether a figure can be two different numbers. */
	doubts(key: string): boolean {
		for (const goal of ['Maximize', 'Minimize'] as const) {
			const { from, to } = this.#found.get(key) ?? { from: 0, to: 0 };
			if (from < to) return true;
			this.#solve(goal, key);
		}
		const { from, to } = this.#found.get(key)!;
		return from < to;
	}

	/** Finds one register that fits; where it is enough, one in which the figure reaches `enough`. */
	#solve(goal: 'Maximize' | 'Minimize', key: string, enough?: number): void {
		const name = this.#name(key);
		const limit =
			enough === undefined ? [] : [goal === 'Maximize' ? `${name} <= ${enough}` : `${name} >= ${enough}`];
		const text = [
			goal,
			`obj: ${name}`,
			'Subject To',
			...[...this.#rules, ...limit].map((rule, index) => `r${index}: ${rule}`),
			'Bounds',
			...this.#bounds,
			'General',
			[...this.#names.values()].join(' '),
			'End'
		].join('\n');
		const { Status, Columns } = highs.solve(text, { output_flag: false });
		// Not even with the limit: what is looked for does not exist.
		if (Status !== 'Optimal') return;
		for (const [one, column] of this.#names) {
			const value = Math.round(Columns[column]?.Primal ?? 0);
			const { from, to } = this.#found.get(one) ?? { from: Infinity, to: -Infinity };
			this.#found.set(one, { from: Math.min(from, value), to: Math.max(to, value) });
		}
	}
}
