import { describe, expect, it } from 'vitest';
import type { Desk } from '#lib/domain/tour.ts';
import { readVisit, visitFault } from '#lib/domain/visit.ts';
import {
	changedFields,
	emptyValues,
	exactTopics,
	fromVisit,
	HERE,
	shownFields,
	toFields
} from './visit-values.ts';

const now = Date.parse('2026-03-06T09:32:00Z');
const DESK = '0190f000-0000-7000-8000-000000000001';
const desks: Desk[] = [{ id: DESK, name: 'Kiuruvesi, kirjasto', municipality: '263', placeType: 'library' }];
const plain = () => ({ ...emptyValues(now, DESK), language: 'ar', topics: ['permits'] });

describe('the fields of a visit', () => {
	it('hold what the device knows and what was answered, and nothing that was not asked', () => {
		expect(shownFields(plain(), desks)).toEqual({
			at: '2026-03-06T09:32:00.000Z',
			desk: DESK,
			deskMunicipality: '263',
			channel: 'roaming',
			language: 'ar',
			topics: ['permits']
		});
		expect(emptyValues(now, null).channel).toBe('phone');
	});

	it('never conclude where the client lives: only a tap says so', () => {
		expect(toFields(plain(), desks, now)['clientMunicipality']).toBeUndefined();
		expect(toFields({ ...plain(), clientMunicipality: HERE }, desks, now)['clientMunicipality']).toBe('263');
		expect(
			toFields({ ...plain(), desk: null, clientMunicipality: HERE }, desks, now)['clientMunicipality']
		).toBeUndefined();
	});

	it('keep “not known” apart from “not asked”', () => {
		const fields = shownFields({ ...plain(), residenceLength: 'unknown' }, desks);
		expect(fields['residenceLength']).toBe('unknown');
		expect(fields).not.toHaveProperty('education');
	});

	it('carry a language that was left open as not known', () => {
		expect(toFields({ ...plain(), language: undefined }, desks, now)['language']).toBe('unknown');
	});

	it('pass the register’s own check, note and all', () => {
		const values = {
			...plain(),
			topics: ['permits', 'permits.citizenship', 'other'],
			topicText: '  kirjastokortti ',
			referrals: [{ to: 'migri' }],
			actions: ['booking'],
			origin: 'SY',
			note: `${'x'.repeat(499)}\ud83d\ude00\0 `
		};
		const fields = shownFields(values, desks);
		expect(visitFault(fields)).toBeUndefined();
		expect(fields['topics']).toEqual(['permits.citizenship', 'other']);
		expect(fields['topicText']).toBe('kirjastokortti');
		const note = Object.entries(fields).find(([name]) => name.startsWith('notes/'))?.[1];
		expect(note).toMatchObject({ text: 'x'.repeat(499) });
	});

	it('leave out the text of “other” when “other” is no topic any more', () => {
		expect(shownFields({ ...plain(), topicText: 'kirjastokortti' }, desks)).not.toHaveProperty('topicText');
	});

	it('name a group only where nothing more exact was chosen', () => {
		expect(exactTopics(['work', 'money', 'work.job-search'])).toEqual(['money', 'work.job-search']);
	});
});

describe('a change of a saved visit', () => {
	const visit = readVisit('0190f000-0000-7000-8000-000000000009', shownFields(plain(), desks));

	it('writes what was altered and nothing else', () => {
		const before = fromVisit(visit);
		expect(changedFields(before, { ...before, topics: ['work'] }, desks, now)).toEqual({ topics: ['work'] });
		expect(changedFields(before, { ...before }, desks, now)).toEqual({});
	});

	it('empties a list, and turns an answer that is taken back into “not known”', () => {
		const before = { ...fromVisit(visit), actions: ['booking'], ageBand: '25-44' };
		expect(changedFields(before, { ...before, actions: [], ageBand: undefined }, desks, now)).toEqual({
			actions: [],
			ageBand: 'unknown'
		});
	});

	it('adds a note and never touches another', () => {
		const before = fromVisit(visit);
		const changed = changedFields(before, { ...before, note: 'Soittaa huomenna' }, desks, now);
		expect(Object.keys(changed)).toEqual([expect.stringMatching(/^notes\//)]);
	});

	it('writes a card and the consent to it together, and takes both off', () => {
		const consent = { language: 'ar', text: 'fi-0123456789ab', on: '2026-03-06', how: 'read' };
		const [one, other] = ['ACDEFHJKMPRT', '222222222222'];
		const none = fromVisit(visit);
		const first = { ...none, clientCard: one, cardConsent: consent };
		expect(changedFields(none, first, desks, now)).toEqual({ clientCard: one, cardConsent: consent });
		// The same answer on the same day, of another card.
		expect(changedFields(first, { ...first, clientCard: other }, desks, now)).toEqual({
			clientCard: other,
			cardConsent: consent
		});
		// A card of before consents were written down, whose client was asked now.
		expect(changedFields({ ...none, clientCard: one }, first, desks, now)).toEqual({
			clientCard: one,
			cardConsent: consent
		});
		expect(changedFields(first, none, desks, now)).toEqual({ clientCard: null, cardConsent: null });
		expect(changedFields({ ...none, clientCard: one }, none, desks, now)).toEqual({ clientCard: null });
		expect(changedFields({ ...none, clientCard: one }, { ...none, clientCard: one }, desks, now)).toEqual({});
	});
});
