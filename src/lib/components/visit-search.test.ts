import { describe, expect, it } from 'vitest';
import type { Desk } from '#lib/domain/tour.ts';
import type { RecordState } from '#lib/domain/record.ts';
import { visitSearch } from './visit-search.ts';

const DESK = '0190f000-0000-7000-8000-000000000001';
const desks: Desk[] = [{ id: DESK, name: 'Vieremä, kirjasto', municipality: '925', placeType: 'library' }];

const state = (fields: Record<string, unknown>): RecordState => ({
	heads: Object.fromEntries(
		Object.entries(fields).map(([field, value]) => [field, [{ value, clock: '1', author: 'a', opId: 'o' }]])
	) as unknown as RecordState['heads'],
	seen: {} as RecordState['seen']
});

const entry = (fields: Record<string, unknown>) => ({
	id: '0190f000-0000-7000-8000-000000000009',
	state: state(fields),
	glance: { desk: (fields['desk'] as string) ?? null, language: undefined, topics: [], referred: false }
});

const visit = entry({
	desk: DESK,
	language: 'ar',
	topics: ['other', 'work'],
	topicText: 'Polttopuut',
	'notes/0190f000-0000-7000-8000-00000000000a': {
		text: 'Soitti Työttömyyskassaan',
		at: '2026-03-06T09:05:00Z'
	}
});

const finds = (query: string) => visitSearch(query, desks, 'fi')(visit);

describe('the search of visits', () => {
	it('finds by topic, language, place, note and what the other matter was', () => {
		for (const query of ['yrittäjyys', 'arabia', 'vieremä', 'työttömyyskassa', 'polttopuu', '', '  '])
			expect(finds(query), query).toBe(true);
		for (const query of ['venäjä', 'kiuruvesi', 'asunto']) expect(finds(query), query).toBe(false);
	});

	it('finds by the name that the organisation has given a topic of its own, as it is called now', () => {
		const topics = ['housing.own-4k2m'];
		const other = { ...entry({ topics }), glance: { ...visit.glance, topics } };
		const named = (fi: string) => ({ topics: new Map([['housing.own-4k2m', { fi }]]) });
		const search = (query: string, name: string) => visitSearch(query, desks, 'fi', named(name))(other);
		expect(search('mokki', 'Mökkitalkoot')).toBe(true);
		expect(search('mokki', 'Talkoot')).toBe(false);
		expect(visitSearch('mokki', desks, 'fi')(other)).toBe(false);
	});

	it('takes parts of words in any spelling, and wants all words', () => {
		expect(finds('tyottom')).toBe(true);
		expect(finds('VIEREMA arab')).toBe(true);
		expect(finds('vieremä venäjä')).toBe(false);
	});
});
