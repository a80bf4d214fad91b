import { dayNumber } from '#lib/domain/dates.ts';
import type { Period } from './periods.ts';
import { hasMovedLittle } from './suppression/publish.ts';
import { SMALL } from './suppression/suppress.ts';

/** How many contacts a municipality had in a time, as a sheet has said it; null: fewer than are shown. */
export interface Told extends Period {
	contacts: number | null;
}

/**
 * What a reader of sheets knows: of the contacts between two days at which a sheet begins or ends, `most[a][b]` is the most that there can be from a to b, and
 * `-most[b][a]` the least. Contacts of a time are the difference of two numbers, so the shortest ways say it exactly (decision 0050).
 */
interface Known {
	days: readonly number[];
	most: number[][];
}

const endsOf = ({ from, to }: Period): [number, number] => [dayNumber(from), dayNumber(to) + 1];

function nothingSaid(periods: readonly Period[]): Known {
	const days = [...new Set(periods.flatMap(endsOf))].sort((a, b) => a - b);
	// Whatever the numbers are, none is below zero.
	return { days, most: days.map((_, one) => days.map((__, other) => (other <= one ? 0 : Infinity))) };
}

/** The same, where somebody also reads that a time has so many contacts, or as many as lie in a range. */
function saying({ days, most }: Known, period: Period, least: number, largest: number): Known {
	const [from, to] = endsOf(period).map((day) => days.indexOf(day)) as [number, number];
	return { days, most: shorten(shorten(most, from, to, largest), to, from, -least) };
}

function shorten(most: number[][], from: number, to: number, by: number): number[][] {
	if (by >= most[from]![to]!) return most;
	const onward = most[to]!;
	return most.map((row) => {
		const here = row[from]! + by;
		return row.map((now, other) => Math.min(now, here + onward[other]!));
	});
}

const least = ({ most }: Known, from: number, to: number): number => 0 - most[to]![from]!;

function rangeOf(known: Known, period: Period): [fewest: number, most: number] {
	const [from, to] = endsOf(period).map((day) => known.days.indexOf(day)) as [number, number];
	return [least(known, from, to), known.most[from]![to]!];
}

/** Whether nobody can tell a small number of a time closer than by `small` numbers that it may be: it is larger for certain, or so many are left. */
const isOpen = (known: Known, from: number, to: number, small: number): boolean => {
	const fewest = least(known, from, to);
	return fewest >= small || known.most[from]![to]! - fewest >= small - 1;
};

/** Whether what is said more gives nothing away that was not known before. */
function isSafe(after: Known, before: Known, small: number): boolean {
	return after.days.every((_, from) =>
		after.days.every(
			(__, to) => to <= from || isOpen(after, from, to, small) || !isOpen(before, from, to, small)
		)
	);
}

const overlap = (a: Period, b: Period): boolean => a.from <= b.to && b.from <= a.to;

/**
 * How many contacts a sheet says of a time: as many as there are, null where they are fewer than are shown, and undefined where that is not told, because with what was told of
 * other times somebody could reckon out a small number. What follows from what was told is told as it follows. It is not told either that they are few, where
 * some larger number would have been kept back: else silence would say which.
 */
export function toldContacts(
	told: readonly Told[],
	period: Period,
	contacts: number,
	small = SMALL
): number | null | undefined {
	const before = told.find(({ from, to }) => from === period.from && to === period.to);
	const others = told.filter((one) => one !== before);
	if (before) {
		const isAlone = !others.some((one) => overlap(one, period));
		if (!isAlone || hasMovedLittle(contacts, before.contacts, small)) return before.contacts;
		return contacts < small ? null : contacts;
	}
	const start = told.reduce(
		(known, one) => {
			const [fewest, most] = rangeOf(known, one);
			const [from, to] = [one.contacts ?? 0, one.contacts ?? small - 1];
			// What came late between two sheets may contradict them: nothing can be reckoned from that.
			return from > most || to < fewest ? known : saying(known, one, from, to);
		},
		nothingSaid([...told, period])
	);
	const [fewest, most] = rangeOf(start, period);
	if (fewest === most) return fewest < small ? undefined : fewest;
	const mayBe = (number: number) =>
		number >= fewest && number <= most && isSafe(saying(start, period, number, number), start, small);
	if (contacts >= small) return mayBe(contacts) ? contacts : undefined;
	if (!isSafe(saying(start, period, 0, Math.min(most, small - 1)), start, small)) return undefined;
	// Larger than everything that is known, one number is as good as another.
	const finite = start.most.flat().filter((number) => number !== Infinity);
	const enough = Math.min(most, Math.max(0, ...finite) + small * (told.length + 2));
	for (let number = Math.max(small, fewest); number <= enough; number += 1)
		if (!mayBe(number)) return undefined;
	return null;
}
