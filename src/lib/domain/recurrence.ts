import { civilDateOf, dayNumber } from './dates.ts';

/**
 * On which days a recurrence rule (RFC 5545 §3.3.10) holds. Plain rules by the day and by the week are read here, in few lines, because the
 * first screen needs them; `full-recurrence.ts` reads all others and loads a library for it. The unit is the day: UNTIL ends with its day,
 * whatever its time.
 */

/**
 * Days on which a rule holds, civil dates from `from` to `to`, both included and in order; undefined where the reader cannot read the rule.
 * `first` is DTSTART: nothing comes before it, and COUNT and INTERVAL count from it. It is a day of the rule only if it fits the rule.
 */
export type RuleReader = (rule: string, first: string, from: string, to: string) => string[] | undefined;

const WEEK = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
const PLAIN =
	/^(FREQ=(DAILY|WEEKLY)|(INTERVAL|COUNT)=[1-9]\d*|UNTIL=\d{8}(T.*)?|WKST=[A-Z]{2}|BYDAY=[A-Z]{2}(,[A-Z]{2})*)$/;

/** What counts from its first day is not walked through for longer than this, days: a hundred years. */
export const LONGEST_WALK = 36_525;

/** Monday is 0. */
const weekdayOf = (number: number) => (((number + 3) % 7) + 7) % 7;

/** The parts of a rule by name; undefined where one is not of the given form. */
export function ruleParts(rule: string, form: RegExp): Partial<Record<string, string>> | undefined {
	const parts = rule.toUpperCase().split(';');
	return parts.every((part) => form.test(part))
		? Object.fromEntries(parts.map((part) => part.split('=')))
		: undefined;
}

/** Plain rules that were read: many receptions have the same one, and every screen asks each of them for its days. */
const known = new Map<string, ReturnType<typeof ruleParts>>();
const MOST_KNOWN = 1000;

function plainParts(rule: string): ReturnType<typeof ruleParts> {
	let parts = known.get(rule);
	if (!parts) {
		parts = ruleParts(rule, PLAIN);
		if (known.size >= MOST_KNOWN) known.clear();
		known.set(rule, parts);
	}
	return parts;
}

/** The last day of a rule with this UNTIL and no later than `to`, as a day number; NaN where a date does not exist. */
export const lastDay = (until: string | undefined, to: string): number =>
	Math.min(dayNumber(to), until ? dayNumber(until.replace(/(....)(..)(..).*/, '$1-$2-$3')) : Infinity);

/** Reads plain rules: FREQ=DAILY or WEEKLY with INTERVAL, BYDAY, UNTIL, COUNT and WKST. */
export const plainDays: RuleReader = (rule, first, from, to) => {
	const parts = plainParts(rule);
	if (!parts?.FREQ) return undefined;
	const start = dayNumber(first);
	const begin = dayNumber(from);
	const last = lastDay(parts.UNTIL, to);
	let left = Number(parts.COUNT ?? Infinity);
	const step = parts.FREQ === 'WEEKLY' ? 7 : 1;
	const on = parts.BYDAY?.split(',') ?? (step === 7 ? [WEEK[weekdayOf(start)]] : WEEK);
	const weekStart = WEEK.indexOf(parts.WKST ?? 'MO');
	if (Number.isNaN(last) || (parts.COUNT && last - start > LONGEST_WALK)) return undefined;
	if (weekStart < 0 || !on.every((day) => WEEK.includes(day ?? ''))) return undefined;

	/** The day from which periods are counted. */
	const origin = step === 7 ? start - weekdayOf(start - weekStart) : start;
	const days: string[] = [];
	for (let n = parts.COUNT ? start : Math.max(start, begin); n <= last && left > 0; n++) {
		if (Math.floor((n - origin) / step) % Number(parts.INTERVAL ?? 1)) continue;
		if (!on.includes(WEEK[weekdayOf(n)])) continue;
		if (n >= begin) days.push(civilDateOf(n));
		left--;
	}
	return days;
};

/**
 * The days of something that recurs or, where `rule` is null, comes once. A rule that cannot be read leaves the first day, so that a newer
 * server never empties an older phone; `understood` is false then. Never throws, and dates that do not exist have no days.
 *
 * @param read `plainDays`, or the reader of `full-recurrence.ts`
 */
export function daysBetween(
	rule: string | null,
	first: string,
	from: string,
	to: string,
	read: RuleReader = plainDays
): { days: string[]; understood: boolean } {
	const days = rule === null ? undefined : read(rule, first, from, to);
	if (days) return { days, understood: true };
	const once = first >= from && first <= to && dayNumber(first) < Infinity;
	return { days: once ? [first] : [], understood: rule === null };
}
