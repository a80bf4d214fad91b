import * as z from 'zod/mini';
import { hours as hoursShape, type Hours, type HoursException, type HoursRule } from '#lib/domain/hours.ts';
import type { Texts } from '#lib/domain/language-texts.ts';
import { sameJson } from '#lib/domain/same-json.ts';
import { finnishWords } from './typed-text.ts';

/** Opening hours as a form holds them: a row for each time of the week, a row for each exception, times as they are typed. */

export const WEEK = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;

const { rules, exceptions } = hoursShape.shape;
const rule = rules.def.element;
const exception = exceptions.def.element;

const typedSpan = z.object({ opens: z.string(), closes: z.string() });

export const hoursValues = z.object({
	times: z.array(
		z.object({
			...typedSpan.shape,
			days: z.array(z.enum(WEEK)),
			from: z.string(),
			/** Empty: until further notice. */
			to: z.string(),
			/** What the hours are for, where they are not those of the door; Finnish. */
			note: z.string(),
			/** The rule as it was: a row that nobody has changed stays what it was. */
			was: z.optional(rule)
		})
	),
	exceptions: z.array(
		z.object({
			from: z.string(),
			to: z.string(),
			/** Empty: closed. */
			open: z.array(typedSpan),
			note: z.string(),
			was: z.optional(exception)
		})
	),
	/** Hours of holidays are kept as they came. */
	holidays: hoursShape.shape.holidays
});

export type HoursValues = z.infer<typeof hoursValues>;
export type TimeValues = HoursValues['times'][number];
type ExceptionValues = HoursValues['exceptions'][number];

const WEEKLY = /^FREQ=WEEKLY;BYDAY=((?:MO|TU|WE|TH|FR|SA|SU)(?:,(?:MO|TU|WE|TH|FR|SA|SU))*)$/;

/** Whether the days of a row can be chosen: it is new, or recurs every week on certain days. */
export const isWeekly = ({ was }: TimeValues): boolean =>
	was === undefined || (was.rule !== null && WEEKLY.test(was.rule));

function rowOf(was: HoursRule): TimeValues {
	const named = WEEKLY.exec(was.rule ?? '')?.[1]?.split(',') ?? [];
	return {
		days: WEEK.filter((day) => named.includes(day)),
		opens: was.opens,
		closes: was.closes,
		from: was.from,
		to: was.to ?? '',
		note: was.note?.['fi']?.text ?? '',
		was
	};
}

const exceptionRowOf = (was: HoursException): ExceptionValues => ({
	from: was.from,
	to: was.to,
	open: was.open.map((span) => ({ ...span })),
	note: was.note?.['fi']?.text ?? '',
	was
});

export function hoursValuesOf(hours: Hours | undefined): HoursValues {
	return {
		times: (hours?.rules ?? []).map(rowOf),
		exceptions: (hours?.exceptions ?? []).map(exceptionRowOf),
		...(hours?.holidays && { holidays: hours.holidays })
	};
}

/** `HH:MM` of a time as people type it: `9`, `9.00`, `09:00`; what is none of these stays, and fails the form. */
export function timeOf(typedTime: string): string {
	const [, hour = '', minute = '00'] = /^(\d{1,2})(?:[.:](\d{2}))?$/.exec(typedTime.trim()) ?? [];
	return hour === '' ? typedTime.trim() : `${hour.padStart(2, '0')}:${minute}`;
}

/** A note by its field, where there is one. */
function noteOf(note: string, was: Texts | undefined): { note?: Texts } {
	const words = finnishWords(note, was);
	return words ? { note: words } : {};
}

function ruleOf(row: TimeValues): HoursRule {
	const { was, days, opens, closes, from, to, note } = row;
	if (was && sameJson(rowOf(was), row)) return was;
	const ordered = WEEK.filter((day) => days.includes(day));
	return {
		opens: timeOf(opens),
		closes: timeOf(closes),
		from,
		...(to === '' ? {} : { to }),
		rule: isWeekly(row) ? `FREQ=WEEKLY;BYDAY=${ordered.join(',')}` : (was?.rule ?? null),
		...noteOf(note, was?.note),
		...(was?.words && { words: was.words })
	};
}

function exceptionOf(row: ExceptionValues): HoursException {
	const { was, from, to, open, note } = row;
	if (was && sameJson(exceptionRowOf(was), row)) return was;
	return {
		from,
		to: to === '' ? from : to,
		open: open.map(({ opens, closes }) => ({ opens: timeOf(opens), closes: timeOf(closes) })),
		...noteOf(note, was?.note)
	};
}

/** The hours that a form says; undefined where it says nothing. Perhaps unfinished: see `hoursFail`. */
export function hoursOfValues({ times, exceptions: days, holidays }: HoursValues): Hours | undefined {
	if (times.length === 0 && days.length === 0 && holidays === undefined) return undefined;
	return {
		rules: times.map(ruleOf),
		exceptions: days.map(exceptionOf),
		...(holidays && { holidays })
	};
}

/** Whether something in the form is no time, no date or no day of the week, or ends before it begins. */
export function hoursFail(values: HoursValues): boolean {
	const hours = hoursOfValues(values);
	if (!hours) return false;
	if (!hoursShape.safeParse(hours).success) return true;
	return (
		values.times.some((row) => isWeekly(row) && row.days.length === 0) ||
		hours.rules.some(({ from, to }) => to !== undefined && to < from) ||
		hours.exceptions.some(({ from, to }) => to < from)
	);
}
