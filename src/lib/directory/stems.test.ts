import { describe, expect, it } from 'vitest';
import { finnishStem } from '#lib/directory/finnish.ts';
import { fold } from '#lib/directory/fold.ts';
import { stem } from '#lib/directory/stems.ts';

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
