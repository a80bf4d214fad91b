import { addDays } from '#lib/domain/dates.ts';
import { weekday } from '#lib/domain/weeks.ts';

/** The periods that a report offers, in their order on the screen. `own`: two dates of the reader's choice. */
export const periodKinds = ['week', 'month', 'last-month', 'year', 'last-12-months', 'own'] as const;
export type PeriodKind = (typeof periodKinds)[number];

/** Civil dates, both included. */
export interface Period {
	from: string;
	to: string;
}

const USUAL = 'last-12-months';

/** Whether it is a day of the calendar; browsers differ in how they read 30 February, so it is counted out. */
function isDate(text: string | null): text is string {
	const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text ?? '') ?? [];
	if (!year || !month || !day) return false;
	return new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)))
		.toISOString()
		.startsWith(`${text}T`);
}

/** Whether two dates make a period. */
export function isPeriod(from: string | null, to: string | null): boolean {
	return isDate(from) && isDate(to) && from <= to;
}

/** The dates of a named period; those that are not over end today. */
export function periodOf(kind: Exclude<PeriodKind, 'own'>, today: string): Period {
	const month = `${today.slice(0, 7)}-01`;
	const endOfLastMonth = addDays(month, -1);
	switch (kind) {
		case 'week':
			return { from: addDays(today, 1 - weekday(today)), to: today };
		case 'month':
			return { from: month, to: today };
		case 'last-month':
			return { from: `${endOfLastMonth.slice(0, 7)}-01`, to: endOfLastMonth };
		case 'year':
			return { from: `${today.slice(0, 4)}-01-01`, to: today };
		case 'last-12-months': {
			const [year = 0, monthNumber = 1, day = 1] = today.split('-').map(Number);
			// The day after the same date of last year; after 29 February that is 1 March either way.
			const sameDay = new Date(Date.UTC(year - 1, monthNumber - 1, day)).toISOString().slice(0, 10);
			return { from: sameDay.slice(5, 7) === today.slice(5, 7) ? addDays(sameDay, 1) : sameDay, to: today };
		}
	}
}

/** Reads the period of a page's address; what is missing or wrong gives the last twelve months. */
export function readPeriod(params: URLSearchParams, today: string): { kind: PeriodKind; period: Period } {
	const [from, to] = [params.get('from'), params.get('to')];
	if (isDate(from) && isDate(to) && from <= to) return { kind: 'own', period: { from, to } };
	const kind = periodKinds.find((known) => known === params.get('period')) ?? USUAL;
	const named = kind === 'own' ? USUAL : kind;
	return { kind: named, period: periodOf(named, today) };
}

/** The same as part of an address. */
export function periodQuery(kind: PeriodKind, { from, to }: Period): `?${string}` {
	return `?${new URLSearchParams(kind === 'own' ? { from, to } : { period: kind }).toString()}`;
}
