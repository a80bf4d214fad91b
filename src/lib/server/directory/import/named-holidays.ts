import { addDays } from '#lib/domain/dates.ts';
import { weekday } from '#lib/domain/weeks.ts';
import type { Holiday } from '#lib/domain/hours.ts';

/** Holidays that the service catalogue names beyond those of the directory's hours. */
type CatalogueHoliday = Holiday | 'maundy-thursday' | 'may-day-eve';

const NAMES = new Map<string, CatalogueHoliday>([
	['NewYearEve', 'new-years-eve'],
	['NewYearDay', 'new-years-day'],
	['Epiphany', 'epiphany'],
	['MaundyThursday', 'maundy-thursday'],
	['GoodFriday', 'good-friday'],
	['EasterSunday', 'easter-sunday'],
	['EasterMonday', 'easter-monday'],
	['MayDayEve', 'may-day-eve'],
	['MayDay', 'may-day'],
	['AscensionDay', 'ascension-day'],
	['WhitSunday', 'whit-sunday'],
	['MidsummerEve', 'midsummer-eve'],
	['MidsummerDay', 'midsummer-day'],
	['AllSaintsDay', 'all-saints-day'],
	['IndependenceDay', 'independence-day'],
	['ChristmasEve', 'christmas-eve'],
	['ChristmasDay', 'christmas-day'],
	['SecondDayOfChristmas', 'boxing-day']
]);

/** The holiday that the service catalogue calls so; undefined for an unknown name. */
export function holidayNamed(name: string): CatalogueHoliday | undefined {
	return NAMES.get(name);
}

/** Easter Sunday of a Gregorian year (Meeus, Jones and Butcher). */
function easter(year: number): string {
	const a = year % 19;
	const b = Math.floor(year / 100);
	const c = year % 100;
	const d = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
	const e = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - d - (c % 4)) % 7;
	const f = d + e - 7 * Math.floor((a + 11 * d + 22 * e) / 451) + 114;
	return `${year}-${String(Math.floor(f / 31)).padStart(2, '0')}-${String((f % 31) + 1).padStart(2, '0')}`;
}

/** The first Saturday on or after a date. */
const saturdayFrom = (date: string) => addDays(date, (13 - weekday(date)) % 7);

/**
 * The day of a holiday in a year: fixed, counted from Easter, or a Saturday. Midsummer day is the one between 20 and 26 June, All Saints' Day the
 * one between 31 October and 6 November (Finnish Church Code).
 */
export function dateOfHoliday(holiday: CatalogueHoliday, year: number): string {
	switch (holiday) {
		case 'new-years-day':
			return `${year}-01-01`;
		case 'epiphany':
			return `${year}-01-06`;
		case 'maundy-thursday':
			return addDays(easter(year), -3);
		case 'good-friday':
			return addDays(easter(year), -2);
		case 'easter-sunday':
			return easter(year);
		case 'easter-monday':
			return addDays(easter(year), 1);
		case 'may-day-eve':
			return `${year}-04-30`;
		case 'may-day':
			return `${year}-05-01`;
		case 'ascension-day':
			return addDays(easter(year), 39);
		case 'whit-sunday':
			return addDays(easter(year), 49);
		case 'midsummer-eve':
			return addDays(saturdayFrom(`${year}-06-20`), -1);
		case 'midsummer-day':
			return saturdayFrom(`${year}-06-20`);
		case 'all-saints-day':
			return saturdayFrom(`${year}-10-31`);
		case 'independence-day':
			return `${year}-12-06`;
		case 'christmas-eve':
			return `${year}-12-24`;
		case 'christmas-day':
			return `${year}-12-25`;
		case 'boxing-day':
			return `${year}-12-26`;
		case 'new-years-eve':
			return `${year}-12-31`;
	}
}
