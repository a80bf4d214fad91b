import { addDays } from '#lib/domain/dates.ts';
import { newId } from '#lib/domain/ids.ts';
import { draw, seeded } from '#lib/server/demo/random.ts';
import { insertRows } from '#lib/server/storage/many-rows.ts';
import type { Database } from '#lib/server/storage/schema.ts';
import type { Store } from '#lib/server/storage/store.ts';

/**
 * A made-up register of the size of the ALPO register of 2011–2013: 60 000 contacts of 27 000 clients at 17 advice points. Of that register these are
 * published, and kept here: how long the clients of the contacts had lived in Finland, in per cent, and statements in words (over half aged 25–44,
 * almost three quarters from third countries, …). EVERY OTHER MARGIN IS INVENTED, and says so in its name. Source of what is published: the
 * final publication of ALPO's support structure; docs/register.md.
 */
export const CONTACTS = 60_000;
export const CLIENTS = 27_000;
export const FROM = '2011-01-01';
export const TO = '2013-12-31';
const DAYS = 1096;

/** Published: contacts by length of residence, per cent. */
export const PUBLISHED_RESIDENCE = {
	'not-in-finland': 4,
	'under-1': 16,
	'1-3': 30,
	'3-5': 18,
	'over-5': 21,
	unknown: 11
} as const;

type Weights = readonly (readonly [string, number])[];

/** Invented but for what is published in words: over half of contacts were by clients aged 25–44. */
const INVENTED_AGE: Weights = [['0-14', 1], ['15-24', 17], ['25-44', 54], ['45-64', 20], ['65-', 4], ['unknown', 4]]; // prettier-ignore
/** Invented but for "almost three quarters third-country nationals". */
const INVENTED_CITIZENSHIP: Weights = [['third-country', 73], ['eu-eea-ch', 15], ['fi', 6], ['nordic', 1], ['stateless', 1], ['unknown', 4]]; // prettier-ignore
/** Invented but for the order: Russia, Estonia, Iraq came first. */
const INVENTED_ORIGIN: Weights = [['RU', 24], ['EE', 13], ['IQ', 10], ['SO', 8], ['TH', 7], ['AF', 6], ['VN', 5], ['CN', 4], ['TR', 4], ['unknown', 19]]; // prettier-ignore
/** Invented but for the order: family ties, being a refugee, work came first. */
const INVENTED_GROUND: Weights = [['family', 34], ['protection', 22], ['work', 15], ['study', 8], ['return', 6], ['eu', 6], ['other', 3], ['unknown', 6]]; // prettier-ignore
/** Invented but for the order: clearing up decisions, filling in forms, permits came first. */
const INVENTED_TOPIC: Weights = [['forms-decisions.decision-explained', 22], ['forms-decisions.form-filling', 19], ['permits.residence-permit', 15], ['social-security', 9], ['work', 9], ['housing', 7], ['language.language-course', 7], ['education', 5], ['health', 4], ['family', 3]]; // prettier-ignore
/** Invented; nothing is published of it but that all kinds came. */
const INVENTED_EDUCATION: Weights = [['none', 6], ['basic', 24], ['upper-secondary-vocational', 22], ['upper-secondary-general', 13], ['bachelor', 12], ['master', 11], ['unknown', 12]]; // prettier-ignore
/** Invented; that unemployed, those in training and employed were large groups is published. */
const INVENTED_EMPLOYMENT: Weights = [['unemployed', 28], ['training', 22], ['employed', 21], ['home', 9], ['student', 8], ['pensioner', 3], ['unknown', 9]]; // prettier-ignore
const INVENTED_LANGUAGE: Weights = [['ru', 30], ['en', 16], ['fi', 15], ['ar', 12], ['et', 10], ['so', 7], ['th', 4], ['unknown', 6]]; // prettier-ignore
const INVENTED_CHANNEL: Weights = [
	['walk-in', 58],
	['appointment', 14],
	['phone', 18],
	['email', 10]
];

/** Each class with exactly its share of `total`, in a random order: what is published is met to the contact, not roughly. */
function exactly(shares: Readonly<Record<string, number>>, total: number, random: () => number): string[] {
	const all = Object.entries(shares).flatMap(([code, percent]) =>
		Array.from({ length: (total * percent) / 100 }, () => code)
	);
	for (let at = all.length - 1; at > 0; at -= 1) {
		const other = Math.floor(random() * (at + 1));
		[all[at], all[other]] = [all[other]!, all[at]!];
	}
	return all;
}

export interface AlpoContact {
	row: Omit<Database['visit_facts'], 'organisation_id'>;
	/** Which of the 27 000 clients; the register itself holds no such thing, only cards. */
	client: number;
}

/** The contacts, in no order. The same seed gives the same register. */
export function* alpoContacts(seed = 2013): Generator<AlpoContact> {
	const random = seeded(seed);
	const fill = (bytes: Uint8Array) => bytes.map(() => Math.floor(random() * 256));
	const id = () => newId(0, fill);
	const residence = exactly(PUBLISHED_RESIDENCE, CONTACTS, random);
	const points = Array.from({ length: 17 }, (_, at) => ({ desk: id(), municipality: INVENTED_PLACES[at % INVENTED_PLACES.length]! })); // prettier-ignore
	const advisers = Array.from({ length: 34 }, id);
	const lasting = Array.from({ length: CLIENTS }, () => ({
		citizenship: draw(random, INVENTED_CITIZENSHIP),
		origin: draw(random, INVENTED_ORIGIN),
		ground: draw(random, INVENTED_GROUND),
		age: draw(random, INVENTED_AGE),
		education: draw(random, INVENTED_EDUCATION),
		language: draw(random, INVENTED_LANGUAGE)
	}));
	for (const [at, length] of residence.entries()) {
		// Every client comes once; the others come back.
		const client = at < CLIENTS ? at : Math.floor(random() * CLIENTS);
		const who = lasting[client]!;
		const point = points[Math.floor(random() * points.length)]!;
		const topics = [draw(random, INVENTED_TOPIC), ...(random() < 0.3 ? [draw(random, INVENTED_TOPIC)] : [])];
		yield {
			client,
			row: {
				visit_id: id(),
				date: addDays(FROM, Math.floor(random() * DAYS)),
				municipality: point.municipality,
				client_municipality: length === 'not-in-finland' ? 'abroad' : point.municipality,
				desk_id: point.desk,
				membership_id: advisers[Math.floor(random() * advisers.length)]!,
				channel: draw(random, INVENTED_CHANNEL),
				language: who.language,
				interpreting: '',
				duration: '',
				client_status: at < CLIENTS ? 'new' : 'returning',
				residence_length: length,
				residence_ground: who.ground,
				age_band: who.age,
				citizenship_group: who.citizenship,
				origin: who.origin,
				education: who.education,
				employment: draw(random, INVENTED_EMPLOYMENT),
				topics: JSON.stringify([...new Set(topics)]),
				participants: '',
				referrals: '',
				follow_up: ''
			}
		};
	}
}

/** Invented: where the advice points stood in this register. */
const INVENTED_PLACES = ['140', '091', '049', '092', '837', '853', '564', '398', '285', '297', '491', '109'];

const BATCH = 5000;

/** Fills an organisation's register with them, as the bench fills its own; each client has a card, whose code nobody has. */
export async function fillAlpo(
	store: Store,
	organisation: string,
	contacts: Iterable<AlpoContact>
): Promise<void> {
	let rows: Database['visit_facts'][] = [];
	let cards: Database['card_links'][] = [];
	const flush = async () => {
		const [facts, links] = [rows, cards];
		[rows, cards] = [[], []];
		await store.write(async (trx) => {
			await insertRows(trx, store, 'visit_facts', facts);
			await insertRows(trx, store, 'card_links', links);
		});
	};
	for (const { row, client } of contacts) {
		rows.push({ organisation_id: organisation, ...row });
		cards.push({ organisation_id: organisation, visit_id: row.visit_id, card: `client ${client}` });
		if (rows.length >= BATCH) await flush();
	}
	await flush();
}
