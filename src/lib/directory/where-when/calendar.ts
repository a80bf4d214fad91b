import { labelsByMachine, pagePhrase } from '#lib/directory/take-away/page-phrases.ts';
import { takeAwayPhrase } from '#lib/directory/take-away/phrases.ts';
import { escaped } from '#lib/directory/take-away/escaped.ts';
import { shortId } from '#lib/directory/take-away/public-address.ts';
import { addDays, helsinki } from '#lib/domain/dates.ts';
import { ownLanguageName } from '#lib/domain/languages.ts';
import { municipalityName } from '#lib/domain/municipalities.ts';
import type { PublicStop } from './coming.ts';

/** iCalendar (RFC 5545) of reception days; see docs/decisions/0040. The same for a subscription and for a file made on the phone. */

/** Days before today and after it that a calendar holds. */
const BACK = 7;
const AHEAD = 182;

/** The civil dates between which a calendar has events. */
export const calendarSpan = (now: number): { from: string; to: string } => {
	const today = helsinki(now).date;
	return { from: addDays(today, -BACK), to: addDays(today, AHEAD) };
};

/** More events no phone's calendar takes gladly; the nearest are kept. */
const MOST = 1000;

/** Octets of a line, without its end (RFC 5545 §3.1). */
const LINE = 75;

/** SEQUENCE counts seconds from here, so that it stays within 31 bits until 2088, ms since 1970. */
const SINCE = Date.UTC(2020, 0, 1);
const LATEST = Date.UTC(2088, 0, 1);

/** The rules of Finland since 1996 (Directive 2000/84/EC, and the ones before it). */
const ZONE = `BEGIN:VTIMEZONE
TZID:Europe/Helsinki
BEGIN:DAYLIGHT
TZOFFSETFROM:+0200
TZOFFSETTO:+0300
TZNAME:EEST
DTSTART:19960331T030000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
TZOFFSETFROM:+0300
TZOFFSETTO:+0200
TZNAME:EET
DTSTART:19961027T040000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE`.split('\n');

export interface CalendarOf {
	organisation: string;
	/** What it is about, for whoever has several: a town, a desk, a language. */
	name: string;
	/** Of its words, BCP 47. */
	language: string;
	/** The page that says the same. */
	url: string;
	demo: boolean;
	stops: readonly PublicStop[];
	/** When a reception or its desk was changed last, ms since 1970, by the id of the record. */
	changedAt: (id: string) => number;
}

const encoder = new TextEncoder();

/** A line cut into parts of 75 octets between characters, each but the first behind a space. */
export function folded(line: string): string {
	const parts: string[] = [];
	let part = '';
	let room = LINE;
	for (const character of line) {
		const octets = encoder.encode(character).length;
		if (octets > room) {
			parts.push(part);
			part = '';
			room = LINE - 1;
		}
		part += character;
		room -= octets;
	}
	return [...parts, part].join('\r\n ');
}

/** Characters that TEXT may not have (RFC 5545 §3.3.11), and those that some readers take for the end of a line. */
const NO_TEXT = /[[\p{Cc}--[\t\n\r]]\u2028\u2029]/gv;
const text = (value: string): string => escaped(value.replace(NO_TEXT, ' '));

const utc = (at: number): string => new Date(at).toISOString().replace(/[-:]|\.\d+/g, '');

/** A local time as the door shows it. */
function local(at: number): string {
	const { date, time } = helsinki(at);
	return `${date.replaceAll('-', '')}T${time.replace(':', '')}00`;
}

const HOUR = 3_600_000;

/** A time with its name: local, but in the hour that an autumn night repeats, of which readers take one or the other, in UTC. */
const moment = (name: string, at: number): string =>
	local(at) === local(at + HOUR) || local(at) === local(at - HOUR)
		? `${name}:${utc(at)}`
		: `${name};TZID=Europe/Helsinki:${local(at)}`;

/** Where somebody goes, on one line. */
const placeOf = ({ desk }: PublicStop, language: string): string =>
	[desk.name, desk.room, desk.address, municipalityName(desk.municipality, language === 'sv' ? 'sv' : 'fi')]
		.filter(Boolean)
		.join(', ');

/** What there is to say besides, a line each. */
function notesOf(stop: PublicStop, { language, demo, url }: CalendarOf): string {
	const say = (id: Parameters<typeof pagePhrase>[0]) => pagePhrase(id, language).text;
	const spoken = stop.languages.map((tag) => ownLanguageName(tag)).join(', ');
	return [
		stop.cancelled && say('cancelled'),
		spoken && `${say('languages')}: ${spoken}`,
		stop.desk.invented && say('invented'),
		demo && !stop.desk.invented && say('demo'),
		url,
		labelsByMachine(language) && takeAwayPhrase('machine', language).text
	]
		.filter(Boolean)
		.join('\n');
}

function eventOf(stop: PublicStop, calendar: CalendarOf): string[] {
	const { organisation, language, url, changedAt } = calendar;
	const changed = Math.min(LATEST, Math.max(SINCE, changedAt(stop.reception), changedAt(stop.desk.id)));
	const advice = takeAwayPhrase('advice', language);
	const title = `${advice.text}: ${stop.desk.name}`;
	const word = pagePhrase('cancelled', language).text;
	const cancelled = `${word.charAt(0).toLocaleUpperCase(language)}${word.slice(1)}`;
	const spoken = `;LANGUAGE=${advice.language}`;
	return [
		'BEGIN:VEVENT',
		`UID:${stop.date.replaceAll('-', '')}-${stop.reception}@${shortId(organisation)}.reppu`,
		`DTSTAMP:${utc(changed)}`,
		`LAST-MODIFIED:${utc(changed)}`,
		`SEQUENCE:${Math.floor((changed - SINCE) / 1000)}`,
		moment('DTSTART', stop.from),
		moment('DTEND', stop.to),
		`SUMMARY${spoken}:${text(stop.cancelled ? `${cancelled} · ${title}` : title)}`,
		`LOCATION:${text(placeOf(stop, language))}`,
		`DESCRIPTION${spoken}:${text(notesOf(stop, calendar))}`,
		`STATUS:${stop.cancelled ? 'CANCELLED' : 'CONFIRMED'}`,
		// Whoever subscribes does not sit there all day.
		'TRANSP:TRANSPARENT',
		`URL:${url}`,
		'END:VEVENT'
	];
}

/** The whole calendar. The same days give the same text. */
export function calendarText(calendar: CalendarOf): string {
	const { name, language, url, stops } = calendar;
	const title = text(`${takeAwayPhrase('advice', language).text} · ${name}`);
	return [
		'BEGIN:VCALENDAR',
		'VERSION:2.0',
		'PRODID:-//Reppu//Reppu//FI',
		'CALSCALE:GREGORIAN',
		`NAME:${title}`,
		`X-WR-CALNAME:${title}`,
		'X-WR-TIMEZONE:Europe/Helsinki',
		'REFRESH-INTERVAL;VALUE=DURATION:PT1H',
		'X-PUBLISHED-TTL:PT1H',
		`URL:${url}`,
		...ZONE,
		...stops.slice(0, MOST).flatMap((stop) => eventOf(stop, calendar)),
		'END:VCALENDAR',
		''
	]
		.map(folded)
		.join('\r\n');
}
