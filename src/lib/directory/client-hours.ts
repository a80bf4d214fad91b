import type { PhraseKey } from '#lib/directory/phrases/phrase-keys.ts';
import { addDays, formatTimeRange, helsinki } from '#lib/domain/dates.ts';
import type { Hours, Span } from '#lib/domain/hours.ts';
import { hoursByDay, openAt } from '#lib/domain/opening.ts';
import { plainDays, type RuleReader } from '#lib/domain/recurrence.ts';

/** What the client's view says of the hours: one phrase, and times that need no words. */
export interface ClientHours {
	key: Extract<PhraseKey, 'openNow' | 'openToday' | 'aroundClock' | 'hours' | 'closedToday' | 'holiday'>;
	/** Times of one day, after its date where that is not today; Latin digits and the Gregorian calendar, as on the door (ux.md §3.2). */
	value?: string;
}

const spans = (open: readonly Span[], locale: string) =>
	open.map(({ opens, closes }) => formatTimeRange(opens, closes, locale)).join(', ');

/** Today's hours, or those of the next open day; undefined where nobody can say. `now`: ms since 1970. */
export function clientHours(
	hours: Hours,
	now: number,
	locale: string,
	read: RuleReader = plainDays
): ClientHours | undefined {
	const opening = openAt(hours, now, read);
	if (opening.kind === 'unknown') return undefined;
	// The hours of other days would be read as those of today.
	if (opening.kind === 'holiday') return { key: 'holiday' };
	if (opening.kind === 'around-the-clock') return { key: 'aroundClock' };
	const today = helsinki(now).date;
	const next = opening.kind === 'open' ? now : opening.opens;
	if (next === undefined) return { key: 'closedToday' };
	const day = helsinki(next).date;
	// After midnight yesterday's hours may still run.
	const days = hoursByDay(hours, addDays(day, -1), day, read).days.map(({ open }) => open);
	const open = days[1]?.length || opening.kind === 'closed' ? (days[1] ?? []) : (days[0] ?? []);
	const value = spans(open, locale);
	if (opening.kind === 'open') return { key: 'openNow', value };
	if (day === today) return { key: 'openToday', value };
	const [, month, date] = day.split('-');
	return { key: 'hours', value: `${Number(date)}.${Number(month)}. ${value}` };
}
