import { calendarText } from '#lib/directory/where-when/calendar.ts';
import { publicStops, type PublicStop } from '#lib/directory/where-when/coming.ts';
import { townName } from '#lib/directory/where-when/subject-name.ts';
import { weekdayName } from '#lib/directory/where-when/weekday-names.ts';
import { tourPath } from '#lib/directory/take-away/public-address.ts';
import { addDays, formatDate, formatTimeRange, helsinki } from '#lib/domain/dates.ts';
import { weekday } from '#lib/domain/weeks.ts';
import type { PublicTour } from '#lib/server/tour/public-tour.ts';
import { mailWords, type MailLanguage } from './mail-words.ts';
import { oneLine, subjectLine } from './one-line.ts';

/** What a mail says: plain text, and a file that goes along. */
export interface MailText {
	subject: string;
	text: string;
	/** iCalendar. */
	calendar: string | null;
}

/** Whom a mail is for, and of what. */
export interface MailAbout {
	organisation: string;
	/** Official municipality code. */
	municipality: string;
	language: MailLanguage;
	/** Of this server, for links. */
	origin: string;
	now: number;
}

/** How far ahead the next days are looked for, days, and how many are named. */
const AHEAD = 60;
const NAMED = 4;

const dayWords = ({ date }: PublicStop, language: MailLanguage): string =>
	`${weekdayName(weekday(date), language)} ${formatDate(date, language, 'date')}`;

const placeWords = ({ desk }: PublicStop): string =>
	[desk.name, desk.room, desk.address]
		.flatMap((part) => (part ? oneLine(part) : []))
		.filter((part) => part !== '')
		.join(', ');

/** One day on a line of its own. */
function stopLine(stop: PublicStop, language: MailLanguage): string {
	const times = formatTimeRange(helsinki(stop.from).time, helsinki(stop.to).time, language);
	return `- ${dayWords(stop, language)} ${mailWords[language].clock}${times}, ${placeWords(stop)}`;
}

/** What everything ends with: from whom it is, and why. */
function foot(organisation: string, demo: boolean, { language, municipality }: MailAbout): string[] {
	const words = mailWords[language];
	return [
		words.greeting,
		oneLine(organisation),
		'',
		...(demo ? [words.demo] : []),
		words.why(townName(municipality, language).text)
	];
}

function subjectOf(
	cancelled: readonly PublicStop[],
	held: readonly PublicStop[],
	{ language, municipality }: MailAbout
): string {
	const words = mailWords[language];
	const town = townName(municipality, language).text;
	const [one] = [...cancelled, ...held];
	if (one && cancelled.length + held.length === 1)
		return (one.cancelled ? words.cancelledOne : words.heldOne)(one.desk.name, dayWords(one, language));
	return cancelled.length > 0
		? words.cancelledSome(cancelled.length, town)
		: words.heldSome(held.length, town);
}

/** A mail that some days of a municipality were cancelled, and that others are held after all. Of those days it says what the public page says. */
export function dayMail(days: readonly PublicStop[], found: PublicTour, about: MailAbout): MailText {
	const { organisation, municipality, language, origin, now } = about;
	const words = mailWords[language];
	const inOrder = days.toSorted((a, b) => a.from - b.from);
	const cancelled = inOrder.filter((stop) => stop.cancelled);
	const held = inOrder.filter((stop) => !stop.cancelled);
	const subject = { kind: 'municipality', code: municipality } as const;
	const today = helsinki(now).date;
	const next = publicStops(found.tour, subject, today, addDays(today, AHEAD))
		.filter((stop) => !stop.cancelled && stop.from > now)
		.slice(0, NAMED);
	const url = `${origin}${tourPath(organisation, subject, language)}`;
	const lines = (heading: string, stops: readonly PublicStop[]) =>
		stops.length === 0 ? [] : [heading, ...stops.map((stop) => stopLine(stop, language)), ''];
	return {
		subject: subjectLine(subjectOf(cancelled, held, about)),
		text: [
			words.hello,
			'',
			...lines(words.cancelled(cancelled.length), cancelled),
			...lines(words.held(held.length), held),
			...(next.length === 0 ? [words.none, ''] : lines(words.next, next)),
			words.page,
			url,
			'',
			...foot(found.name, found.demo, about),
			''
		].join('\n'),
		calendar: calendarText({
			organisation,
			name: townName(municipality, language).text,
			language,
			url,
			demo: found.demo,
			stops: inOrder,
			changedAt: found.changedAt
		})
	};
}

/** A mail that only says that mails arrive, and of what. */
export function trialMail(
	organisation: { name: string; demo: boolean },
	about: MailAbout,
	tells: boolean
): MailText {
	const words = mailWords[about.language];
	const name = oneLine(organisation.name);
	return {
		subject: subjectLine(words.trialSubject(name)),
		text: [
			words.hello,
			'',
			words.trial(name),
			...(tells ? [words.trialTells] : []),
			'',
			words.page,
			`${about.origin}${tourPath(about.organisation, { kind: 'municipality', code: about.municipality }, about.language)}`,
			'',
			...foot(organisation.name, organisation.demo, about),
			''
		].join('\n'),
		calendar: null
	};
}
