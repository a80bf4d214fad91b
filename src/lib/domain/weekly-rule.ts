import { addDays } from './dates.ts';
import { holidaysOn } from './holidays.ts';
import { plainDays } from './recurrence.ts';

/** The recurrence rules that forms of the tour and of events offer. */

/** How often; `other`: by a rule that the form does not know and keeps. */
export type Every = 'once' | 'week' | 'two-weeks' | 'other';

const RULE = /^FREQ=WEEKLY(;INTERVAL=2)?(;UNTIL=(\d{4})(\d{2})(\d{2})(T\d{6}Z?)?)?$/;

/** A rule as a form shows it; `last`: civil date of the last day, '' without one. */
export function readWeekly(rule: string | null): { every: Every; last: string } {
	const [known, other, , year, month, day] = RULE.exec(rule ?? '') ?? [];
	return {
		every: rule === null ? 'once' : !known ? 'other' : other ? 'two-weeks' : 'week',
		last: year ? `${year}-${month}-${day}` : ''
	};
}

/** @param was the rule before, which stays where the form does not know it */
export function weeklyRule(
	{ every, last }: { every: Every; last: string },
	was: string | null
): string | null {
	if (every === 'once') return null;
	if (every === 'other') return was;
	const until = last === '' ? '' : `;UNTIL=${last.replaceAll('-', '')}`;
	return `FREQ=WEEKLY${every === 'two-weeks' ? ';INTERVAL=2' : ''}${until}`;
}

/** Holidays on which a plain rule would hold, from a civil date on, so many days; of another rule none is known. */
export const holidaysOf = (rule: string | null, first: string, from: string, days: number): string[] =>
	rule === null
		? []
		: (plainDays(rule, first, from, addDays(from, days)) ?? []).filter((day) => holidaysOn(day).length > 0);
