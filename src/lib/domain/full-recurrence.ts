import ICAL from 'ical.js';
import { civilDateOf, dayNumber } from './dates.ts';
import { lastDay, LONGEST_WALK, plainDays, ruleParts, type RuleReader } from './recurrence.ts';
import { weekNumber } from './weeks.ts';

/**
 * Reads every rule whose unit is the day, with ical.js. Loaded on demand only, where something has a rule that `plainDays` does not read:
 * the first screen does without.
 */

/** Not BYWEEKNO, which ical.js 2.2.1 does not join with BYDAY as RFC 5545 has it; `weekDays` reads it. */
const PARTS =
	/^(FREQ=(DAILY|WEEKLY|MONTHLY|YEARLY)|INTERVAL=[1-9]\d{0,2}|COUNT=[1-9]\d*|UNTIL=\d{8}(T\d{6}Z?)?|(WKST|BYDAY|BYMONTHDAY|BYYEARDAY|BYMONTH|BYSETPOS)=[-+,\dA-Z]+)$/;

/** Weekdays of weeks by their ISO number, as of services that are open in odd weeks. */
const BY_WEEK =
	/^(FREQ=YEARLY|BYWEEKNO=[1-9]\d?(,[1-9]\d?)*|BYDAY=[A-Z]{2}(,[A-Z]{2})*|UNTIL=\d{8}(T\d{6}Z?)?|WKST=MO)$/;

/** Days of a rule by numbers of weeks: those of its weekdays whose week has such a number, whichever year the day itself lies in. */
const weekDays: RuleReader = (rule, first, from, to) => {
	const parts = ruleParts(rule, BY_WEEK);
	if (!parts?.FREQ || !parts.BYWEEKNO || !parts.BYDAY) return undefined;
	const numbers = new Set(parts.BYWEEKNO.split(',').map(Number));
	const days = plainDays(
		`FREQ=WEEKLY;BYDAY=${parts.BYDAY}${parts.UNTIL ? `;UNTIL=${parts.UNTIL}` : ''}`,
		first,
		from,
		to
	);
	return days?.filter((day) => numbers.has(weekNumber(day)));
};

/** Steps that ical.js may take over one rule, a day or a month each: 27 years of days, in a moment on an old phone. */
const STEPS = 10_000;

/** What ical.js makes of a rule, every day of it up to `last`; throws where it cannot read it or would look for ever, as for 30 February. */
function occurrences(rule: string, first: string, last: string): string[] {
	let steps = 0;
	const count = () => {
		if (++steps > STEPS) throw new RangeError('The rule takes too long.');
	};
	class Bounded extends ICAL.RecurIterator {
		override check_contracting_rules(): boolean {
			count();
			return super.check_contracting_rules();
		}

		override increment_month(): void {
			count();
			super.increment_month();
		}
	}
	const recur = ICAL.Recur.fromString(rule);
	// Years without an occurrence are looked through up to here.
	recur.until = ICAL.Time.fromDateString(last);
	const dtstart = ICAL.Time.fromDateString(first);
	const iterator = new Bounded({ rule: recur, dtstart });
	// ical.js gives and counts the day it begins with, whether it fits or not.
	if (iterator.last.compare(dtstart) >= 0 && !iterator.check_contracting_rules()) {
		if (recur.count) throw new RangeError('The rule counts a day that does not fit it.');
		iterator.next();
	}
	const days: string[] = [];
	for (let next = iterator.next() as ICAL.Time | null; next; next = iterator.next())
		days.push(next.toString());
	return days;
}

/** Where a year lacks the day of a yearly rule, as 29 February, RFC 5545 leaves the year out, and ical.js takes the day after. */
function fits(date: string, first: string, parts: Partial<Record<string, string>>): boolean {
	const months = parts.BYMONTH?.split(',').map(Number);
	if (months && !months.includes(Number(date.slice(5, 7)))) return false;
	const onItsDay = parts.FREQ === 'YEARLY' && !parts.BYDAY && !parts.BYMONTHDAY && !parts.BYYEARDAY;
	return !onItsDay || date.slice(8) === first.slice(8);
}

/** Reads plain rules as `plainDays` does, and all others whose unit is the day or more; what would take too long it cannot read. */
export const anyDays: RuleReader = (rule, first, from, to) => {
	const plain = plainDays(rule, first, from, to) ?? weekDays(rule, first, from, to);
	if (plain) return plain;
	const parts = ruleParts(rule, PARTS);
	if (!parts?.FREQ) return undefined;
	const { UNTIL, ...others } = parts;
	const last = lastDay(UNTIL, to);
	if (!(last - dayNumber(first) <= LONGEST_WALK)) return undefined;
	if (last < dayNumber(first)) return [];
	try {
		const text = Object.entries(others).map((part) => part.join('='));
		const days = occurrences(text.join(';'), first, civilDateOf(last));
		return days.every((day) => fits(day, first, parts)) ? days.filter((day) => day >= from) : undefined;
	} catch {
		return undefined;
	}
};
