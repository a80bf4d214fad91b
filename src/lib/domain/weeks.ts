import { addDays, dayNumber } from './dates.ts';

/** ISO weekday of a civil date: 1 is Monday, 7 is Sunday. */
export function weekday(date: string): number {
	return new Date(`${date}T12:00:00Z`).getUTCDay() || 7;
}

/** ISO week number of a civil date. */
export function weekNumber(date: string): number {
	const thursday = addDays(date, 4 - weekday(date));
	const firstThursday = addDays(
		`${thursday.slice(0, 4)}-01-04`,
		4 - weekday(`${thursday.slice(0, 4)}-01-04`)
	);
	return 1 + (dayNumber(thursday) - dayNumber(firstThursday)) / 7;
}
