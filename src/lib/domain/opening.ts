import { addDays, civilDateOf, dayNumber, helsinki, instantOf } from './dates.ts';
import { holidaysOn } from './holidays.ts';
import type { Holiday, Hours, HoursException, HoursRule, Span } from './hours.ts';
import type { Texts } from './language-texts.ts';
import { daysBetween, plainDays, type RuleReader } from './recurrence.ts';

/**
 * When something is open. What an exception says of a day beats what is said of a holiday, and that beats the rules. A day's hours are
 * those that begin on it: what opened yesterday evening stays open into today, whatever is said of today. Where nobody has said what holds
 * on a holiday, the rules are a guess: nothing is called open by them, unless its door never closes.
 */

/** The hours that begin on one civil date. */
export interface DayHours {
	date: string;
	/** Hours of the door, earliest first; empty: closed. */
	open: Span[];
	/** Hours of something else, such as a telephone, each with what they are for. */
	others: { note: Texts; open: Span[] }[];
	/** The holiday whose hours these are, or of which nobody has said any. */
	holiday: Holiday | undefined;
	/** True where `open` is what holds on other days, and nobody has said whether it does on this holiday. */
	unsure: boolean;
	/** True where an exception has the word. */
	exceptional: boolean;
	/** What the exceptions say about the day, or the rules where they do not all say the same. */
	notes: Texts[];
}

const sorted = (spans: readonly Span[]): Span[] =>
	[...new Map(spans.map((span) => [`${span.opens} ${span.closes}`, span])).values()].sort((a, b) =>
		a.opens.localeCompare(b.opens)
	);

const length = ({ from, to }: HoursException) => dayNumber(to) - dayNumber(from);

/** The exceptions that have the word on a day: of several the shortest, as one day within a summer; equally short ones add up. */
function exceptionsOn(exceptions: readonly HoursException[], date: string): HoursException[] {
	const all = exceptions.filter(({ from, to }) => from <= date && date <= to);
	const shortest = Math.min(...all.map(length));
	return all.filter((exception) => length(exception) === shortest);
}

function otherHours(rules: readonly HoursRule[]): DayHours['others'] {
	const byNote = new Map<string, { note: Texts; open: Span[] }>();
	for (const { note, opens, closes } of rules) {
		if (!note) continue;
		const key = JSON.stringify(note);
		const open = [...(byNote.get(key)?.open ?? []), { opens, closes }];
		byNote.set(key, { note, open: sorted(open) });
	}
	return [...byNote.values()];
}

/** What rules of the door say in words, each once. */
const wordsOf = (rules: readonly HoursRule[]): Texts[] => [
	...new Map(rules.flatMap(({ words }) => (words ? [[JSON.stringify(words), words]] : []))).values()
];

/** What all rules of the door that are in force from a civil date on say alike in words. */
function commonWords(rules: readonly HoursRule[], from: string): Texts | undefined {
	const doors = rules.filter(({ note, to }) => !note && (to === undefined || to >= from));
	const different = new Set(doors.map(({ words }) => JSON.stringify(words)));
	return different.size === 1 ? doors[0]?.words : undefined;
}

const isWholeDay = ({ opens, closes }: Span) => opens === closes || (opens === '00:00' && closes === '24:00');

/**
 * The hours of each day from `from` to `to`, civil dates, both included.
 *
 * @returns `understood` false: a rule could not be read, so that a day may be open though it is shown as closed; `words`: what the source
 * says of all its hours of the door, where it says the same of all
 */
export function hoursByDay(
	hours: Hours,
	from: string,
	to: string,
	read: RuleReader = plainDays
): { days: DayHours[]; understood: boolean; words: Texts | undefined } {
	const words = commonWords(hours.rules, from);
	const rules = hours.rules.map((rule) => {
		const last = rule.to !== undefined && rule.to < to ? rule.to : to;
		const { days, understood } = daysBetween(rule.rule, rule.from, from, last, read);
		return { rule, days: new Set(days), understood };
	});
	const days: DayHours[] = [];
	for (let number = dayNumber(from); number <= dayNumber(to); number++) {
		const date = civilDateOf(number);
		const exceptions = exceptionsOn(hours.exceptions, date);
		const holidays = holidaysOn(date);
		const named = holidays.find((name) => hours.holidays?.[name]);
		const held = rules.filter((one) => one.days.has(date)).map(({ rule }) => rule);
		const said = exceptions.length > 0 ? exceptions.flatMap(({ open }) => open) : undefined;
		const special = said ?? (named && hours.holidays?.[named]);
		const open = sorted(
			special ?? held.flatMap(({ note, opens, closes }) => (note ? [] : [{ opens, closes }]))
		);
		const unsure = !special && holidays.length > 0 && open.length > 0 && !open.some(isWholeDay);
		days.push({
			date,
			open,
			others: special ? [] : otherHours(held),
			holiday: said ? undefined : (named ?? (unsure ? holidays[0] : undefined)),
			unsure,
			exceptional: said !== undefined,
			notes: special ? exceptions.flatMap(({ note }) => (note ? [note] : [])) : words ? [] : wordsOf(held)
		});
	}
	return { days, understood: rules.every(({ understood }) => understood), words };
}

/** A time during which something is open without a break. Instants in ms since 1970; `to` is the moment of closing. */
export interface OpenSpan {
	from: number;
	to: number;
}

const at = (date: string, time: string) =>
	time === '24:00' ? instantOf(addDays(date, 1), '00:00') : instantOf(date, time);

/** Spans in order, those that touch or overlap as one. One of no length is none: the night of spring may swallow it. */
function merged(spans: readonly OpenSpan[]): OpenSpan[] {
	const result: OpenSpan[] = [];
	for (const { from, to } of spans.filter((span) => span.from < span.to).sort((a, b) => a.from - b.from)) {
		const last = result.at(-1);
		if (last && from <= last.to) last.to = Math.max(last.to, to);
		else result.push({ from, to });
	}
	return result;
}

/** When something that begins on `date` ends, ms since 1970. */
const ending = (date: string, { opens, closes }: Span) =>
	at(closes > opens ? date : addDays(date, 1), closes);

/**
 * When the door is known to be open from the beginning of `from` to the end of `to` (civil dates): in order, never touching each other, and cut off at
 * both ends. In the hour that an autumn night repeats, a time is the first of the two.
 */
export function openSpans(
	hours: Hours,
	from: string,
	to: string,
	read: RuleReader = plainDays
): { spans: OpenSpan[]; understood: boolean } {
	const [start, end] = [at(from, '00:00'), at(to, '24:00')];
	// What began the day before yesterday has ended.
	const { days, understood } = hoursByDay(hours, addDays(from, -1), to, read);
	const spans = days
		.filter(({ unsure }) => !unsure)
		.flatMap(({ date, open }) =>
			open.map((span) => ({
				from: Math.max(start, at(date, span.opens)),
				to: Math.min(end, ending(date, span))
			}))
		);
	return { spans: merged(spans), understood };
}

/** How far is looked ahead for the next change, days. */
const AHEAD = 60;

/** Whether something is open at a moment, and until when; instants in ms since 1970. */
export type Opening =
	| { kind: 'open'; closes: number }
	/** Open now, and through all the days that are looked at. */
	| { kind: 'around-the-clock' }
	/** `opens` undefined: not within the days that are looked at. */
	| { kind: 'closed'; opens: number | undefined }
	/** On other days it would be open now, or later today; what holds on this holiday nobody has said. */
	| { kind: 'holiday'; holiday: Holiday }
	/** Only hours of other things than the door are known, or a rule could not be read. */
	| { kind: 'unknown' };

/** Whether the hours say anything about the door. */
const tellsDoor = ({ rules, exceptions, holidays }: Hours): boolean =>
	rules.some(({ note }) => !note) || exceptions.length > 0 || Object.keys(holidays ?? {}).length > 0;

/** The day that makes it unsure whether it is open at `now`, or opens later: today, or yesterday whose night is not over. */
function unsureDay(hours: Hours, now: number, read: RuleReader): DayHours | undefined {
	const today = helsinki(now).date;
	const { days } = hoursByDay(hours, addDays(today, -1), today, read);
	return days.find(({ date, open, unsure }) => unsure && open.some((span) => ending(date, span) > now));
}

/** Whether it is open at `now` (ms since 1970), when it closes, or when it opens within the coming 60 days. */
export function openAt(hours: Hours, now: number, read: RuleReader = plainDays): Opening {
	const today = helsinki(now).date;
	const last = addDays(today, AHEAD);
	const { spans, understood } = openSpans(hours, today, last, read);
	const next = spans.find(({ to }) => to > now);
	if (next && next.from <= now) {
		return next.to === at(last, '24:00') ? { kind: 'around-the-clock' } : { kind: 'open', closes: next.to };
	}
	const unsure = unsureDay(hours, now, read);
	// Of yesterday's holiday nobody says that it is today.
	if (unsure?.date === today && unsure.holiday) return { kind: 'holiday', holiday: unsure.holiday };
	if (unsure) return { kind: 'unknown' };
	return understood && tellsDoor(hours) ? { kind: 'closed', opens: next?.from } : { kind: 'unknown' };
}

/** Whether it is known to be open at `now` (ms since 1970): `openAt` without looking ahead. */
export function isOpenAt(hours: Hours, now: number, read: RuleReader = plainDays): boolean {
	const today = helsinki(now).date;
	return openSpans(hours, today, today, read).spans.some(({ from, to }) => from <= now && now < to);
}

/** Whether the hours have a rule that only the reader of `full-recurrence.ts` may be able to read. */
export const needsFullReader = ({ rules }: Hours): boolean =>
	rules.some(({ rule, from }) => rule !== null && plainDays(rule, from, from, from) === undefined);
