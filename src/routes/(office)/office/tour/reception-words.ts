import { formatDate, formatTimeRange } from '#lib/domain/dates.ts';
import type { Locale } from '#lib/domain/languages.ts';
import type { Reception } from '#lib/domain/tour.ts';
import { m } from '#lib/paraglide/messages.js';
import { receptionValues } from './reception-values.ts';

/** A reception on one line: `perjantai 10.00–15.00, joka viikko`. */
export function receptionWords(reception: Reception, locale: Locale): string {
	const { date, from, to, every, last } = receptionValues(reception);
	const noon = `${date}T12:00:00Z`;
	const hours = formatTimeRange(from, to, locale);
	if (every === 'once') return `${formatDate(noon, locale, 'weekday')} ${hours}`;
	const weekday = new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' }).format(
		new Date(noon)
	);
	const often = { week: m.plan_every_week, 'two-weeks': m.plan_every_other_week, other: m.plan_other_rule }[
		every
	];
	const until =
		last === '' ? '' : ` ${m.plan_until({ date: formatDate(`${last}T12:00:00Z`, locale, 'date') })}`;
	return `${weekday} ${hours}, ${often({}, { locale })}${until}`;
}
