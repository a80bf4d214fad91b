import { addDays } from '#lib/domain/dates.ts';
import { weekday } from '#lib/domain/weeks.ts';
import {
	monthPeriod,
	previousPeriod,
	unitOf,
	type Period,
	type PeriodUnit
} from '#lib/statistics/periods.ts';
import { isPeriod, periodOf } from '#lib/components/office/period.ts';

/** The periods of the report pages, in their order on the screen. `own`: two dates of the reader's choice. */
export const reportKinds = ['month', 'quarter', 'year', 'last-12-months', 'own'] as const;
/** The periods of an adviser's own figures. */
export const ownKinds = ['week', 'month', 'year', 'own'] as const;
export type ReportKind = (typeof reportKinds | typeof ownKinds)[number];
type WholeKind = 'week' | 'month' | 'quarter' | 'year';

/** The whole week, month, quarter or year that a day is part of. */
export function wholePeriod(kind: WholeKind, day: string): Period {
	if (kind === 'week') {
		const monday = addDays(day, 1 - weekday(day));
		return { from: monday, to: addDays(monday, 6) };
	}
	if (kind === 'month') return monthPeriod(day.slice(0, 7));
	const year = day.slice(0, 4);
	if (kind === 'year') return { from: `${year}-01-01`, to: `${year}-12-31` };
	const last = Number(unitOf(day, 'quarter').slice(-1)) * 3;
	const month = (number: number) => `${year}-${String(number).padStart(2, '0')}`;
	return { from: `${month(last - 2)}-01`, to: monthPeriod(month(last)).to };
}

const isWhole = (kind: ReportKind): kind is WholeKind =>
	kind === 'week' || kind === 'month' || kind === 'quarter' || kind === 'year';

/** A period that is not over ends today: what is compared with it must be as long. */
const untilToday = ({ from, to }: Period, today: string): Period => ({ from, to: to > today ? today : to });

/** The period of a kind that today is part of. */
export function currentPeriod(kind: Exclude<ReportKind, 'own'>, today: string): Period {
	return isWhole(kind) ? untilToday(wholePeriod(kind, today), today) : periodOf(kind, today);
}

/** What two dates are: a whole month, quarter or year, or one that is under way; else the reader's own. */
export function kindOf({ from, to }: Period, today: string): ReportKind {
	for (const kind of ['month', 'quarter', 'year'] as const) {
		const whole = wholePeriod(kind, from);
		if (whole.from === from && (whole.to === to || (whole.to > today && to === today))) return kind;
	}
	const year = periodOf('last-12-months', today);
	return year.from === from && year.to === to ? 'last-12-months' : 'own';
}

/** The period right before, of the same kind; for one that is under way the whole one before it. */
export function earlier(kind: ReportKind, period: Period): Period {
	return isWhole(kind) ? wholePeriod(kind, addDays(period.from, -1)) : previousPeriod(period);
}

/** The period right after; undefined where it has not begun. */
export function later(kind: ReportKind, period: Period, today: string): Period | undefined {
	const from = addDays(period.to, 1);
	if (from > today) return undefined;
	if (isWhole(kind)) return untilToday(wholePeriod(kind, from), today);
	const days = (Date.parse(period.to) - Date.parse(period.from)) / 86_400_000;
	return untilToday({ from, to: addDays(from, days) }, today);
}

/** Reads the period of a page's address; what is missing or wrong gives the last twelve months. */
export function readReportPeriod(
	params: URLSearchParams,
	today: string
): { kind: ReportKind; period: Period } {
	const [from, to] = [params.get('from') ?? '', params.get('to') ?? ''];
	if (isPeriod(from, to)) return { kind: kindOf({ from, to }, today), period: { from, to } };
	const kind = reportKinds.find((known) => known !== 'own' && known === params.get('period'));
	const named = kind === undefined || kind === 'own' ? 'last-12-months' : kind;
	return { kind: named, period: currentPeriod(named, today) };
}

/** Days, weeks, months, quarters or years: whichever gives a line that can be read. */
export function seriesUnit({ from, to }: Period): PeriodUnit {
	const days = (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1;
	if (days <= 31) return 'day';
	if (days <= 120) return 'week';
	if (days <= 5 * 366) return 'month';
	return days <= 15 * 366 ? 'quarter' : 'year';
}

/** Every unit of a period by its name, also those in which nothing was. */
export function unitsOf({ from, to }: Period, unit: PeriodUnit): string[] {
	const names: string[] = [];
	for (let day = from; day <= to; day = addDays(day, 1)) {
		const name = unitOf(day, unit);
		if (names.at(-1) !== name) names.push(name);
	}
	return names;
}
