import { addDays, formatDate, formatTime, formatTimeRange, helsinki } from '#lib/domain/dates.ts';
import type { Holiday, Span } from '#lib/domain/hours.ts';
import type { Locale } from '#lib/domain/languages.ts';
import type { Opening } from '#lib/domain/opening.ts';
import { m } from '#lib/paraglide/messages.js';

/** What people read of opening hours. Instants in ms since 1970. */

/** Noon of a civil date, which is the same day in Helsinki the whole year. */
const noon = (date: string) => `${date}T10:00:00Z`;

/** A day of the table: `maanantai 7.12.` */
export const dayWords = (date: string, locale: Locale): string => formatDate(noon(date), locale, 'weekday');

/** A time of a day to come, as `16.00`, `tomorrow 9.00`, `on Monday 9.00` or `on 7.1. at 9.00`. */
function sayMoment(date: string, time: string, now: number, locale: Locale): string {
	const today = helsinki(now).date;
	if (date === today) return time;
	if (date === addDays(today, 1)) return m.hours_on_tomorrow({ time }, { locale });
	if (date > addDays(today, 6)) {
		return m.hours_on_date({ date: formatDate(noon(date), locale, 'day'), time }, { locale });
	}
	const weekday = new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' }).format(
		Date.parse(noon(date))
	);
	return m.hours_on_weekday({ weekday, time }, { locale });
}

/** An end at midnight belongs to the day that ends: 24.00. */
function sayEnd(at: number, now: number, locale: Locale): string {
	const { date, time } = helsinki(at);
	if (time !== '00:00') return sayMoment(date, formatTime(at, locale), now, locale);
	const [, midnight = ''] = formatTimeRange('00:00', '24:00', locale).split('–');
	return sayMoment(addDays(date, -1), midnight, now, locale);
}

/** Whether it is open now and until when; undefined where nobody can say. */
export function openingWords(opening: Opening, now: number, locale: Locale): string | undefined {
	switch (opening.kind) {
		case 'around-the-clock':
			return m.hours_always({}, { locale });
		case 'open':
			return m.hours_open_until({ when: sayEnd(opening.closes, now, locale) }, { locale });
		case 'closed': {
			if (opening.opens === undefined) return m.hours_closed({}, { locale });
			const time = formatTime(opening.opens, locale);
			const when = sayMoment(helsinki(opening.opens).date, time, now, locale);
			return m.hours_closed_until({ when }, { locale });
		}
		case 'holiday':
			return m.hours_holiday({ holiday: holidayName(opening.holiday, locale) }, { locale });
		case 'unknown':
			return undefined;
	}
}

/** The hours of a day: `9.00–12.00, 13.00–16.00`. */
export function spanWords(open: readonly Span[], locale: Locale): string {
	if (open.length === 0) return m.hours_day_closed({}, { locale });
	if (open.some(({ opens, closes }) => opens === '00:00' && closes === '24:00')) {
		return m.hours_day_always({}, { locale });
	}
	return open.map(({ opens, closes }) => formatTimeRange(opens, closes, locale)).join(', ');
}

const holidays: Readonly<Record<Holiday, (typeof m)['holiday_epiphany']>> = {
	'new-years-day': m.holiday_new_years_day,
	epiphany: m.holiday_epiphany,
	'good-friday': m.holiday_good_friday,
	'easter-sunday': m.holiday_easter_sunday,
	'easter-monday': m.holiday_easter_monday,
	'may-day': m.holiday_may_day,
	'ascension-day': m.holiday_ascension_day,
	'whit-sunday': m.holiday_whit_sunday,
	'midsummer-eve': m.holiday_midsummer_eve,
	'midsummer-day': m.holiday_midsummer_day,
	'all-saints-day': m.holiday_all_saints_day,
	'independence-day': m.holiday_independence_day,
	'christmas-eve': m.holiday_christmas_eve,
	'christmas-day': m.holiday_christmas_day,
	'boxing-day': m.holiday_boxing_day,
	'new-years-eve': m.holiday_new_years_eve
};

/** The name of a holiday. */
export const holidayName = (holiday: Holiday, locale: Locale): string => holidays[holiday]({}, { locale });
