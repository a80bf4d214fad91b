import { describe, expect, it } from 'vitest';
import { nextClock } from '#lib/domain/clock.ts';
import type { JsonValue } from '#lib/domain/json.ts';
import { factsOfSaid, type VisitFacts } from '#lib/domain/visit-facts.ts';
import { readFacts, writeFacts } from './facts-text.ts';

const values: Record<string, JsonValue> = {
	at: '2026-02-28T22:30:00Z',
	desk: '01980000-0000-7000-8000-000000000263',
	deskMunicipality: '263',
	clientMunicipality: '925',
	channel: 'in-person',
	language: 'ar',
	interpreting: 'phone',
	duration: '15-30',
	clientStatus: 'new',
	residenceLength: 'under-1',
	residenceGround: 'family',
	ageBand: '25-34',
	citizenshipGroup: 'third-country',
	origin: 'IQ',
	education: 'upper-secondary',
	employment: 'unemployed',
	topics: ['housing', 'work', 'housing'],
	participants: [
		{ language: 'ru', count: 2 },
		{ language: 'ar', count: 1 },
		{ language: 'ar', count: 2 }
	],
	referrals: [{ to: 'migri' }, { to: 'kela', how: 'told' }],
	takenUp: [{ to: 'kela', result: 'yes' }],
	followUp: null
};
const clock = nextClock(Date.UTC(2026, 2, 6, 12), '00000000000000aa', []);
const facts = factsOfSaid('v', { valueOf: (field) => values[field], clockOf: () => clock })!;

describe('what statistics count of a visit, as it lies in the vault', () => {
	// Fails where a rule of `factsOfSaid` has changed: count VERSION on and write down what it says now, or phones go on counting by the old rule.
	it('is what this version has always said', () => {
		expect(writeFacts(facts)).toBe(
			'[1,"2026-03-01","263","925","01980000-0000-7000-8000-000000000263","in-person","ar","phone","15-30","new","under-1","family","25-34",' +
				'"third-country","IQ","upper-secondary","unemployed",["housing","work"],"ar/3 ru/2","kela/told/yes migri//","P5D"]'
		);
	});

	it('comes out as it went in, and not at all where another version wrote it', () => {
		expect(readFacts(writeFacts(facts))).toEqual(facts satisfies VisitFacts);
		expect(readFacts(writeFacts(facts).replace('[1,', '[0,'))).toBeUndefined();
	});
});
