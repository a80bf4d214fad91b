import { addDays, formatTimeRange } from '#lib/domain/dates.ts';
import type { Hours } from '#lib/domain/hours.ts';
import { hoursByDay } from '#lib/domain/opening.ts';
import { plainDays, type RuleReader } from '#lib/domain/recurrence.ts';

/** Days that a slip tells. */
const DAYS = 7;

const dayMonth = (date: string) => `${Number(date.slice(8))}.${Number(date.slice(5, 7))}.`;

/**
 * The door's hours of the coming seven days as they stand on paper, with their dates, so that an exception or a holiday is in them and
 * nobody takes them for those of another week: `30.11.–4.12. 9.00–16.00 · 5.12. 10.00–14.00`. Dates and digits read the same in every
 * language (ux.md §3.2). Undefined where it is closed all the time, or nobody knows. A holiday of which nobody has said the hours is left out.
 *
 * @param today civil date, the first of the days
 */
export function paperHours(
	hours: Hours,
	today: string,
	locale: string,
	read: RuleReader = plainDays
): string | undefined {
	const { days, understood } = hoursByDay(hours, today, addDays(today, DAYS - 1), read);
	if (!understood) return undefined;
	const runs: { from: string; to: string; times: string }[] = [];
	for (const { date, open, unsure } of days) {
		if (unsure || open.length === 0) continue;
		const times = open.map(({ opens, closes }) => formatTimeRange(opens, closes, locale)).join(', ');
		const last = runs.at(-1);
		if (last?.times === times && addDays(last.to, 1) === date) last.to = date;
		else runs.push({ from: date, to: date, times });
	}
	if (runs.length === 0) return undefined;
	return runs
		.map(({ from, to, times }) => `${dayMonth(from)}${from === to ? '' : `–${dayMonth(to)}`} ${times}`)
		.join(' · ');
}
