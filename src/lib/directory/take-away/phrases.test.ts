import { expect, it } from 'vitest';
import { baseLanguages, direction } from '#lib/domain/languages.ts';
import { pagePhrase, pagePhrases } from './page-phrases.ts';
import { takeAwayPhrase } from './phrases.ts';

it.each(pagePhrases)('%s has a text in each base language', (_id, texts) => {
	expect(texts).toHaveLength(baseLanguages.length);
	expect(texts.filter((text) => text.trim() !== text || text === '')).toEqual([]);
});

it('a phrase says its language and direction, and is English where there is none', () => {
	expect(baseLanguages.map((language) => pagePhrase('phone', language).language)).toEqual([...baseLanguages]);
	expect(pagePhrase('hours', 'ar')).toEqual({ text: 'ساعات العمل', language: 'ar', dir: direction('ar') });
	expect(pagePhrase('hours', 'fi-simple').text).toBe('Aukioloajat');
	expect(pagePhrase('hours', 'ckb')).toEqual({ text: 'Opening hours', language: 'en', dir: 'ltr' });
	expect(takeAwayPhrase('advice', 'ti')).toEqual({ text: 'Advice', language: 'en', dir: 'ltr' });
});
