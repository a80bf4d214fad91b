import { weekday, weekNumber } from '#lib/domain/weeks.ts';
import {
	HOLIDAYS,
	type Holiday,
	type Hours,
	type HoursException,
	type HoursRule,
	type Span
} from '#lib/domain/hours.ts';
import type { Texts } from '#lib/domain/language-texts.ts';
import { exceptionsByDay } from './exception-days.ts';
import { dateOfHoliday, holidayNamed } from './named-holidays.ts';
import { catalogueDate } from './ptv-dates.ts';
import type { ServiceHour12, ServiceHours12, WeekHour12 } from './ptv-12-schema.ts';
import { joined, oneLine, textsOf } from './ptv-texts.ts';
import type { Mended } from './report-line.ts';
import {
	BY_APPOINTMENT,
	clockTime,
	continuous,
	NO_FIRST_DAY,
	rulesOf,
	spanOf,
	weekdayIndex,
	WHOLE_DAY,
	type DaySpan
} from './weekly-rules.ts';

interface Context {
	mended: Mended;
	field: string;
}

/** Weeks of a repetition. */
const WEEKS = new Map<string, 'all' | 'odd' | 'even'>([
	['Weekly', 'all'],
	['OddWeeks', 'odd'],
	['EvenWeeks', 'even']
]);

const STATUSES = ['Open', 'OpenOnReservation', 'Closed'];

/** Texts by language as the catalogue's list. */
export const itemsOf = (texts: Record<string, string>) =>
	Object.entries(texts).map(([language, value]) => ({ language, value }));

/** What is said of hours, part after part, and that they are by appointment. */
function noteOf(
	texts: readonly Record<string, string>[],
	openingStatus: string,
	{ mended, field }: Context
): Texts | undefined {
	const parts = texts.map((part) => textsOf(itemsOf(part), field, mended, oneLine));
	return joined([...parts, openingStatus === 'OpenOnReservation' ? BY_APPOINTMENT : undefined], '. ');
}

function spanFrom(start: string, end: string, { mended, field }: Context): Span | undefined {
	const opens = clockTime(start);
	const closes = clockTime(end);
	const span = opens && closes && spanOf(opens, closes);
	if (!span) mended('bad_time', field, `${start}–${end}`);
	return span || undefined;
}

/** One weekday's hour that could be read. */
interface Read {
	day: number;
	hour: WeekHour12;
	weeks: 'all' | 'odd' | 'even';
	/** Undefined: closed. */
	span: Span | undefined;
}

function weekHours(hour: ServiceHour12, context: Context): Read[] {
	const { mended, field } = context;
	const found: Read[] = [];
	for (const [name, { hours }] of Object.entries(hour.weeklyHours)) {
		const day = weekdayIndex(name);
		if (day === undefined) {
			mended('bad_day', field, name);
			continue;
		}
		for (const one of hours) {
			const weeks = WEEKS.get(one.repetition);
			if (!weeks) mended('unknown_value', `${field}.repetition`, one.repetition);
			else if (!STATUSES.includes(one.openingStatus))
				mended('unknown_value', `${field}.openingStatus`, one.openingStatus);
			else if (one.openingStatus === 'Closed') found.push({ day, hour: one, weeks, span: undefined });
			else {
				const span = spanFrom(one.start, one.end, context);
				if (span) found.push({ day, hour: one, weeks, span });
			}
		}
	}
	return found;
}

/** Rules of weekly hours: those with the same weeks and the same note go together. */
function weeklyRules(
	hour: ServiceHour12,
	valid: Pick<HoursRule, 'from' | 'to'>,
	context: Context
): HoursRule[] {
	const groups = new Map<string, { spans: DaySpan[]; weeks: Read['weeks']; note: Texts | undefined }>();
	for (const { day, hour: one, weeks, span } of weekHours(hour, context)) {
		if (!span) continue;
		const note = noteOf(
			[hour.heading, hour.additionalInformation, one.additionalInformation],
			one.openingStatus,
			context
		);
		const key = JSON.stringify([weeks, note]);
		const group = groups.get(key) ?? { spans: [], weeks, note };
		group.spans.push({ day, span });
		groups.set(key, group);
	}
	return [...groups.values()].flatMap(({ spans, weeks, note }) =>
		rulesOf(spans, { ...valid, ...(note && { note }) }, weeks)
	);
}

/** Hours that last over several days of every week. */
function continuousRules(
	hour: ServiceHour12,
	valid: Pick<HoursRule, 'from' | 'to'>,
	context: Context
): HoursRule[] {
	const { mended, field } = context;
	const opens = clockTime(hour.fromTime);
	const closes = clockTime(hour.toTime);
	const first = weekdayIndex(hour.fromDay);
	const last = weekdayIndex(hour.toDay);
	if (!opens || !closes || opens === '24:00') mended('bad_time', field, `${hour.fromTime}–${hour.toTime}`);
	else if (first === undefined || last === undefined)
		mended('bad_day', field, `${hour.fromDay}–${hour.toDay}`);
	else {
		const note = noteOf([hour.heading, hour.additionalInformation], hour.openingStatus, context);
		return rulesOf(continuous(first, opens, last, closes), { ...valid, ...(note && { note }) });
	}
	return [];
}

/** Exceptional hours: only the weekdays that are named are exceptions, because "closed" is said in words here. */
function exceptionsOf(hour: ServiceHour12, from: string, to: string, context: Context): HoursException[] {
	const read = weekHours(hour, context);
	const status = read.some(({ hour: one }) => one.openingStatus === 'OpenOnReservation')
		? 'OpenOnReservation'
		: 'Open';
	const note = noteOf([hour.heading, hour.additionalInformation], status, context);
	const found = exceptionsByDay(from, to, note, (date) => {
		const parity = weekNumber(date) % 2 === 1 ? 'odd' : 'even';
		const today = read.filter(
			({ day, weeks }) => day === weekday(date) - 1 && (weeks === 'all' || weeks === parity)
		);
		return today.length ? today.flatMap(({ span }) => span ?? []) : undefined;
	});
	if (!found) context.mended('exception_too_long', context.field, `${from}–${to}`);
	return found ?? [];
}

/** First and last day of hours with a range of dates; undefined, and a line in the report, where they cannot be read. */
function rangeOf(
	hour: ServiceHour12,
	{ mended, field }: Context
): { from: string; to: string | undefined } | undefined {
	const first = catalogueDate(hour.fromDate);
	const last = catalogueDate(hour.toDate);
	if (typeof first === 'object' && last !== 'unreadable') {
		const to = last === 'open' ? undefined : last.day;
		if (!to || first.day <= to) return { from: first.day, to };
	}
	mended('bad_date', field, `${hour.fromDate}–${hour.toDate}`);
	return undefined;
}

function hourOf(hour: ServiceHour12, context: Context): Pick<Hours, 'rules' | 'exceptions'> {
	const rules = (found: HoursRule[]) => ({ rules: found, exceptions: [] });
	const always = { from: NO_FIRST_DAY };
	switch (hour.type) {
		case 'WeeklyUntilFurtherNoticeServiceHour':
			return rules(weeklyRules(hour, always, context));
		case 'ContinuousWeekdaysUntilFurtherNoticeServiceHour':
			return rules(continuousRules(hour, always, context));
		case 'ContinuousAlwaysValidServiceHour': {
			const note = noteOf([hour.heading, hour.additionalInformation], hour.openingStatus, context);
			return rules([{ ...WHOLE_DAY, ...always, rule: 'FREQ=DAILY', ...(note && { note }) }]);
		}
	}
	const ranged = ['WeeklyDateRange', 'ContinuousDateRange', 'ExceptionalDateRange'].find(
		(name) => hour.type === `${name}ServiceHour`
	);
	if (!ranged) context.mended('unknown_value', context.field, hour.type);
	const range = ranged && rangeOf(hour, context);
	if (!range) return rules([]);
	const { from, to } = range;
	if (ranged === 'ExceptionalDateRange')
		return { rules: [], exceptions: exceptionsOf(hour, from, to ?? from, context) };
	const valid = { from, ...(to && { to }) };
	return rules(
		ranged === 'WeeklyDateRange' ? weeklyRules(hour, valid, context) : continuousRules(hour, valid, context)
	);
}

type HolidayHours = NonNullable<ServiceHours12['holidayServiceHours']>;

const isHoliday = (name: string): name is Holiday => HOLIDAYS.some((known) => known === name);

/**
 * Hours of named holidays. Those of every year go by name; those of some years, and of days that the directory has no name for in these years,
 * are exceptions on the day.
 */
function holidayHours(given: HolidayHours, mended: Mended): Pick<Hours, 'exceptions' | 'holidays'> {
	const context = { mended, field: 'holidayServiceHours' };
	const years = given.repetition?.type === 'RepetitionInSelectedYears' ? given.repetition.years : undefined;
	const exceptions: HoursException[] = [];
	const holidays: Partial<Record<Holiday, Span[]>> = {};
	for (const { holidayName, hours } of given.holidays) {
		const holiday = holidayNamed(holidayName);
		const open = hours.flatMap(({ start, end, openingStatus }) =>
			openingStatus === 'Closed' ? [] : (spanFrom(start, end, context) ?? [])
		);
		const closed = hours.every(({ openingStatus }) => openingStatus === 'Closed');
		if (!holiday) mended('unknown_value', context.field, holidayName);
		// Hours that cannot be read must not become "closed".
		else if (open.length === 0 && !closed) continue;
		else if (years) {
			for (const year of years.filter((one) => one >= 1900 && one < 3000)) {
				const date = dateOfHoliday(holiday, Math.trunc(year));
				exceptions.push({ from: date, to: date, open });
			}
		} else if (isHoliday(holiday)) holidays[holiday] = open;
		else mended('unknown_holiday', context.field, holidayName);
	}
	return { exceptions, ...(Object.keys(holidays).length && { holidays }) };
}

/**
 * Opening hours of version 12 of the Finnish service catalogue, in its six types, with odd and even weeks and named holidays. What cannot be
 * read is reported and left out.
 *
 * `ContinuousDateRangeServiceHour` names weekdays beside its dates; it is taken for hours that recur every week within these dates, as the
 * hours over midnight of version 11 did. The description at hand does not say.
 *
 * @returns undefined where no hours are said
 */
export function hoursOf12(given: ServiceHours12, mended: Mended): Hours | undefined {
	const parts = given.hours.map((hour, index) =>
		hourOf(hour, { mended, field: `serviceHours.hours[${index}]` })
	);
	const named = given.holidayServiceHours
		? holidayHours(given.holidayServiceHours, mended)
		: { exceptions: [] };
	const rules = parts.flatMap((one) => one.rules);
	const exceptions = [...parts.flatMap((one) => one.exceptions), ...named.exceptions];
	if (!rules.length && !exceptions.length && !named.holidays) return undefined;
	return { rules, exceptions, ...(named.holidays && { holidays: named.holidays }) };
}
