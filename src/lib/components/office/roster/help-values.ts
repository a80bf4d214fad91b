import { typedNumber } from '#lib/directory/phone-number.ts';
import { isCivilDay } from '#lib/domain/civil-day.ts';
import { addDays } from '#lib/domain/dates.ts';
import { fieldFault } from '#lib/domain/field-fault.ts';
import type { JsonValue } from '#lib/domain/json.ts';
import { languageHelpFields, type HelpTimes, type LanguageHelp } from '#lib/domain/language-help.ts';
import type { Every } from '#lib/domain/weekly-rule.ts';

/** What the form of language help holds, and what becomes of it. */

export interface HelpValues {
	languages: string[];
	ways: string[];
	provider: string;
	bought: boolean;
	/** Official code; '': none. */
	municipality: string;
	place: string;
	when: HelpTimes['kind'];
	/** Weekdays of the hours, as RFC 5545 names them. */
	days: string[];
	every: Every;
	/** Civil date of the first day. */
	first: string;
	/** `HH:MM`. */
	from: string;
	to: string;
	notOnHolidays: boolean;
	number: string;
	source: string;
	/** Civil date of the source. */
	sourceDate: string;
	booking: string;
	price: string;
	note: string;
	/** Last civil date; '': none. */
	validUntil: string;
}

export const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;

const RULE = /^FREQ=WEEKLY(;INTERVAL=2)?;BYDAY=([A-Z]{2}(?:,[A-Z]{2})*)$/;

export const emptyHelp = (today: string): HelpValues => ({
	languages: [],
	ways: [],
	provider: '',
	bought: false,
	municipality: '',
	place: '',
	when: 'hours',
	days: [],
	every: 'week',
	first: today,
	from: '09:00',
	to: '15:00',
	notOnHolidays: true,
	number: '',
	source: '',
	sourceDate: '',
	booking: '',
	price: '',
	note: '',
	validUntil: ''
});

function timesValues(times: HelpTimes, today: string) {
	const { days, every, first, from, to, notOnHolidays } = emptyHelp(today);
	if (times.kind !== 'hours') return { when: times.kind, days, every, first, from, to, notOnHolidays };
	const [known, other, named] = RULE.exec(times.rule ?? '') ?? [];
	const often: Every = times.rule === null ? 'once' : !known ? 'other' : other ? 'two-weeks' : 'week';
	return {
		when: times.kind,
		days: named?.split(',') ?? [],
		every: often,
		first: times.start.slice(0, 10),
		from: times.start.slice(11),
		to: times.end.slice(11),
		notOnHolidays: times.notOnHolidays
	};
}

export const helpValues = (help: LanguageHelp, today: string): HelpValues => ({
	...timesValues(help.times, today),
	languages: [...help.languages],
	ways: [...help.ways],
	provider: help.provider,
	bought: help.bought ?? false,
	municipality: help.municipality ?? '',
	place: help.place ?? '',
	number: help.phone?.number ?? '',
	source: help.phone?.source ?? '',
	sourceDate: help.phone?.date ?? '',
	booking: help.booking ?? '',
	price: help.price ?? '',
	note: help.note ?? '',
	validUntil: help.validUntil ?? ''
});

function ruleOf({ every, days }: HelpValues, was: HelpTimes | undefined): string | null {
	if (every === 'once') return null;
	if (every === 'other') return was?.kind === 'hours' ? was.rule : null;
	const on = WEEKDAYS.filter((day) => days.includes(day)).join(',');
	return `FREQ=WEEKLY${every === 'two-weeks' ? ';INTERVAL=2' : ''};BYDAY=${on}`;
}

function timesOf(values: HelpValues, was: HelpTimes | undefined): HelpTimes {
	const { when, first, from, to, notOnHolidays } = values;
	if (when !== 'hours') return { kind: when };
	// An end that is not after the beginning is on the next day.
	const end = `${to > from ? first : addDays(first, 1)}T${to}`;
	return { kind: 'hours', start: `${first}T${from}`, end, rule: ruleOf(values, was), notOnHolidays };
}

const orNull = (text: string) => (text.trim() === '' ? null : text.trim());

/** The fields of language help. */
export function helpFieldsOf(values: HelpValues, was?: HelpTimes) {
	const { languages, ways, provider, bought, municipality, place, number, source, sourceDate } = values;
	const phone = orNull(number) && { number: typedNumber(number), source: source.trim(), date: sourceDate };
	return {
		languages,
		ways,
		provider: provider.trim(),
		bought,
		municipality: orNull(municipality),
		place: orNull(place),
		times: timesOf(values, was) as Record<string, JsonValue>,
		phone,
		booking: orNull(values.booking),
		price: orNull(values.price),
		note: orNull(values.note),
		validUntil: orNull(values.validUntil)
	};
}

export type HelpFault =
	| 'languages'
	| 'ways'
	| 'provider'
	| 'days'
	| 'first'
	| 'from'
	| 'to'
	| 'number'
	| 'source'
	| 'sourceDate'
	| 'booking'
	| 'validUntil';

const isTime = (time: string) => /^([01]\d|2[0-3]):[0-5]\d$/.test(time);

/** The first field that keeps language help from being saved. */
export function helpFault(values: HelpValues): HelpFault | undefined {
	if (values.languages.length === 0) return 'languages';
	if (values.ways.length === 0) return 'ways';
	if (values.provider.trim() === '') return 'provider';
	if (values.when === 'hours') {
		const weekly = values.every === 'week' || values.every === 'two-weeks';
		if (weekly && values.days.length === 0) return 'days';
		if (!isCivilDay(values.first)) return 'first';
		if (!isTime(values.from)) return 'from';
		if (!isTime(values.to)) return 'to';
	}
	const { phone, booking } = helpFieldsOf(values);
	if (phone) {
		if (phone.source === '') return 'source';
		if (!isCivilDay(phone.date)) return 'sourceDate';
		if (fieldFault(languageHelpFields, { phone })) return 'number';
	}
	if (fieldFault(languageHelpFields, { booking })) return 'booking';
	return values.validUntil === '' || isCivilDay(values.validUntil) ? undefined : 'validUntil';
}
