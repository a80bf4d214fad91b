import { isCivilDay } from '#lib/domain/civil-day.ts';
import { topicNames } from '#lib/domain/codes/topic-names.ts';
import { addDays, helsinki } from '#lib/domain/dates.ts';
import type { OrganisedEvent } from '#lib/domain/event.ts';
import type { Locale } from '#lib/domain/languages.ts';
import { holidaysOf, readWeekly, weeklyRule, type Every } from '#lib/domain/weekly-rule.ts';

/** What the form of an event holds, and what becomes of it. */

export interface EventValues {
	/** '': the name of its first topic. */
	title: string;
	topics: string[];
	/** '': somewhere else. */
	desk: string;
	place: string;
	/** Official code; '': not chosen. */
	municipality: string;
	/** Civil date of the first one. */
	date: string;
	/** `HH:MM`. */
	from: string;
	to: string;
	every: Every;
	/** Last civil date; '': none. */
	last: string;
	notOnHolidays: boolean;
	languages: string[];
	/** '': not said. */
	interpreting: string;
	/** Memberships; none: anybody. */
	advisers: string[];
	note: string;
}

/** How far ahead holidays are left out, days: five years, as of the tour. */
const AHEAD = 5 * 365;

const HOUR = 3_600_000;
const QUARTER = HOUR / 4;

/** An event that begins now, at the quarter of an hour before, and lasts an hour. */
export function emptyEvent(now: number, desk: string | null): EventValues {
	const begins = Math.floor(now / QUARTER) * QUARTER;
	const { date, time } = helsinki(begins);
	return {
		title: '',
		topics: [],
		desk: desk ?? '',
		place: '',
		municipality: '',
		date,
		from: time,
		to: helsinki(begins + HOUR).time,
		every: 'once',
		last: '',
		notOnHolidays: true,
		languages: [],
		interpreting: '',
		advisers: [],
		note: ''
	};
}

const later = (a: string, b: string) => (a > b ? a : b);

/** @param today civil date: what was once held on a holiday says nothing of those to come */
export function eventValues(event: OrganisedEvent, today: string): EventValues {
	const [date = '', from = ''] = event.start.split('T');
	const [, to = ''] = event.end.split('T');
	const coming = holidaysOf(event.rule, date, later(date, today), AHEAD);
	return {
		title: event.title,
		topics: [...event.topics],
		desk: event.desk ?? '',
		place: event.place ?? '',
		municipality: event.municipality ?? '',
		date,
		from,
		to,
		...readWeekly(event.rule),
		notOnHolidays: coming.every((day) => event.except.includes(day)),
		languages: [...event.languages],
		interpreting: event.interpreting ?? '',
		advisers: [...(event.advisers ?? [])],
		note: event.note ?? ''
	};
}

/** The fields of an event. An end that is not after the beginning is on the next day; of a place in words only what no desk says. */
export function eventFieldsOf(
	values: EventValues,
	locale: Locale,
	today: string,
	was: Pick<OrganisedEvent, 'rule' | 'except'> = { rule: null, except: [] }
) {
	const { date, from, to, desk, topics, languages, advisers } = values;
	const rule = weeklyRule(values, was.rule);
	const coming = holidaysOf(rule, date, later(date, today), AHEAD);
	const kept = was.except.filter((day) => !coming.includes(day));
	const [first = ''] = topics;
	const named = Object.hasOwn(topicNames, first)
		? topicNames[first as keyof typeof topicNames][locale]
		: first;
	return {
		title: values.title.trim() || named,
		topics: [...topics],
		desk: desk || null,
		place: desk ? null : values.place.trim(),
		municipality: desk ? null : values.municipality,
		start: `${date}T${from}`,
		end: `${to > from ? date : addDays(date, 1)}T${to}`,
		rule,
		except: [...new Set([...kept, ...(values.notOnHolidays ? coming : [])])].sort(),
		languages: [...languages],
		interpreting: values.interpreting || null,
		advisers: advisers.length === 0 ? null : [...advisers],
		note: values.note.trim() || null
	};
}

export type EventValuesFault = 'topics' | 'place' | 'municipality' | 'date' | 'from' | 'to' | 'last';

/** The first field that keeps an event from being saved. */
export function eventValuesFault(values: EventValues): EventValuesFault | undefined {
	const isTime = (time: string) => /^([01]\d|2[0-3]):[0-5]\d$/.test(time);
	if (values.topics.length === 0) return 'topics';
	if (values.desk === '' && values.place.trim() === '') return 'place';
	if (values.desk === '' && values.municipality === '') return 'municipality';
	if (!isCivilDay(values.date)) return 'date';
	if (!isTime(values.from)) return 'from';
	if (!isTime(values.to)) return 'to';
	if (values.last !== '' && (!isCivilDay(values.last) || values.last < values.date)) return 'last';
	return undefined;
}
