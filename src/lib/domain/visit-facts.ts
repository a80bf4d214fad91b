import { clockTime } from './clock.ts';
import { dayNumber, helsinki } from './dates.ts';
import type { JsonValue } from './json.ts';
import { removal, saidBy, type RecordState, type Said } from './record.ts';
import { backgroundFields, readVisit, type KnownValues, type VisitField } from './visit.ts';

/**
 * What statistics count of one visit. Phone and server make it with this same function, so that both count alike.
 * `''` means "not asked": it is a class of its own and never mixed with `unknown`.
 */
export interface VisitFacts {
	/** Civil date in Europe/Helsinki. */
	date: string;
	/** Municipality of the desk, or '' without a place. */
	municipality: string;
	clientMunicipality: string;
	desk: string;
	channel: string;
	language: string;
	interpreting: string;
	duration: string;
	clientStatus: string;
	residenceLength: string;
	residenceGround: string;
	ageBand: string;
	citizenshipGroup: string;
	origin: string;
	education: string;
	employment: string;
	topics: string[];
	/** How many took part, by language: `ar/3 ru/2`. Where nobody was counted it is one, of the language of the contact. */
	participants: string;
	/** Where the client was sent, how, and what came of it, each referral by itself: `kela/told/yes migri//`. `none/` is "not sent anywhere". */
	referrals: string;
	/** Day on which somebody looks how it went; `P12D` where somebody has looked, so many days after the contact; '' where nobody has to. */
	followUp: string;
}

/** The parts of a fact that is a list: participants, referrals. */
export const partsOf = (value: string): string[] => value.split(' ');

/** Fields that statistics look at; the others are not even read. */
const COUNTED = [
	'at',
	'deskMunicipality',
	'clientMunicipality',
	'desk',
	'channel',
	'language',
	'interpreting',
	'duration',
	'clientStatus',
	...backgroundFields,
	'topics',
	'participants',
	'referrals',
	'takenUp',
	'followUp'
] as const satisfies readonly VisitField[];

/** The facts of a record, or undefined where it counts for nothing: removed, or without a time. */
export function visitFacts(id: string, state: RecordState): VisitFacts | undefined {
	return removal(state) === 'yes' ? undefined : factsOfSaid(id, saidBy(state));
}

/** The same of a record that stands. */
export function factsOfSaid(id: string, { valueOf, clockOf }: Said): VisitFacts | undefined {
	const shown: Record<string, JsonValue> = {};
	for (const field of COUNTED) {
		const value = valueOf(field);
		if (value !== undefined) shown[field] = value;
	}
	return factsOfValues(readVisit(id, shown), clockOf('followUp'));
}

type Values = Readonly<Pick<KnownValues, (typeof COUNTED)[number]>>;

/**
 * The same of a record that stands, from values that have passed their schema. `followUpClock`: of the op that said last when somebody looks, or that nobody
 * has to any more.
 */
export function factsOfValues(visit: Values, followUpClock?: string): VisitFacts | undefined {
	if (!visit.at) return undefined;
	const { date } = helsinki(visit.at);
	return {
		date,
		municipality: visit.deskMunicipality ?? '',
		clientMunicipality: visit.clientMunicipality ?? '',
		desk: visit.desk ?? '',
		channel: visit.channel ?? '',
		language: visit.language ?? '',
		interpreting: visit.interpreting ?? '',
		duration: visit.duration ?? '',
		clientStatus: visit.clientStatus ?? '',
		residenceLength: visit.residenceLength ?? '',
		residenceGround: visit.residenceGround ?? '',
		ageBand: visit.ageBand ?? '',
		citizenshipGroup: visit.citizenshipGroup ?? '',
		origin: visit.origin ?? '',
		education: visit.education ?? '',
		employment: visit.employment ?? '',
		topics: [...new Set(visit.topics ?? [])],
		participants: participantsOf(visit),
		referrals: referralsOf(visit),
		followUp: followUpOf(visit.followUp, date, followUpClock)
	};
}

function participantsOf({ participants = [], language = '' }: Values): string {
	if (participants.length === 0) return `${language}/1`;
	const counts = new Map<string, number>();
	for (const one of participants) counts.set(one.language, (counts.get(one.language) ?? 0) + one.count);
	return [...counts]
		.map(([code, count]) => `${code}/${count}`)
		.sort()
		.join(' ');
}

/** In one order, so that the same referrals are the same value. */
function referralsOf({ referrals = [], takenUp = [] }: Values): string {
	if (referrals.length === 0) return '';
	return referrals
		.map(({ to, how = '' }) => {
			const result = takenUp.find((one) => one.to === to)?.result ?? '';
			return `${to}/${how}/${result}`;
		})
		.sort()
		.join(' ');
}

const YEAR_9999 = Date.UTC(9999);

/** Whoever ends a follow-up has looked how it went; the clock of that op says when, and no field of the visit does. */
function followUpOf(day: string | null | undefined, date: string, clock: string | undefined): string {
	if (day) return day;
	if (day === undefined || clock === undefined) return '';
	const looked = clockTime(clock);
	// A clock may be set to a year of five digits, which is no civil date.
	if (looked >= YEAR_9999) return '';
	return `P${Math.max(0, dayNumber(helsinki(looked).date) - dayNumber(date))}D`;
}
