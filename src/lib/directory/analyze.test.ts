import { describe, expect, it } from 'vitest';
import { compoundParts, indexTerms, innerTerms, queryWords } from '#lib/directory/analyze.ts';
import { finnishStem } from '#lib/directory/finnish.ts';
import { fold, words } from '#lib/directory/fold.ts';
import { stem } from '#lib/directory/stems.ts';

describe('fold', () => {
	it.each([
		['Työllisyys', 'tyollisyys'],
		['ÅLAND', 'aland'],
		['ещё', 'еще'],
		['ЙОД', 'иод'],
		['أُسْرَة', 'اسره'],
		['کیلا', 'كيلا'],
		['مـصـلحة', 'مصلحه'],
		['l’école', 'lecole'],
		['Straße', 'strasse'],
		['ﻼ', 'لا']
	])('%s becomes %s', (written, folded) => {
		expect(fold(written)).toBe(folded);
	});
});

describe('words', () => {
	it('knows where each word stands in the text', () => {
		const text = 'Suomi.fi – äiti-ja lastenneuvola';
		expect(words(text).map(({ from, to }) => text.slice(from, to))).toEqual([
			'Suomi',
			'fi',
			'äiti',
			'ja',
			'lastenneuvola'
		]);
	});

	it('takes scripts without spaces in pairs of characters', () => {
		expect(words('紧急电话112')).toEqual([
			{ from: 0, to: 4, terms: ['紧急', '急电', '电话'], whole: true },
			{ from: 4, to: 7, terms: ['112'], whole: false }
		]);
	});

	it('survives what is no text', () => {
		expect(words('')).toEqual([]);
		expect(words(' –  … \u0301 \ud800')).toEqual([]);
	});
});

describe('finnishStem', () => {
	it.each([
		'oleskelulupa oleskeluluvan oleskelulupaa oleskelulupaan oleskeluluvat oleskelulupani oleskeluluvalla',
		'kortti kortin korttia kortit kortteja korttien kortilla',
		'oikeus oikeuden oikeutta oikeuksia oikeuksien oikeudella',
		'henkilötunnus henkilötunnuksen henkilötunnusta henkilötunnukset henkilötunnuksella',
		'kirjasto kirjaston kirjastoon kirjastosta kirjastoja kirjastossa kirjastot',
		'väkivalta väkivallan väkivaltaa väkivallasta',
		'hakeminen hakemisen hakemista hakemiseen',
		'osoite osoitteen osoitetta osoitteet',
		'asiointi asioinnin asiointia asioinnissa',
		'Kela Kelan Kelaa Kelasta Kelaan Kelalle'
	])('finds one stem for %s', (forms) => {
		const stems = new Set(forms.split(' ').map((form) => finnishStem(fold(form))));
		expect(stems.size).toBe(1);
	});

	it('leaves short words and numbers alone', () => {
		expect(['työ', 'apu', '112', ''].map((word) => finnishStem(fold(word)))).toEqual([
			'tyo',
			'apu',
			'112',
			''
		]);
	});
});

describe('stem', () => {
	it.each([
		['sv', 'uppehållstillståndet uppehållstillstånd'],
		['sv', 'biblioteket biblioteken'],
		['en', 'course courses'],
		['ru', 'полиция полиции полицию'],
		['ru', 'работа работу работы'],
		['ar', 'الشرطة شرطة الشرطه بالشرطة'],
		['so', 'booliis booliiska'],
		['et', 'tööbüroo tööbüroost']
	])('unites in %s: %s', (language, forms) => {
		const stems = new Set(forms.split(' ').map((form) => stem(fold(form), language)));
		expect(stems.size).toBe(1);
	});
});

describe('index and query terms', () => {
	it('indexes a word as it is written and by its stem', () => {
		expect(indexTerms('Asumistuki', 'fi')).toEqual(['asumistuki', 'asumistuk']);
	});

	it('indexes the ends of compounds in languages that build them', () => {
		expect(innerTerms('opiskelupaikka', 'fi')).toContain('paikka');
		expect(innerTerms('residence permit', 'en')).toEqual([]);
		expect(innerTerms('työ', 'fi')).toEqual([]);
	});

	it('drops words that say nothing, unless the query has no others', () => {
		expect(queryWords('mistä saan verokortin').map(({ term }) => term)).toEqual(['verokortin']);
		expect(queryWords('mistä saan').map(({ term }) => term)).toEqual(['mista', 'saan']);
	});

	it('reads what is said at desks', () => {
		expect(queryWords('hetun').flatMap(({ synonyms }) => synonyms)).toEqual(['henkilotunnus']);
		expect(queryWords('heti').flatMap(({ synonyms }) => synonyms)).toEqual([]);
	});

	it('takes a compound apart where the parts are known', () => {
		const known = new Set(indexTerms('asumistuki hakemus', 'fi'));
		expect(compoundParts('asumistukihakemus', (part) => known.has(part))).toEqual(['asumistuki', 'hakemus']);
		expect(compoundParts('xyzzy', (part) => known.has(part))).toEqual([]);
	});
});
