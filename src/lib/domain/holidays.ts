import { addDays } from './dates.ts';
import type { Holiday } from './hours.ts';
import { weekday } from './weeks.ts';

/** Easter Sunday of the Gregorian calendar, by the rule of Meeus, Jones and Butcher. */
function easterSunday(year: number): string {
	const cycle = year % 19;
	const century = Math.floor(year / 100);
	const inCentury = year % 100;
	const correction = Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3);
	const epact = (19 * cycle + century - Math.floor(century / 4) - correction + 15) % 30;
	const toSunday = (32 + 2 * (century % 4) + 2 * Math.floor(inCentury / 4) - epact - (inCentury % 4)) % 7;
	const late = Math.floor((cycle + 11 * epact + 22 * toSunday) / 451);
	const days = epact + toSunday - 7 * late + 114;
	const date = [Math.floor(days / 31), (days % 31) + 1].map((part) => String(part).padStart(2, '0'));
	return `${year}-${date.join('-')}`;
}

/** The Saturday on a day or within the six days after it. */
const saturdayFrom = (date: string): string => addDays(date, (13 - weekday(date)) % 7);

/**
 * Finnish holidays and eves of a year (four digits), civil dates by name: fixed days, days counted from Easter, and the Saturdays of
 * Midsummer (20–26 June) and All Saints (31 October–6 November). The eves are customs that offices and shops keep.
 */
export function holidaysOf(year: number): Record<Holiday, string> {
	const easter = easterSunday(year);
	const midsummer = saturdayFrom(`${year}-06-20`);
	return {
		'new-years-day': `${year}-01-01`,
		epiphany: `${year}-01-06`,
		'good-friday': addDays(easter, -2),
		'easter-sunday': easter,
		'easter-monday': addDays(easter, 1),
		'may-day': `${year}-05-01`,
		'ascension-day': addDays(easter, 39),
		'whit-sunday': addDays(easter, 49),
		'midsummer-eve': addDays(midsummer, -1),
		'midsummer-day': midsummer,
		'all-saints-day': saturdayFrom(`${year}-10-31`),
		'independence-day': `${year}-12-06`,
		'christmas-eve': `${year}-12-24`,
		'christmas-day': `${year}-12-25`,
		'boxing-day': `${year}-12-26`,
		'new-years-eve': `${year}-12-31`
	};
}

/** Holidays by civil date, of the years that were asked for. */
const byDate = new Map<string, ReadonlyMap<string, readonly Holiday[]>>();

function datesOf(year: string): ReadonlyMap<string, readonly Holiday[]> {
	let dates = byDate.get(year);
	if (!dates) {
		const all = Object.entries(holidaysOf(Number(year))) as [Holiday, string][];
		const grouped = Map.groupBy(all, ([, date]) => date);
		dates = new Map([...grouped].map(([date, some]) => [date, some.map(([name]) => name)]));
		byDate.set(year, dates);
	}
	return dates;
}

/** Names of the holidays on a civil date; Ascension Day may fall on May Day. */
export const holidaysOn = (date: string): readonly Holiday[] => datesOf(date.slice(0, 4)).get(date) ?? [];
