/**
 * Dates and times as people in Finland read them. Instants are ISO 8601 UTC strings or ms since 1970; a civil date is
 * `YYYY-MM-DD` in Europe/Helsinki, whatever zone the phone is set to.
 */

const ZONE = 'Europe/Helsinki';

const parts = new Intl.DateTimeFormat('en-GB', {
	timeZone: ZONE,
	hourCycle: 'h23',
	year: 'numeric',
	month: '2-digit',
	day: '2-digit',
	hour: '2-digit',
	minute: '2-digit'
});

const HOUR = 3_600_000;
const WEEK = 168 * HOUR;
const KEPT = 20_000;

/** How far Helsinki's clock is ahead of UTC, ms, at whole hours: it changes then only, and to ask Intl is slow. */
const aheadOf = new Map<number, number>();

function asUtc(at: number): string {
	const found: Record<string, string> = {};
	for (const { type, value } of parts.formatToParts(at)) found[type] = value;
	return `${found.year?.padStart(4, '0')}-${found.month}-${found.day}T${found.hour}:${found.minute}Z`;
}

/** Years that have four digits, as Helsinki's clock tells them: 0001-01-01T00:00Z to 9999-12-31T21:59:59.999Z, ms. What lies outside is told as one of these. */
const FIRST = -62_135_596_800_000;
const LAST = 253_402_293_599_999;

function aheadAt(hour: number): number {
	let ahead = aheadOf.get(hour);
	if (ahead === undefined) {
		ahead = Date.parse(asUtc(hour)) - hour;
		if (aheadOf.size >= KEPT) aheadOf.clear();
		aheadOf.set(hour, ahead);
	}
	return ahead;
}

/** The same at any instant since 1970. */
function aheadOn(at: number): number {
	const from = at - (at % WEEK);
	const ahead = aheadAt(from);
	// The clock changes every half year: a week with the same at both ends has no change in it.
	return ahead === aheadAt(from + WEEK) ? ahead : aheadAt(at - (at % HOUR));
}

/** The civil date and time of an instant in Helsinki. `time` is `HH:MM`. */
export function helsinki(when: number | string): { date: string; time: string } {
	const at = Math.max(FIRST, Math.min(LAST, typeof when === 'string' ? Date.parse(when) : when));
	// Long ago it stood at other than whole hours.
	const local = at < 0 ? asUtc(at) : new Date(at + aheadOn(at)).toISOString();
	return { date: local.slice(0, 10), time: local.slice(11, 16) };
}

/** The instant, ms since 1970, of a civil date and time in Helsinki. In the hour that an autumn night repeats, the first one. */
export function instantOf(date: string, time: string): number {
	const wanted = Date.parse(`${date}T${time}:00Z`);
	// Finland is two or three hours ahead; the earlier instant of the two that match is the one with the larger offset.
	for (const hours of [3, 2]) {
		const candidate = wanted - hours * HOUR;
		if (candidate + aheadOn(candidate) === wanted) return candidate;
	}
	// A time that the spring night leaves out: the clock stands one hour later.
	return wanted - 2 * HOUR;
}

const DAY = 86_400_000;

/** Days from 1970-01-01 to a civil date; NaN for a date that does not exist. */
export const dayNumber = (date: string): number => Date.parse(date) / DAY;

/** The civil date of a day number. */
export const civilDateOf = (number: number): string => new Date(number * DAY).toISOString().slice(0, 10);

/** A civil date some days later (or earlier). */
export const addDays = (date: string, days: number): string => civilDateOf(dayNumber(date) + days);

export type DateStyle = 'day' | 'weekday' | 'date';

/** Gregorian calendar, Latin digits, 24 hours: what the door sign and the letter show, in every language (ux.md §3.2). */
const forced = (locale: string) => `${locale}-u-ca-gregory-nu-latn`;

/** Swedish of Finland and English of Europe write dates the way people here read them. */
const regional = (locale: string) => (locale === 'sv' ? 'sv-FI' : locale === 'en' ? 'en-GB' : locale);

/** Formatters by locale and options: to make one costs a slow phone more than to use it a hundred times. */
const formatters = new Map<string, Intl.DateTimeFormat>();

function inZone(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
	const key = `${locale} ${JSON.stringify(options)}`;
	let found = formatters.get(key);
	if (!found) {
		found = new Intl.DateTimeFormat(forced(regional(locale)), { timeZone: ZONE, ...options });
		formatters.set(key, found);
	}
	return found;
}

/** `day`: 6.3. · `weekday`: perjantai 6.3. · `date`: 6.3.2026 */
export function formatDate(at: number | string, locale: string, style: DateStyle): string {
	const when = new Date(at);
	// In English the order of day and month cannot be told from numbers.
	const month = locale === 'en' ? 'short' : 'numeric';
	if (style === 'date') return inZone(locale, { day: 'numeric', month, year: 'numeric' }).format(when);
	const day = inZone(locale, { day: 'numeric', month }).format(when);
	// Asked for together, Finnish would put the weekday into another case.
	return style === 'day' ? day : `${inZone(locale, { weekday: 'long' }).format(when)} ${day}`;
}

/** `10.42` in Finnish and Swedish of Finland, `10:42` elsewhere. */
export function formatTime(at: number | string, locale: string): string {
	return timeOfDay(helsinki(at).time, locale);
}

/** A time `HH:MM` as it is written in a language. */
function timeOfDay(time: string, locale: string): string {
	return locale === 'fi' || locale === 'sv' ? time.replace(':', '.').replace(/^0/, '') : time;
}

/** A range of times of day, `10.00–15.00`. Times are `HH:MM`. */
export function formatTimeRange(from: string, to: string, locale: string): string {
	return `${timeOfDay(from, locale)}–${timeOfDay(to, locale)}`;
}
