import { isPublic } from '#lib/statistics/dimensions.ts';
import { findShift } from './shift.ts';
import { systemOf, type ReportSet, type System } from './system.ts';

/** Below this a figure is small, and what an organisation may set it to. */
export const SMALL = 5;
const SMALL_RANGE = { from: 3, to: 10 } as const;

/**
 * Which figures of tables that are published together must not be shown. Small ones (below `small`, zero too) are hidden, and as many others as it
 * takes that nobody who has all the tables can tell a small one closer than "below `small`": every number from zero to `small - 1` remains
 * possible for each of them, and no hidden figure can be worked out (decision 0027). All hidden figures look the same.
 *
 * @param small 3 to 10
 * @param also keys of figures that are hidden for another reason and guarded in the same way: from zero up, they may be anything below `small`
 * @returns keys of the hidden figures (`keyOf`); `ALL` among them where the whole is small: then nothing may be shown
 */
export function suppress(set: ReportSet, small = SMALL, also: ReadonlySet<string> = new Set()): Set<string> {
	if (small < SMALL_RANGE.from || small > SMALL_RANGE.to)
		throw new RangeError(`Small is ${SMALL_RANGE.from} to ${SMALL_RANGE.to}, not ${small}.`);
	const internal = set.tables.flatMap(({ by }) => by).find((id) => !isPublic(id));
	if (internal) throw new Error(`Figures by ${internal} are not published.`);
	return hiddenOf(systemOf(set), set.contacts, small, also);
}

/** The same of figures that are no contacts: whoever publishes them says what a reader can reckon with. `whole`: what they add up to. */
export function hiddenOf(
	system: System,
	whole: number,
	small = SMALL,
	also: ReadonlySet<string> = new Set()
): Set<string> {
	const keys = (hidden: Iterable<number>) => new Set([...hidden].map((variable) => keyAt(system, variable)));
	const published = [...system.variables.keys()].filter(
		(variable) => system.variables[variable]!.cost !== undefined
	);
	if (whole < small) return keys(published);
	const isSmall = (variable: number) =>
		system.variables[variable]!.value < small || also.has(keyAt(system, variable));
	const guarded = published.filter(isSmall);
	const { hidden, isLost } = new Guard(system, guarded, small);
	return keys(isLost ? published : hidden);
}

/** Whether two figures are of the same class in some dimension. */
function sharesClass(one: string, other: string): boolean {
	const classes = one.split('&');
	return other.split('&').some((name) => classes.includes(name));
}

const keyAt = ({ variables }: System, variable: number): string => variables[variable]!.key;

/** Hides what guards the small figures of a system. */
class Guard {
	readonly hidden: Set<number>;
	/** Not even the sum of everything may be shown. */
	isLost = false;
	readonly #system: System;
	readonly #small: number;
	readonly #values: readonly number[];
	/** What else changes where a small figure is another: it has to stay hidden for its sake. */
	readonly #needs = new Map<number, Set<number>>();

	constructor(system: System, guarded: readonly number[], small: number) {
		this.#system = system;
		this.#small = small;
		this.#values = system.variables.map(({ value }) => value);
		this.hidden = new Set(guarded);
		// The largest first: what guards it mostly guards the smaller ones, too.
		for (const variable of guarded.toSorted((a, b) => this.#values[b]! - this.#values[a]!)) {
			if (this.#isFree(variable, true)) continue;
			this.#hide((key) => sharesClass(key, keyAt(system, variable)));
			if (this.#isFree(variable, true)) continue;
			this.#hide(() => true);
			if (!this.#isFree(variable, false)) this.isLost = true;
		}
		if (!this.isLost) this.#showAgain(new Set(guarded));
	}

	/** Whether a figure could be every small number, for all that is published; where `mayHide`, hides what it takes. */
	#isFree(variable: number, mayHide: boolean): boolean {
		const value = this.#values[variable]!;
		const needs = new Set<number>();
		const most = Math.max(this.#small - 1, value);
		for (const { by, times } of [
			{ by: 1, times: most - value },
			{ by: -1, times: Math.min(value, this.#small - 1) }
		] as const) {
			const values = [...this.#values];
			for (let time = 0; time < times; time += 1) {
				const shift = findShift(this.#system, values, this.hidden, { variable, by }, mayHide);
				if (!shift) return false;
				for (const one of shift.toHide) this.hidden.add(one);
				for (const change of shift.changes) {
					values[change.variable]! += change.by;
					needs.add(change.variable);
				}
			}
		}
		this.#needs.set(variable, needs);
		return true;
	}

	/** Where no way was found by changing a few figures, many are hidden at once; most are shown again in the end. */
	#hide(concerns: (key: string) => boolean): void {
		this.#system.variables.forEach(({ key, cost }, variable) => {
			if (cost !== undefined && cost !== Infinity && concerns(key)) this.hidden.add(variable);
		});
	}

	/** What was hidden for one figure may have become needless through what was hidden for a later one. */
	#showAgain(guarded: ReadonlySet<number>): void {
		const others = [...this.hidden].filter((variable) => !guarded.has(variable));
		for (const other of others.sort((a, b) => this.#values[b]! - this.#values[a]!)) {
			const before = new Map(this.#needs);
			this.hidden.delete(other);
			const concerned = [...this.#needs].filter(([, needs]) => needs.has(other));
			if (concerned.every(([variable]) => this.#isFree(variable, false))) continue;
			this.hidden.add(other);
			for (const [variable, needs] of before) this.#needs.set(variable, needs);
		}
	}
}
