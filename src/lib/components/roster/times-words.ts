import { addDays, formatDate, formatTime, formatTimeRange, helsinki } from '#lib/domain/dates.ts';
import type { HelpTimes } from '#lib/domain/language-help.ts';
import type { Locale } from '#lib/domain/languages.ts';
import type { When } from '#lib/domain/roster.ts';
import { m } from '#lib/paraglide/messages.js';

const noon = (date: string) => `${date}T12:00:00Z`;

const DAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

/** A weekday's short name; 1 is Monday. */
export const weekdayName = (day: number, locale: Locale, length: 'long' | 'short' = 'short'): string =>
	// The fifth of January 2026 is a Monday.
	new Intl.DateTimeFormat(locale, { weekday: length, timeZone: 'UTC' }).format(
		new Date(noon(addDays('2026-01-04', day)))
	);

/** When somebody is there: `klo 14.00 asti`, `tiistai 10.3. 12.00–14.00`, `sovi aika`. */
export function whenWords(when: When, now: number, locale: Locale): string {
	const today = helsinki(now).date;
	if (when.kind === 'appointment') return m.roster_by_appointment();
	if (when.kind === 'now') {
		if (when.to === undefined) return m.roster_always();
		const time = formatTime(when.to, locale);
		return helsinki(when.to).date === today
			? m.roster_until({ time })
			: m.roster_until_day({ day: formatDate(when.to, locale, 'weekday'), time });
	}
	const [from, to] = [helsinki(when.from), helsinki(when.to)];
	const day = from.date === today ? m.roster_today() : formatDate(noon(from.date), locale, 'weekday');
	return `${day} ${formatTimeRange(from.time, to.time, locale)}`;
}

/** All the hours of language help on one line: `ma, ti 9.00–15.00, joka viikko`. */
export function timesWords(times: HelpTimes, locale: Locale): string {
	if (times.kind !== 'hours') return times.kind === 'always' ? m.roster_always() : m.roster_by_appointment();
	const { start, end, rule } = times;
	const hours = formatTimeRange(start.slice(11), end.slice(11), locale);
	if (rule === null) return `${formatDate(noon(start.slice(0, 10)), locale, 'weekday')} ${hours}`;
	const on = /^FREQ=WEEKLY(;INTERVAL=2)?;BYDAY=([A-Z,]+)$/.exec(rule);
	if (!on) return `${hours}, ${m.plan_other_rule()}`;
	const days = (on[2] ?? '').split(',').map((day) => weekdayName(1 + DAYS.indexOf(day), locale));
	return `${days.join(', ')} ${hours}, ${on[1] ? m.plan_every_other_week() : m.plan_every_week()}`;
}
