import { weekday } from '#lib/domain/weeks.ts';
import type { Hours, HoursException, HoursRule, Span } from '#lib/domain/hours.ts';
import type { Texts } from '#lib/domain/language-texts.ts';
import { exceptionsByDay } from './exception-days.ts';
import { catalogueDate } from './ptv-dates.ts';
import type { ServiceHour } from './ptv-11-schema.ts';
import { joined, oneLine, textsOf } from './ptv-texts.ts';
import type { Mended } from './report-line.ts';
import {
	BY_APPOINTMENT,
	clockTime,
	NO_FIRST_DAY,
	continuous,
	rulesOf,
	spanOf,
	weekdayIndex,
	WHOLE_DAY,
	type DaySpan
} from './weekly-rules.ts';

/** To here, where something is closed and no end is said: an exception needs a last day. */
const NO_LAST_DAY = '9999-12-31';

/** Types of version 11, and what they were called up to version 7. */
const KINDS = new Map<string, 'weekly' | 'over-midnight' | 'exception'>([
	['DaysOfTheWeek', 'weekly'],
	['Standard', 'weekly'],
	['OverMidnight', 'over-midnight'],
	['Special', 'over-midnight'],
	['Exceptional', 'exception'],
	['Exception', 'exception']
]);

type Opening = ServiceHour['openingHour'][number];

interface Context {
	mended: Mended;
	field: string;
}

/** Times of an opening, or undefined and a line in the report. */
function timesOf(opening: Opening, { mended, field }: Context): [opens: string, closes: string] | undefined {
	const opens = clockTime(opening.from);
	const closes = clockTime(opening.to);
	if (opens && closes && opens !== '24:00') return [opens, closes];
	mended('bad_time', field, `${opening.from}–${opening.to}`);
	return undefined;
}

/** Weekdays of an opening: `dayTo` is empty for a single one. Undefined and a line in the report for what is no weekday. */
function daysOf(opening: Opening, { mended, field }: Context): [from: number, to: number] | undefined {
	const from = weekdayIndex(opening.dayFrom);
	const to = opening.dayTo.trim() ? weekdayIndex(opening.dayTo) : from;
	if (from !== undefined && to !== undefined) return [from, to];
	mended('bad_day', field, `${opening.dayFrom}–${opening.dayTo}`);
	return undefined;
}

function daySpan(opens: string, closes: string, { mended, field }: Context): Span | undefined {
	const span = spanOf(opens, closes);
	if (!span) mended('bad_time', field, `${opens}–${closes}`);
	return span;
}

function weeklySpans(opening: Opening, overMidnight: boolean, context: Context): DaySpan[] {
	const times = timesOf(opening, context);
	const days = times && daysOf(opening, context);
	if (!times || !days) return [];
	const [opens, closes] = times;
	const [first, last] = days;
	// Without a second day, hours over midnight end on the next one.
	if (overMidnight && (opening.dayTo.trim() || closes > opens)) return continuous(first, opens, last, closes);
	const span = daySpan(opens, closes, context);
	if (!span) return [];
	const found: DaySpan[] = [];
	for (let day = first; ; day = (day + 1) % 7) {
		found.push({ day, span });
		if (day === last) return found;
	}
}

/** Spans of an exception without weekdays, or of the weekday of one day. */
function exceptionSpans(openings: readonly Opening[], context: Context): Map<string, Span[]> {
	const byDay = new Map<string, Span[]>();
	for (const opening of openings) {
		const times = timesOf(opening, context);
		const span = times && daySpan(...times, context);
		if (!span) continue;
		const days = opening.dayFrom.trim() ? daysOf(opening, context) : 'every day';
		if (!days) continue;
		if (days === 'every day') byDay.set('', [...(byDay.get('') ?? []), span]);
		else
			for (let day = days[0]; ; day = (day + 1) % 7) {
				byDay.set(String(day), [...(byDay.get(String(day)) ?? []), span]);
				if (day === days[1]) break;
			}
	}
	return byDay;
}

function exceptionsOf(
	hour: ServiceHour,
	from: string,
	to: string,
	note: Texts | undefined,
	context: Context
): HoursException[] {
	const whole = (open: Span[]): HoursException[] => [{ from, to, open, ...(note && { note }) }];
	if (hour.isClosed) return whole([]);
	if (hour.isAlwaysOpen) return whole([WHOLE_DAY]);
	const byDay = exceptionSpans(hour.openingHour, context);
	if (byDay.size === 0) {
		// What could not be read has its own line.
		if (hour.openingHour.length === 0) context.mended('no_hours', context.field, hour.serviceHourType);
		return [];
	}
	// A single day needs no weekday: it has one.
	if (from === to) return whole([...byDay.values()].flat());
	if (byDay.size === 1 && byDay.has('')) return whole(byDay.get('') ?? []);
	const found = exceptionsByDay(from, to, note, (date) => [
		...(byDay.get('') ?? []),
		...(byDay.get(String(weekday(date) - 1)) ?? [])
	]);
	if (!found) context.mended('exception_too_long', context.field, `${from}–${to}`);
	return found ?? [];
}

function noteOf(hour: ServiceHour, { mended, field }: Context): Texts | undefined {
	const said = textsOf(hour.additionalInformation, `${field}.additionalInformation`, mended, oneLine);
	return hour.isReservation ? joined([said, BY_APPOINTMENT], '. ') : said;
}

/**
 * Opening hours from `serviceHours` of version 11 of the Finnish service catalogue. What cannot be read is reported and left out:
 * a wrong hour is worse than none.
 *
 * Exceptional hours of several days open on each of these days at the given times; where they name weekdays, only on those. Source: field
 * descriptions of V11VmOpenApiServiceHour and V8VmOpenApiDailyOpeningTime, and real answers of the API.
 *
 * @returns undefined where no hours are said
 */
export function hoursOf11(serviceHours: readonly ServiceHour[], mended: Mended): Hours | undefined {
	const rules: HoursRule[] = [];
	const exceptions: HoursException[] = [];
	for (const [index, hour] of serviceHours.entries()) {
		const context = { mended, field: `serviceHours[${index}]` };
		const kind = KINDS.get(hour.serviceHourType);
		const validFrom = catalogueDate(hour.validFrom);
		const validTo = catalogueDate(hour.validTo);
		if (!kind) mended('unknown_value', context.field, hour.serviceHourType);
		else if (validFrom === 'unreadable') mended('bad_date', context.field, hour.validFrom);
		else if (validTo === 'unreadable') mended('bad_date', context.field, hour.validTo);
		else {
			const from = validFrom === 'open' ? NO_FIRST_DAY : validFrom.day;
			const to = validTo === 'open' ? undefined : validTo.day;
			const note = noteOf(hour, context);
			if (to && to < from) mended('bad_date', context.field, `${hour.validFrom}–${hour.validTo}`);
			else if (kind === 'exception') {
				if (validFrom === 'open') mended('bad_date', context.field, hour.validFrom);
				// Without an end it is about a single day; with one in the year 9999 about all that follow.
				else
					exceptions.push(
						...exceptionsOf(hour, from, to ?? (hour.validTo.trim() ? NO_LAST_DAY : from), note, context)
					);
			} else if (hour.isClosed)
				exceptions.push({ from, to: to ?? NO_LAST_DAY, open: [], ...(note && { note }) });
			else
				rules.push(
					...weeklyRules(
						hour,
						kind === 'over-midnight',
						{ from, ...(to && { to }), ...(note && { note }) },
						context
					)
				);
		}
	}
	return rules.length || exceptions.length ? { rules, exceptions } : undefined;
}

function weeklyRules(
	hour: ServiceHour,
	overMidnight: boolean,
	valid: Pick<HoursRule, 'from' | 'to' | 'note'>,
	context: Context
): HoursRule[] {
	if (hour.isAlwaysOpen) return [{ ...WHOLE_DAY, ...valid, rule: 'FREQ=DAILY' }];
	const spans = hour.openingHour.flatMap((opening) => weeklySpans(opening, overMidnight, context));
	if (!hour.openingHour.length) context.mended('no_hours', context.field, hour.serviceHourType);
	return rulesOf(spans, valid);
}
