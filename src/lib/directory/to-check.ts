import type { Service } from '#lib/domain/service.ts';

/**
 * Which entries of the directory somebody should look at, and in which order.
 *
 * - `reported`: an adviser says that something is wrong, and nobody has answered
 * - `differs`: two people wrote the same field
 * - `overtaken`: the source has changed what somebody has edited here
 * - `broken`: a web page of it could not be had on several days
 * - `unverified`, `stale`: never checked by a person, or longer ago than half a year
 * - `untranslated`: clients of the organisation's languages find nothing in theirs
 */
export type Reason =
	'reported' | 'differs' | 'overtaken' | 'broken' | 'unverified' | 'stale' | 'untranslated';

export interface Checked {
	service: Service;
	reasons: Reason[];
	/** Days since the last check; undefined: there was none. */
	age: number | undefined;
	/** Visits that sent a client on to it. */
	used: number;
	/** How often clients were shown its unchecked text. */
	shown: number;
}

/** What is known of an entry besides itself. */
export interface Around {
	reported: boolean;
	differs: boolean;
	overtaken: boolean;
	broken: boolean;
	used: number;
	shown: number;
}

const DAY = 86_400_000;
/** An entry checked longer ago than this should be checked again, days (ux.md §6.6). */
const FRESH = 183;
/** An entry that nobody ever checked stands among those of a year ago. */
const NEVER = 365;
/** A card in fewer languages than this helps few clients. */
const FEW_LANGUAGES = 2;

export function checkOf(service: Service, around: Around, now: number): Checked {
	const { verified } = service;
	const age = verified ? Math.floor((now - Date.parse(`${verified.on}T00:00:00Z`)) / DAY) : undefined;
	const reasons: Reason[] = [];
	if (around.reported) reasons.push('reported');
	if (around.differs) reasons.push('differs');
	if (around.overtaken) reasons.push('overtaken');
	if (around.broken) reasons.push('broken');
	if (age === undefined) reasons.push('unverified');
	else if (age > FRESH) reasons.push('stale');
	if (Object.keys(service.name).length < FEW_LANGUAGES) reasons.push('untranslated');
	return { service, reasons, age, used: around.used, shown: around.shown };
}

/** Reasons that do not wait, the first one most of all. */
const URGENT: readonly Reason[] = ['reported', 'differs', 'overtaken', 'broken'];

function urgency({ reasons }: Checked): number {
	const at = URGENT.findIndex((reason) => reasons.includes(reason));
	return at < 0 ? URGENT.length : at;
}

/** Days overdue, more where it is used more: each tenfold use counts like half a year. */
const weight = ({ age, used, shown }: Checked): number =>
	(age ?? NEVER) + FRESH * Math.log10(1 + used + shown);

/** What somebody should look at first stands first. An entry that has ended needs nobody, unless somebody reports it. */
export function inOrder(list: readonly Checked[]): Checked[] {
	const stands = list.filter(
		({ service, reasons }) => service.status !== 'ended' || reasons.includes('reported')
	);
	return stands.sort((a, b) => urgency(a) - urgency(b) || weight(b) - weight(a));
}
