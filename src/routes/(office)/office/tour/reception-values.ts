import { isCivilDay } from '#lib/domain/civil-day.ts';
import { addDays } from '#lib/domain/dates.ts';
import type { JsonValue } from '#lib/domain/json.ts';
import { slotsOf, type SlotSettings } from '#lib/domain/slots.ts';
import type { Reception } from '#lib/domain/tour.ts';
import { holidaysOf, readWeekly, weeklyRule, type Every } from '#lib/domain/weekly-rule.ts';

/** What the form of a reception holds, and what becomes of it. */

export interface ReceptionValues {
	/** Civil date of the first one. */
	date: string;
	/** `HH:MM`. */
	from: string;
	to: string;
	every: Every;
	/** Last civil date; '': none. */
	last: string;
	/** Left out on Finnish holidays. */
	notOnHolidays: boolean;
	languages: string[];
	note: string;
	/** Memberships; none: anybody. */
	advisers: string[];
	/** Times can be booked. */
	takesBookings: boolean;
	/** As they are typed: minutes, `HH:MM` or '' (the whole reception), how many at once. */
	slotLength: string;
	slotFrom: string;
	slotUntil: string;
	slotsAtOnce: string;
}

/** What is proposed to whoever lets times be booked. */
const USUAL_SLOTS: SlotSettings = { length: 30, from: null, until: null, atOnce: 1 };

const slotValues = ({ length, from, until, atOnce }: SlotSettings) => ({
	slotLength: String(length),
	slotFrom: from ?? '',
	slotUntil: until ?? '',
	slotsAtOnce: String(atOnce)
});

/** How far ahead holidays are left out, days: five years. Whoever saves the reception again carries them on. */
const AHEAD = 5 * 365;
/** The holidays of so many days say whether they are left out. */
const YEAR = 366;

export const emptyReception = (today: string): ReceptionValues => ({
	date: today,
	from: '10:00',
	to: '15:00',
	every: 'week',
	last: '',
	notOnHolidays: true,
	languages: ['fi'],
	note: '',
	advisers: [],
	takesBookings: false,
	...slotValues(USUAL_SLOTS)
});

const later = (a: string, b: string) => (a > b ? a : b);

/** @param today civil date: what was once held on a holiday says nothing of those to come */
export function receptionValues(reception: Reception, today = ''): ReceptionValues {
	const [date = '', from = ''] = reception.start.split('T');
	const [, to = ''] = reception.end.split('T');
	const slots = slotsOf(reception);
	const holidays = holidaysOf(reception.rule, date, later(date, today), YEAR);
	return {
		date,
		from,
		to,
		...readWeekly(reception.rule),
		notOnHolidays: holidays.every((one) => reception.except.includes(one)),
		languages: reception.languages,
		note: reception.note ?? '',
		advisers: [...(reception.advisers ?? [])],
		takesBookings: slots !== undefined,
		...slotValues(slots ?? USUAL_SLOTS)
	};
}

const slotFields = (values: ReceptionValues): SlotSettings | null =>
	values.takesBookings
		? {
				length: Number(values.slotLength),
				from: values.slotFrom || null,
				until: values.slotUntil || null,
				atOnce: Number(values.slotsAtOnce)
			}
		: null;

/** What a newer version says of the times, in a form unknown here, stays. */
const unreadSlots = (was: Pick<Reception, 'slots'>): JsonValue =>
	slotsOf(was) === undefined ? ((was.slots ?? null) as JsonValue) : null;

/**
 * The fields of a reception. An end that is not after the beginning is on the next day.
 *
 * @param today civil date: holidays before it stay as they were held
 */
export function receptionFieldsOf(
	values: ReceptionValues,
	desk: string,
	was: Pick<Reception, 'rule' | 'except' | 'slots'> = { rule: null, except: [] },
	today = ''
) {
	const { date, from, to, notOnHolidays, languages, note, advisers } = values;
	const rule = weeklyRule(values, was.rule);
	const coming = holidaysOf(rule, date, later(date, today), AHEAD);
	// Holidays before and after the time that is looked at, and other days that somebody has left out, stay as they are.
	const kept = was.except.filter((day) => !coming.includes(day));
	const except = [...new Set([...kept, ...(notOnHolidays ? coming : [])])].sort();
	return {
		desk,
		start: `${date}T${from}`,
		end: `${to > from ? date : addDays(date, 1)}T${to}`,
		rule,
		except,
		languages,
		note: note.trim() === '' ? null : note.trim(),
		advisers: advisers.length === 0 ? null : advisers,
		slots: slotFields(values) ?? unreadSlots(was)
	};
}

export type ReceptionFault =
	'date' | 'from' | 'to' | 'last' | 'slotLength' | 'slotFrom' | 'slotUntil' | 'slotsAtOnce';

/** The first field that keeps a reception from being saved. */
export function receptionValuesFault(values: ReceptionValues): ReceptionFault | undefined {
	const isTime = (time: string) => /^([01]\d|2[0-3]):[0-5]\d$/.test(time);
	if (!isCivilDay(values.date)) return 'date';
	if (!isTime(values.from)) return 'from';
	if (!isTime(values.to)) return 'to';
	if (values.last !== '' && (!isCivilDay(values.last) || values.last < values.date)) return 'last';
	if (!values.takesBookings) return undefined;
	const isWithin = (text: string, least: number, most: number) =>
		/^\d+$/.test(text) && Number(text) >= least && Number(text) <= most;
	if (!isWithin(values.slotLength, 5, 240)) return 'slotLength';
	if (values.slotFrom !== '' && !isTime(values.slotFrom)) return 'slotFrom';
	if (values.slotUntil !== '' && !isTime(values.slotUntil)) return 'slotUntil';
	if (!isWithin(values.slotsAtOnce, 1, 20)) return 'slotsAtOnce';
	return undefined;
}
