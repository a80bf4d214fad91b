import { describe, expect, it } from 'vitest';
import { byName, hoursUnknown, languagesUnknown, passes } from '#lib/directory/filter.ts';
import { sampleService } from '#lib/directory/sample-service.ts';

/** A Friday noon. */
const now = Date.parse('2026-03-06T10:00:00Z');

describe('passes', () => {
	const kela = sampleService({ topics: ['social-security.pension'], serviceLanguages: ['fi', 'sv'] });
	const local = sampleService({ kind: 'local', municipalities: ['140'], topics: ['work'] });
	const point = sampleService({ kind: 'advice-point', municipalities: ['205'] });

	it('knows the group of a topic', () => {
		expect(passes(kela, { topic: 'social-security' }, now)).toBe(true);
		expect(passes(local, { topic: 'work' }, now)).toBe(true);
		expect(passes(kela, { topic: 'work' }, now)).toBe(false);
	});

	it('keeps what is nationwide in every municipality', () => {
		expect(passes(kela, { municipality: '140' }, now)).toBe(true);
		expect(passes(local, { municipality: '140' }, now)).toBe(true);
		expect(passes(local, { municipality: '205' }, now)).toBe(false);
		expect(passes(point, { municipality: '205' }, now)).toBe(true);
	});

	it('takes an advice point without a municipality for a place that nobody knows', () => {
		expect(passes(sampleService({ kind: 'advice-point' }), { municipality: '205' }, now)).toBe(false);
	});

	it('follows a municipality that was merged into another', () => {
		expect(passes(sampleService({ municipalities: ['911'] }), { municipality: '541' }, now)).toBe(true);
	});

	it('asks for a language that is known', () => {
		expect(passes(kela, { language: 'sv' }, now)).toBe(true);
		expect(passes(kela, { language: 'ar' }, now)).toBe(false);
		expect(passes(local, { language: 'ar' }, now)).toBe(false);
	});

	it('counts what it left out because nobody knows its languages', () => {
		expect(languagesUnknown([kela, local, point], { language: 'ar' }, now)).toBe(2);
		expect(languagesUnknown([kela, local, point], { language: 'ar', municipality: '140' }, now)).toBe(1);
		expect(languagesUnknown([kela, local, point], {}, now)).toBe(0);
	});

	it('finds what is open now, by its own hours or those of a place', () => {
		const rule = { from: '2026-01-01', rule: 'FREQ=WEEKLY;BYDAY=FR', opens: '09:00', closes: '16:00' };
		const hours = { rules: [rule], exceptions: [] };
		const place = { id: '01a1fb67-0000-7000-8000-0000000000aa', phones: [], hours };
		const open = sampleService({ hours });
		const tomorrow = now + 86_400_000;
		expect(passes(open, { open: true }, now)).toBe(true);
		expect(passes(open, { open: true }, tomorrow)).toBe(false);
		expect(passes(sampleService({ places: [place] }), { open: true }, now)).toBe(true);
		expect(passes(sampleService({ hours, status: 'paused' }), { open: true }, now)).toBe(false);
		expect(passes(kela, { open: true }, now)).toBe(false);
		expect(passes(open, { open: false }, tomorrow)).toBe(true);
		expect(hoursUnknown([open, kela, local, sampleService({ status: 'ended' })], { open: true }, now)).toBe(
			2
		);
		expect(hoursUnknown([kela], {}, now)).toBe(0);
		// Good Friday: nobody has said its hours.
		const holiday = Date.parse('2026-04-03T09:00:00Z');
		expect(passes(open, { open: true }, holiday)).toBe(false);
		expect(hoursUnknown([open], { open: true }, holiday)).toBe(1);
		expect(hoursUnknown([open], { open: true }, now)).toBe(0);
	});
});

describe('byName', () => {
	it('lists by name, unverified advice points last', () => {
		const named = (id: string, kind: 'nationwide' | 'advice-point') => sampleService({ id, kind });
		const all = [named('Äänekoski', 'nationwide'), named('A', 'advice-point'), named('Zoo', 'nationwide')];
		expect(byName(all, ({ id }) => id, 'fi').map(({ id }) => id)).toEqual(['Zoo', 'Äänekoski', 'A']);
	});
});
