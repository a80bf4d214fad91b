import { nextClock } from '#lib/domain/clock.ts';
import { addDays, helsinki, instantOf } from '#lib/domain/dates.ts';
import { newId } from '#lib/domain/ids.ts';
import type { JsonValue } from '#lib/domain/json.ts';
import { VISIT_SCHEMA } from '#lib/domain/visit.ts';
import { weekday } from '#lib/domain/weeks.ts';
import type { ReceivedOp } from '#lib/server/sync/effects.ts';
import { ADVISER_LANGUAGES, DEMO_DESKS, DEMO_TOUR, type DemoDesk } from './organisation.ts';
import { draw, seeded } from './random.ts';

/** How many contacts the demo invents, and over how many days before its start. */
const DEMO_CONTACTS = 2000;
const DAYS = 365;

/** Shares of the ALPO register 2011-2013, per cent of contacts. */
const RESIDENCE = [
	['not-in-finland', 4],
	['under-1', 16],
	['1-3', 30],
	['3-5', 18],
	['over-5', 21],
	['unknown', 11]
] as const;

// Everything below is invented, and the product says so.
const LANGUAGES = [
	['ru', 26],
	['uk', 17],
	['et', 12],
	['ar', 11],
	['en', 9],
	['fi', 8],
	['so', 5],
	['th', 4],
	['fa', 4],
	['vi', 2],
	['zh', 1],
	['tr', 1]
] as const;
const TOPICS = [
	['forms-decisions.form-filling', 17],
	['forms-decisions.decision-explained', 14],
	['permits.residence-permit', 13],
	['permits.population-register', 6],
	['permits.citizenship', 5],
	['social-security', 12],
	['work', 10],
	['language.language-course', 7],
	['housing', 6],
	['education', 5],
	['health', 4],
	['family', 4],
	['money', 4],
	['everyday', 4],
	['integration', 3]
] as const;
const ACTIONS = [
	['guidance', 40],
	['form-help', 28],
	['letter-explained', 16],
	['contact-made', 8],
	['booking', 8]
] as const;
const PARTNERS = [
	['kela', 30],
	['employment-authority', 16],
	['migri', 15],
	['wellbeing-social', 12],
	['dvv', 10],
	['tax', 6],
	['educational-institution', 6],
	['ngo', 5]
] as const;
const HOW = [
	['told', 52],
	['called-together', 21],
	['booked', 13],
	['letter', 9],
	['accompanied', 5]
] as const;
/** What came of a referral, where somebody has heard of it. */
const RESULTS = [
	['yes', 74],
	['no', 11],
	['unknown', 15]
] as const;
/** So many days after a referral the adviser may have heard what came of it. */
const HEARD_AFTER = 21;
const DURATIONS = [
	['5-15', 45],
	['15-30', 35],
	['0-5', 10],
	['30-60', 10]
] as const;
const INTERPRETERS = [
	['interpreter-phone', 60],
	['companion', 20],
	['machine', 20]
] as const;

/** Contacts of each desk, in proportion to the square root of its residents with a foreign language; they sum to `total`. */
function contactsByDesk(total: number): Map<DemoDesk, number> {
	const roots = DEMO_DESKS.map((desk) => [desk, Math.sqrt(desk.residents)] as const);
	const sum = roots.reduce((all, [, root]) => all + root, 0);
	const shares = new Map(roots.map(([desk, root]) => [desk, Math.floor((total * root) / sum)]));
	const [largest] = DEMO_DESKS;
	const missing = total - [...shares.values()].reduce((all, count) => all + count, 0);
	if (largest) shares.set(largest, (shares.get(largest) ?? 0) + missing);
	return shares;
}

/** The invented contacts of the year before `start` (ms), oldest first, as ops of the invented adviser. Same start, same ops. */
export function demoVisits(start: number, replica: string): ReceivedOp[] {
	const random = seeded(Math.floor(start / 1000));
	const heardBefore = addDays(helsinki(start).date, -HEARD_AFTER);
	const fill = (bytes: Uint8Array) => bytes.map(() => Math.floor(random() * 256));
	const today = helsinki(start).date;
	const moments: { at: number; desk: DemoDesk }[] = [];
	for (const [desk, contacts] of contactsByDesk(DEMO_CONTACTS)) {
		const stops = DEMO_TOUR.filter((stop) => stop.municipality === desk.municipality);
		const days: { from: number; to: number }[] = [];
		for (let day = addDays(today, -DAYS); day < today; day = addDays(day, 1)) {
			for (const stop of stops) {
				if (stop.weekday === weekday(day))
					days.push({ from: instantOf(day, stop.from), to: instantOf(day, stop.to) });
			}
		}
		for (let count = 0; count < contacts; count += 1) {
			const day = days[Math.floor(random() * days.length)]!;
			moments.push({ at: Math.floor((day.from + random() * (day.to - day.from)) / 60_000) * 60_000, desk });
		}
	}
	moments.sort((a, b) => a.at - b.at);
	return moments.map(({ at, desk }, index) => ({
		opId: newId(at, fill),
		replica,
		seq: index + 1,
		collection: 'visit',
		recordId: newId(at, fill),
		fields: {
			...inventedFields(at, desk, random, helsinki(at).date < heardBefore),
			...inventedFollowUp(at, index, today)
		},
		clock: nextClock(at, replica),
		schema: VISIT_SCHEMA
	}));
}

/** Of the last days' contacts every eighth is followed up after ten days: those days are still to come. */
function inventedFollowUp(at: number, index: number, today: string): Record<string, JsonValue> {
	const followUp = addDays(helsinki(at).date, 10);
	return index % 8 === 0 && followUp > today ? { followUp } : {};
}

function inventedFields(
	at: number,
	desk: DemoDesk,
	random: () => number,
	heard: boolean
): Record<string, JsonValue> {
	const language = draw(random, LANGUAGES);
	const topics = new Set<string>([draw(random, TOPICS)]);
	if (random() < 0.3) topics.add(draw(random, TOPICS));
	const referred = random() < 0.35;
	return {
		at: new Date(at).toISOString(),
		desk: desk.id,
		deskMunicipality: desk.municipality,
		channel: 'roaming',
		language,
		interpreting: ADVISER_LANGUAGES.includes(language) ? 'own-language' : draw(random, INTERPRETERS),
		topics: [...topics],
		actions: [draw(random, ACTIONS)],
		duration: draw(random, DURATIONS),
		residenceLength: draw(random, RESIDENCE),
		...(random() < 0.6 ? { clientMunicipality: desk.municipality } : {}),
		...(random() < 0.7 ? { clientStatus: random() < 0.4 ? 'new' : 'returning' } : {}),
		...(referred ? inventedReferral(random, heard) : {})
	};
}

function inventedReferral(random: () => number, heard: boolean): Record<string, JsonValue> {
	const to = draw(random, PARTNERS);
	const referrals = [{ to, how: draw(random, HOW) }];
	return heard && random() < 0.6
		? { referrals, takenUp: [{ to, result: draw(random, RESULTS) }] }
		: { referrals };
}
