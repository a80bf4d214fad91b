import type { VisitFacts } from '#lib/domain/visit-facts.ts';

/**
 * Version of `VisitFacts` and of the rules by which they are made. Whoever changes what comes out of `factsOfSaid` counts it on: what lies written by
 * another version is then made anew from the visit. facts-text.test.ts holds this version to what it has always said.
 */
const VERSION = 1;

/** Where each stands behind the version. */
const places = {
	date: 1,
	municipality: 2,
	clientMunicipality: 3,
	desk: 4,
	channel: 5,
	language: 6,
	interpreting: 7,
	duration: 8,
	clientStatus: 9,
	residenceLength: 10,
	residenceGround: 11,
	ageBand: 12,
	citizenshipGroup: 13,
	origin: 14,
	education: 15,
	employment: 16,
	topics: 17,
	participants: 18,
	referrals: 19,
	followUp: 20
} as const satisfies Record<keyof VisitFacts, number>;

const names = Object.keys(places) as (keyof VisitFacts)[];

/** What statistics count of a visit, in one line of text. */
export function writeFacts(facts: VisitFacts): string {
	return JSON.stringify([VERSION, ...names.map((name) => facts[name])]);
}

/** Reads what `writeFacts` wrote; undefined where another version of it did. */
export function readFacts(line: string): VisitFacts | undefined {
	const written = JSON.parse(line) as unknown[];
	if (written[0] !== VERSION) return undefined;
	return Object.fromEntries(names.map((name) => [name, written[places[name]]])) as unknown as VisitFacts;
}
