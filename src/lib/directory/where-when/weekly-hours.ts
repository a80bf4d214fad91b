import type { Tour } from './coming.ts';
import { addDays } from '#lib/domain/dates.ts';
import { ruleParts } from '#lib/domain/recurrence.ts';
import { deskIsOpen, plannedBetween } from '#lib/domain/stops.ts';
import type { Reception } from '#lib/domain/tour.ts';
import { weekday } from '#lib/domain/weeks.ts';

/** Hours of a desk in words, as they stand on a door. */

/** One line: weekdays in every or every other week, or single days. Times are `HH:MM`. */
export interface HoursLine {
	opens: string;
	closes: string;
	/** ISO weekdays, 1 is Monday; none: see `dates`. */
	weekdays: readonly number[];
	/** Weeks from one time to the next. */
	every: 1 | 2;
	/** The next days, civil dates; also where it is every other week, because nobody can tell which one. */
	dates: readonly string[];
	/** Languages spoken, BCP 47. */
	languages: readonly string[];
}

/** A rule has to go on for this long to be told as one that stands, days; as far ahead single days are told. */
const AHEAD = 56;
/** What begins later is told by its days. */
const SOON = 7;
/** Days named on one line. */
const NAMED = 4;

const WEEK = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
const BY_WEEK =
	/^(FREQ=(DAILY|WEEKLY)|INTERVAL=[12]|WKST=[A-Z]{2}|UNTIL=\d{8}(T.*)?|BYDAY=[A-Z]{2}(,[A-Z]{2})*)$/;

/** What a rule says by the week; undefined where it does not, or not for long. */
function byWeek(
	{ rule, start }: Reception,
	today: string
): Pick<HoursLine, 'weekdays' | 'every'> | undefined {
	const parts = rule === null ? undefined : ruleParts(rule, BY_WEEK);
	const until = parts?.UNTIL?.replace(/^(....)(..)(..).*/, '$1-$2-$3');
	if (!parts || start.slice(0, 10) > addDays(today, SOON) || (until && until < addDays(today, AHEAD)))
		return undefined;
	const every = parts.INTERVAL === '2' ? 2 : 1;
	if (parts.FREQ === 'DAILY' && every === 2) return undefined;
	const usual = parts.FREQ === 'DAILY' ? WEEK : [WEEK[weekday(start.slice(0, 10)) - 1]];
	const weekdays = new Set((parts.BYDAY?.split(',') ?? usual).map((day) => WEEK.indexOf(day ?? '') + 1));
	return weekdays.has(0) ? undefined : { weekdays: [...weekdays].toSorted(), every };
}

/** The hours of a desk from today on, in the order of the week, then by date. Cancelled days are not told: they pass, and the poster stays. */
export function weeklyHours({ receptions, desks }: Tour, desk: string, today: string): HoursLine[] {
	const found = desks.find(({ id }) => id === desk);
	return receptions
		.filter((reception) => reception.desk === desk)
		.flatMap((reception): HoursLine[] => {
			const dates = plannedBetween([reception], today, addDays(today, AHEAD))
				.filter(({ date, cancelled }) => cancelled === undefined && found && deskIsOpen(found, date))
				.map(({ date }) => date);
			if (dates.length === 0) return [];
			const often = found?.closedFrom ? undefined : byWeek(reception, today);
			return [
				{
					opens: reception.start.slice(11),
					closes: reception.end.slice(11),
					weekdays: often?.weekdays ?? [],
					every: often?.every ?? 1,
					dates: dates.slice(0, NAMED),
					languages: reception.languages
				}
			];
		})
		.toSorted((a, b) => orderOf(a).localeCompare(orderOf(b)));
}

const orderOf = ({ weekdays, dates, opens }: HoursLine) => `${weekdays[0] ?? 9} ${dates[0] ?? ''} ${opens}`;
