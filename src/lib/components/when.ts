import { addDays, formatDate, formatTime, helsinki } from '#lib/domain/dates.ts';
import type { Locale } from '#lib/domain/languages.ts';
import { m } from '#lib/paraglide/messages.js';

/** A moment as people say it: `10.42`, `eilen 10.42`, `4.3. 10.42`, and only the date when it is more than a week ago. */
export function sayWhen(at: number, now: number, locale: Locale): string {
	const time = formatTime(at, locale);
	const [day, today] = [helsinki(at).date, helsinki(now).date];
	if (day === today) return time;
	if (day === addDays(today, -1)) return m.when_yesterday({ time }, { locale });
	if (Math.abs(now - at) > 7 * 86_400_000) return formatDate(at, locale, 'date');
	return `${formatDate(at, locale, 'day')} ${time}`;
}
