import { expect, it } from 'vitest';
import { baseLanguages, direction, packLanguages } from '#lib/domain/languages.ts';
import { labelsByMachine, pagePhrase, pagePhrases } from './page-phrases.ts';
import { takeAwayPhrase } from './phrases.ts';

const every = [...baseLanguages, ...packLanguages];

it.each(pagePhrases)('%s has a text in each base language and those of the packs', (_id, texts) => {
	expect(texts).toHaveLength(every.length);
	expect(texts.filter((text) => text.trim() !== text || text === '')).toEqual([]);
});

it('a phrase says its language and direction, and is English where there is none', () => {
	expect(every.map((language) => pagePhrase('phone', language).language)).toEqual(every);
	expect(every.map((language) => takeAwayPhrase('machine', language).language)).toEqual(every);
	expect(every.filter((language) => !labelsByMachine(language))).toEqual(['fi', 'sv', 'en']);
	expect(pagePhrase('hours', 'ar')).toEqual({ text: 'ساعات العمل', language: 'ar', dir: direction('ar') });
	expect(pagePhrase('hours', 'fi-simple').text).toBe('Aukioloajat');
	expect(pagePhrase('hours', 'ckb').dir).toBe('rtl');
	expect(pagePhrase('hours', 'de')).toEqual({ text: 'Opening hours', language: 'en', dir: 'ltr' });
	expect(labelsByMachine('de')).toBe(false);
	expect(takeAwayPhrase('advice', 'de')).toEqual({ text: 'Advice', language: 'en', dir: 'ltr' });
});
