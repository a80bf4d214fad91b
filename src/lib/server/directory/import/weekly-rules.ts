import type { HoursRule, Span } from '#lib/domain/hours.ts';
import type { Texts } from '#lib/domain/language-texts.ts';

/** ISO weekdays as RFC 5545 writes them, Monday first. */
const DAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;

const NAMES = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

/** Monday is 0, Sunday 6; undefined for what is not the English name of a weekday. */
export function weekdayIndex(name: string): number | undefined {
	const index = NAMES.indexOf(name.trim().toLowerCase());
	return index < 0 ? undefined : index;
}

/** `HH:MM` of a time `H:MM`, `HH:MM` or `HH:MM:SS`, as an end also `24:00`; undefined for everything else, `13:00pm` too. */
export function clockTime(text: string): string | undefined {
	const [, hour = '', minute = ''] = /^(\d{1,2}):(\d{2})(?::\d{2}(?:\.\d+)?)?$/.exec(text.trim()) ?? [];
	const time = `${hour.padStart(2, '0')}:${minute}`;
	return /^([01]\d|2[0-3]):[0-5]\d$|^24:00$/.test(time) ? time : undefined;
}

/**
 * The span between two times of one day, or into the next one where the end is not later. Midnight as an end is `24:00`. Undefined
 * where both are the same time of day, which says nothing.
 */
export function spanOf(opens: string, closes: string): Span | undefined {
	const end = closes === '00:00' ? '24:00' : closes;
	return opens === end || opens === '24:00' ? undefined : { opens, closes: end };
}

/** From here on, where hours name no first day: earlier than anything that anybody looks up. */
export const NO_FIRST_DAY = '2000-01-01';

/** What hours by appointment (Finnish: ajanvarauksella) say. */
export const BY_APPOINTMENT: Texts = {
	fi: { text: 'Ajanvarauksella', origin: 'written' },
	sv: { text: 'Enligt tidsbokning', origin: 'written' },
	en: { text: 'By appointment', origin: 'written' }
};

export const WHOLE_DAY: Span = { opens: '00:00', closes: '24:00' };

/** A span on a weekday (Monday is 0). */
export interface DaySpan {
	day: number;
	span: Span;
}

/**
 * One opening that lasts from a time of one weekday to a time of another, as spans of single days: Friday 18:00 to Monday 08:00
 * is Friday from 18:00, two whole days, and Monday to 08:00.
 */
export function continuous(fromDay: number, opens: string, toDay: number, closes: string): DaySpan[] {
	const days = (toDay - fromDay + 7) % 7 || (closes > opens ? 0 : 7);
	if (days === 0) return [{ day: fromDay, span: { opens, closes } }];
	if (days === 1 && closes <= opens && closes !== '00:00') return [{ day: fromDay, span: { opens, closes } }];
	const found: DaySpan[] = [{ day: fromDay, span: { opens, closes: '24:00' } }];
	for (let after = 1; after < days; after += 1) found.push({ day: (fromDay + after) % 7, span: WHOLE_DAY });
	if (closes !== '00:00') found.push({ day: toDay, span: { opens: '00:00', closes } });
	return found;
}

/**
 * RFC 5545 rule of the weekdays, in weeks with an odd or even ISO number only. These are named one by one, because an interval of two
 * weeks gets out of step after a year of 53 weeks.
 */
function recurrence(days: readonly number[], weeks: 'all' | 'odd' | 'even'): string {
	const byDay = [...new Set(days)].sort((a, b) => a - b).map((day) => DAYS[day]);
	if (weeks === 'all') return byDay.length === 7 ? 'FREQ=DAILY' : `FREQ=WEEKLY;BYDAY=${byDay.join(',')}`;
	const first = weeks === 'odd' ? 1 : 2;
	const numbers = Array.from({ length: weeks === 'odd' ? 27 : 26 }, (_, index) => first + 2 * index);
	return `FREQ=YEARLY;BYWEEKNO=${numbers.join(',')};BYDAY=${byDay.join(',')}`;
}

/** Rules for spans of weekdays: one rule for all days that have the same span. */
export function rulesOf(
	spans: readonly DaySpan[],
	valid: Pick<HoursRule, 'from' | 'to' | 'note'>,
	weeks: 'all' | 'odd' | 'even' = 'all'
): HoursRule[] {
	const byTimes = Map.groupBy(spans, ({ span }) => `${span.opens}–${span.closes}`);
	return [...byTimes.values()].map((same) => ({
		...same[0]!.span,
		...valid,
		rule: recurrence(
			same.map(({ day }) => day),
			weeks
		)
	}));
}
