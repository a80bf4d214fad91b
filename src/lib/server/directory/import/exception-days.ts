import { addDays } from '#lib/domain/dates.ts';
import type { HoursException, Span } from '#lib/domain/hours.ts';
import type { Texts } from '#lib/domain/language-texts.ts';

/** Exceptions that depend on the weekday are written out day by day, for a year at most. */
const MOST_DAYS = 366;

/**
 * Exceptional hours of each day from the first to the last; days in a row that have the same hours are one exception.
 *
 * @param openOn hours of a day: none for closed, undefined where the day is no exception
 * @returns undefined where it would be more than a year
 */
export function exceptionsByDay(
	from: string,
	to: string,
	note: Texts | undefined,
	openOn: (date: string) => Span[] | undefined
): HoursException[] | undefined {
	if (to > addDays(from, MOST_DAYS)) return undefined;
	const found: HoursException[] = [];
	let before: HoursException | undefined;
	for (let date = from; date <= to; date = addDays(date, 1)) {
		const open = openOn(date);
		if (!open) before = undefined;
		else if (before && JSON.stringify(before.open) === JSON.stringify(open)) before.to = date;
		else {
			before = { from: date, to: date, open, ...(note && { note }) };
			found.push(before);
		}
	}
	return found;
}
