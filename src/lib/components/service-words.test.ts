import { describe, expect, it } from 'vitest';
import { sampleService } from '#lib/directory/sample-service.ts';
import {
	ageNote,
	breakable,
	isStale,
	languageNote,
	languagesOf,
	places,
	serviceName,
	sourceDate,
	sourceText
} from './service-words.ts';

const day = (date: string) => Date.parse(`${date}T12:00:00Z`);
const shown = {
	text: 'x',
	language: 'fi',
	dir: 'ltr' as const,
	fallback: false,
	machine: false,
	checked: undefined
};

describe('words of a service', () => {
	it('never leave a name blank', () => {
		expect(serviceName(sampleService(), 'sv')).toMatchObject({ text: 'Myrkytystietokeskus', fallback: true });
		expect(serviceName(sampleService({ name: {} }), 'fi').text).toBe(sampleService().id);
	});

	it('date a source as exactly as it is known', () => {
		expect(['2018', '2018-10', '2023-02-28'].map((date) => sourceDate(date, 'fi'))).toEqual([
			'2018',
			'10/2018',
			'28.2.2023'
		]);
		expect(sourceText({ title: 'HUS', date: '2018-10' }, 'fi')).toContain('HUS, 10/2018');
	});

	it('say when a check was too long ago, and how old the source is of what nobody checked', () => {
		const verified = { on: '2026-01-01', by: 'Anna' };
		expect(isStale(sampleService({ verified }), day('2026-06-30'))).toBe(false);
		expect(isStale(sampleService({ verified }), day('2026-07-10'))).toBe(true);
		const written = (date: string, kind: 'local' | 'advice-point' = 'local') =>
			sampleService({ verified: null, kind, source: { title: 'x', date } });
		expect(isStale(written('2026-02-01'), day('2026-07-10'))).toBe(false);
		expect(isStale(written('2026-02-01'), day('2026-09-10'))).toBe(true);
		// What is not said exactly may have been written on its last day.
		expect(isStale(written('2026'), day('2027-06-01'))).toBe(false);
		expect(isStale(written('2026-01'), day('2026-08-15'))).toBe(true);
		expect(ageNote(written('2018'), day('2026-07-10'), 'fi')).toBe('tiedot 2018, ei tarkistettu');
		expect(ageNote(written('2018', 'advice-point'), day('2026-07-10'), 'fi')).toContain('vuosi 2018');
		expect(ageNote(sampleService({ verified }), day('2026-07-10'), 'fi')).toBe('tarkistettu 1.1.2026');
		expect(ageNote(sampleService({ verified }), day('2026-02-10'), 'fi')).toBeUndefined();
	});

	it('note another language and a machine’s work, and nothing else', () => {
		expect(languageNote(shown, 'fi')).toBeUndefined();
		expect(languageNote({ ...shown, fallback: true }, 'fi')).toBe('vain suomeksi');
		expect(languageNote({ ...shown, fallback: true, language: 'ru' }, 'fi')).toContain('venäjä');
		expect(languageNote({ ...shown, machine: true }, 'fi')).toBe('konekäännös, ei tarkistettu');
		expect(languageNote({ ...shown, machine: true, checked: '2026-01-02' }, 'fi')).toContain('2.1.2026');
	});

	it('name places, and none for the whole country', () => {
		expect(places(sampleService({ municipalities: ['140', '049'] }), 'sv')).toBe('Idensalmi, Esbo');
		expect(places(sampleService(), 'fi')).toBeUndefined();
	});

	it('order languages by a list, then by tag', () => {
		const texts = Object.fromEntries(
			['tr', 'ar', 'fi', 'am'].map((tag) => [tag, { text: tag, origin: 'written' as const }])
		);
		expect(languagesOf(texts, ['fi', 'ar'])).toEqual(['fi', 'ar', 'am', 'tr']);
	});

	it('let the longest labels of tiles break', () => {
		expect(breakable('Kotoutumispalvelut')).toBe('Kotoutumis\u00adpalvelut');
		expect(breakable('Integrationstjänster')).toBe('Integrations\u00adtjänster');
		expect(breakable('Muu asia')).toBe('Muu asia');
	});
});
