import { addDays } from '#lib/domain/dates.ts';
import { weekday } from '#lib/domain/weeks.ts';
import type { PlanView } from './plan-views.ts';

type CalendarView = Exclude<PlanView, 'desks'>;

const monday = (date: string) => addDays(date, 1 - weekday(date));
const firstOf = (date: string) => `${date.slice(0, 7)}-01`;

/** The first of the month before or after a civil date's. */
const nextMonth = (date: string, by: 1 | -1) => firstOf(addDays(firstOf(date), by === 1 ? 31 : -1));

/** The days of the week or month that a civil date lies in, whole weeks from Monday on. */
export function calendarDays(view: CalendarView, date: string): string[] {
	const first = monday(view === 'week' ? date : firstOf(date));
	const end = view === 'week' ? addDays(first, 7) : nextMonth(date, 1);
	const days: string[] = [];
	for (let day = first; day < end || days.length % 7 > 0; day = addDays(day, 1)) days.push(day);
	return days;
}

/** A civil date in the week or month before or after. */
export const shifted = (view: CalendarView, date: string, by: 1 | -1): string =>
	view === 'week' ? addDays(monday(date), 7 * by) : nextMonth(date, by);
