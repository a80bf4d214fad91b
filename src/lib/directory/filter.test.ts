import { describe, expect, it } from 'vitest';
import { byName, languagesUnknown, passes } from '#lib/directory/filter.ts';
import { sampleService } from '#lib/directory/sample-service.ts';

describe('passes', () => {
	const kela = sampleService({ topics: ['social-security.pension'], serviceLanguages: ['fi', 'sv'] });
	const local = sampleService({ kind: 'local', municipalities: ['140'], topics: ['work'] });
	const point = sampleService({ kind: 'advice-point', municipalities: ['205'] });

	it('knows the group of a topic', () => {
		expect(passes(kela, { topic: 'social-security' })).toBe(true);
		expect(passes(local, { topic: 'work' })).toBe(true);
		expect(passes(kela, { topic: 'work' })).toBe(false);
	});

	it('keeps what is nationwide in every municipality', () => {
		expect(passes(kela, { municipality: '140' })).toBe(true);
		expect(passes(local, { municipality: '140' })).toBe(true);
		expect(passes(local, { municipality: '205' })).toBe(false);
		expect(passes(point, { municipality: '205' })).toBe(true);
	});

	it('takes an advice point without a municipality for a place that nobody knows', () => {
		expect(passes(sampleService({ kind: 'advice-point' }), { municipality: '205' })).toBe(false);
	});

	it('follows a municipality that was merged into another', () => {
		expect(passes(sampleService({ municipalities: ['911'] }), { municipality: '541' })).toBe(true);
	});

	it('asks for a language that is known', () => {
		expect(passes(kela, { language: 'sv' })).toBe(true);
		expect(passes(kela, { language: 'ar' })).toBe(false);
		expect(passes(local, { language: 'ar' })).toBe(false);
	});

	it('counts what it left out because nobody knows its languages', () => {
		expect(languagesUnknown([kela, local, point], { language: 'ar' })).toBe(2);
		expect(languagesUnknown([kela, local, point], { language: 'ar', municipality: '140' })).toBe(1);
		expect(languagesUnknown([kela, local, point], {})).toBe(0);
	});
});

describe('byName', () => {
	it('lists by name, unverified advice points last', () => {
		const named = (id: string, kind: 'nationwide' | 'advice-point') => sampleService({ id, kind });
		const all = [named('Äänekoski', 'nationwide'), named('A', 'advice-point'), named('Zoo', 'nationwide')];
		expect(byName(all, ({ id }) => id, 'fi').map(({ id }) => id)).toEqual(['Zoo', 'Äänekoski', 'A']);
	});
});
