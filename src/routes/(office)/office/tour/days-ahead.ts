import { addDays } from '#lib/domain/dates.ts';
import { stopsBetween } from '#lib/domain/stops.ts';
import type { Reception } from '#lib/domain/tour.ts';

/** So far ahead, days, and so many of them. */
const AHEAD = 370;
const MOST = 8;

/** The coming days of a reception to choose one from, civil dates; `on`, which somebody has chosen, among them. */
export function daysAhead(reception: Reception, today: string, on?: string): string[] {
	const days = stopsBetween([reception], today, addDays(today, AHEAD))
		.slice(0, MOST)
		.map(({ date }) => date);
	return on === undefined || days.includes(on) ? days : [...days, on].sort();
}
