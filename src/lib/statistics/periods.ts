import { addDays, civilDateOf, dayNumber } from '#lib/domain/dates.ts';
import { weekday, weekNumber } from '#lib/domain/weeks.ts';

/** Civil dates in Europe/Helsinki, both included. */
export interface Period {
	from: string;
	to: string;
}

export type PeriodUnit = 'day' | 'week' | 'month' | 'quarter' | 'year';

/**
 * The unit that a day is part of, by a name that sorts by time: `2026-03-02`, `2026-W10`, `2026-03`, `2026-Q1`, `2026`. Weeks are those of
 * ISO 8601: the last days of December may be of the next year's first one.
 */
export function unitOf(date: string, unit: PeriodUnit): string {
	switch (unit) {
		case 'day':
			return date;
		case 'week':
			return `${addDays(date, 4 - weekday(date)).slice(0, 4)}-W${String(weekNumber(date)).padStart(2, '0')}`;
		case 'month':
			return date.slice(0, 7);
		case 'quarter':
			return `${date.slice(0, 4)}-Q${Math.ceil(Number(date.slice(5, 7)) / 3)}`;
		case 'year':
			return date.slice(0, 4);
	}
}

const DAY = 86_400_000;
const firstOf = (year: number, month: number) => civilDateOf(Date.UTC(year, month, 1) / DAY);

/**
 * The period that a report is compared with: whole months are compared with as many months before, so that a month of 31 days stands against the
 * month before it; any other period with as many days right before it.
 */
export function previousPeriod({ from, to }: Period): Period {
	const before = addDays(from, -1);
	const [year = 0, month = 1] = from.split('-').map(Number);
	if (from.endsWith('-01') && addDays(to, 1).endsWith('-01')) {
		const [endYear = 0, endMonth = 1] = to.split('-').map(Number);
		const months = (endYear - year) * 12 + endMonth - month + 1;
		return { from: firstOf(year, month - 1 - months), to: before };
	}
	return { from: addDays(from, dayNumber(from) - dayNumber(to) - 1), to: before };
}

/** The days of a month. */
export function monthPeriod(month: string): Period {
	const from = `${month}-01`;
	return { from, to: addDays(`${addDays(from, 31).slice(0, 7)}-01`, -1) };
}
