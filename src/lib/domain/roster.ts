import { usualCode } from './codes/language-names.ts';
import { addDays, helsinki } from './dates.ts';
import { holidaysOn } from './holidays.ts';
import type { LanguageHelp } from './language-help.ts';
import { daysBetween } from './recurrence.ts';
import { deskIsOpen, hoursOn, plannedBetween, type TimedDay, type PlannedStop, type Stop } from './stops.ts';
import type { Desk, Reception } from './tour.ts';

/** Who serves in which language (Finnish: kieliluettelo): receptions of the tour and language help as one answer. */

/** What the answer is made from. */
export interface Roster {
	desks: readonly Desk[];
	receptions: readonly Reception[];
	help: readonly LanguageHelp[];
}

/** When somebody is there, instants in ms since 1970. `now` without `to`: always. */
export type When =
	| { kind: 'now'; to: number | undefined }
	| { kind: 'later'; from: number; to: number }
	| { kind: 'appointment' };

interface Timed {
	/** The language that is served, as its source names it. */
	language: string;
	when: When;
	/** Name of the other organisation whose it is; absent: our own. */
	from?: string;
}

/** A reception of the tour on its next day. */
export interface ReceptionOffer extends Timed {
	stop: Stop;
	desk: Desk;
	/** Others hold it that day: whether they speak the language nobody has said. */
	substituted: boolean;
}

interface HelpOffer extends Timed {
	help: LanguageHelp;
}

export type Offer = ReceptionOffer | HelpOffer;

export interface RosterAnswer {
	/** In the language itself: what is there now, longest first; then by time; then by appointment. */
	own: Offer[];
	/** In languages that whoever speaks it may also understand, in the same order. Offered, never taken for the language itself. */
	near: Offer[];
}

/**
 * Languages that speakers of the first one often understand besides it: varieties of one language, languages understood without learning them, and second
 * languages of the same country or school (Pashto and Dari in Afghanistan, Tigrinya and Amharic in Ethiopia, Russian in Ukraine). A hint to
 * ask, not a fact about anybody.
 */
const NEAR: Readonly<Record<string, readonly string[]>> = {
	am: ['ti'],
	bs: ['hr', 'sr'],
	ckb: ['ku'],
	fa: ['prs'],
	hr: ['bs', 'sr'],
	ku: ['ckb'],
	prs: ['fa', 'ps'],
	ps: ['prs'],
	sr: ['bs', 'hr'],
	ti: ['am'],
	uk: ['ru']
};

const primary = (tag: string) => usualCode(tag).replace(/-.*/s, '');

/** Whether something offered in `offered` serves whoever speaks `wanted`: as the language itself, or as one close to it. */
export function serves(offered: string, wanted: string): 'own' | 'near' | undefined {
	if (usualCode(offered) === usualCode(wanted)) return 'own';
	// Another region or script of the same language: close, and no more.
	if (primary(offered) === primary(wanted)) return 'near';
	return NEAR[primary(wanted)]?.includes(primary(offered)) ? 'near' : undefined;
}

/** How far is looked ahead, days from today: in steps, because most are found in the first. */
const WINDOWS = [
	[-1, 13],
	[14, 69],
	[70, 370]
] as const;

/** The first stop that is not over and that passes; `stops` gives those of some days, earliest first. */
function firstStop<T extends TimedDay>(
	stops: (from: string, to: string) => T[],
	now: number,
	passes: (stop: T) => boolean
): T | undefined {
	const today = helsinki(now).date;
	for (const [from, to] of WINDOWS) {
		const found = stops(addDays(today, from), addDays(today, to)).find(
			(stop) => stop.to > now && passes(stop)
		);
		if (found) return found;
	}
	return undefined;
}

const whenOf = ({ from, to }: TimedDay, now: number): When =>
	from <= now ? { kind: 'now', to } : { kind: 'later', from, to };

/** Whether a reception has others that day in the place of its advisers. */
const isSubstituted = ({ reception, date }: Stop) => Array.isArray(reception[`held_${date}`]);

/** The next day of a reception and, where a substitute holds that, the next with its own advisers, too. */
function receptionStops(reception: Reception, desk: Desk, now: number): PlannedStop[] {
	const planned = (from: string, to: string) => plannedBetween([reception], from, to);
	const isHeld = ({ cancelled, date }: PlannedStop) => cancelled === undefined && deskIsOpen(desk, date);
	const next = firstStop(planned, now, isHeld);
	if (!next || !isSubstituted(next)) return next ? [next] : [];
	const own = firstStop(planned, now, (stop) => isHeld(stop) && !isSubstituted(stop));
	return own ? [next, own] : [next];
}

/** Days on which language help has hours, with those hours, earliest first. */
function helpStops({ times, validUntil }: LanguageHelp, from: string, to: string): TimedDay[] {
	if (times.kind !== 'hours') return [];
	const last = validUntil && validUntil < to ? validUntil : to;
	const { start, end, rule, notOnHolidays } = times;
	return daysBetween(rule, start.slice(0, 10), from, last)
		.days.filter((day) => !notOnHolidays || holidaysOn(day).length === 0)
		.map((day) => hoursOn({ start, end }, day));
}

function helpWhen(help: LanguageHelp, now: number): When | undefined {
	if (help.times.kind === 'hours') {
		const next = firstStop(
			(from, to) => helpStops(help, from, to),
			now,
			() => true
		);
		return next && whenOf(next, now);
	}
	if (help.validUntil && help.validUntil < helsinki(now).date) return undefined;
	return help.times.kind === 'always' ? { kind: 'now', to: undefined } : { kind: 'appointment' };
}

const ORDER = { now: 0, later: 1, appointment: 2 };

/** Names an offer in a list, and tells apart last, so that every phone shows the same order. */
export const offerKey = (offer: Offer): string =>
	'help' in offer ? offer.help.id : `${offer.stop.reception.id} ${offer.stop.date}`;

function inOrder(a: Offer, b: Offer): number {
	const byTime =
		a.when.kind === 'now' && b.when.kind === 'now'
			? (b.when.to ?? Infinity) - (a.when.to ?? Infinity) || 0
			: a.when.kind === 'later' && b.when.kind === 'later'
				? a.when.from - b.when.from || a.when.to - b.when.to
				: ORDER[a.when.kind] - ORDER[b.when.kind];
	return byTime || (offerKey(a) < offerKey(b) ? -1 : 1);
}

/** The offered language that serves best, and how. */
function match(
	offered: readonly string[],
	wanted: string
): { language: string; how: 'own' | 'near' } | undefined {
	const near = offered.find((one) => serves(one, wanted) !== undefined);
	const own = offered.find((one) => serves(one, wanted) === 'own');
	if (own !== undefined) return { language: own, how: 'own' };
	return near === undefined ? undefined : { language: near, how: 'near' };
}

/** Adds what one roster has to the answer, in no order. */
function collect(
	answer: RosterAnswer,
	wanted: string,
	{ desks, receptions, help }: Roster,
	now: number,
	from?: string
): void {
	const of = from === undefined ? {} : { from };
	const byId = new Map(desks.map((desk) => [desk.id, desk]));
	for (const reception of receptions) {
		const found = match(reception.languages, wanted);
		const desk = found && byId.get(reception.desk);
		if (!found || !desk) continue;
		for (const stop of receptionStops(reception, desk, now))
			answer[found.how].push({
				language: found.language,
				when: whenOf(stop, now),
				stop,
				desk,
				substituted: isSubstituted(stop),
				...of
			});
	}
	for (const one of help) {
		const found = match(one.languages, wanted);
		const when = found && helpWhen(one, now);
		if (found && when) answer[found.how].push({ language: found.language, when, help: one, ...of });
	}
}

/**
 * Who serves in a language from `now` (ms since 1970) on, within a year. What is cancelled, over, or at a desk that is closed or unknown here is not there.
 *
 * @param wanted BCP 47
 * @param shared rosters of other organisations, each with its name: their offers stand among ours by time
 */
export function whoServes(
	wanted: string,
	roster: Roster,
	now: number,
	shared: readonly { name: string; roster: Roster }[] = []
): RosterAnswer {
	const answer: RosterAnswer = { own: [], near: [] };
	collect(answer, wanted, roster, now);
	for (const other of shared) collect(answer, wanted, other.roster, now, other.name);
	answer.own.sort(inOrder);
	answer.near.sort(inOrder);
	return answer;
}

/** Languages that are served on a civil date, each once: by receptions that are held, and by language help that is always there or has hours. */
export function languagesServedOn(date: string, { desks, receptions, help }: Roster): string[] {
	const byId = new Map(desks.map((desk) => [desk.id, desk]));
	const held = plannedBetween(receptions, date, date).filter(({ cancelled, reception }) => {
		const desk = byId.get(reception.desk);
		return cancelled === undefined && desk !== undefined && deskIsOpen(desk, date);
	});
	const there = help.filter((one) =>
		one.times.kind === 'always'
			? !one.validUntil || date <= one.validUntil
			: helpStops(one, date, date).length > 0
	);
	return [
		...new Set(
			[
				...held.flatMap(({ reception }) => reception.languages),
				...there.flatMap(({ languages }) => languages)
			].map(usualCode)
		)
	];
}
