import { describe, expect, it } from 'vitest';
import { finnishStems } from '#lib/directory/finnish.ts';
import { fold } from '#lib/directory/fold.ts';
import { stems } from '#lib/directory/stems.ts';

/** Whether each form has a stem in common with the first one. */
const united = (forms: string, stemsOf: (word: string) => string[]) => {
	const [first = '', ...others] = forms.split(' ').map((form) => fold(form));
	const stemsOfFirst = stemsOf(first);
	return others.filter((form) => !stemsOf(form).some((stem) => stemsOfFirst.includes(stem)));
};

describe('finnishStems', () => {
	it.each([
		'oleskelulupa oleskeluluvan oleskelulupaa oleskelulupaan oleskeluluvat oleskelulupani oleskeluluvallaan oleskelulupia',
		'kortti kortin korttia kortit kortteja korttien kortilla kortitta kortillakin',
		'kirkko kirkkoja kirkoissa kirkkoon kirkkojen',
		'oikeus oikeuden oikeutta oikeuksia oikeuksien oikeudella',
		'henkilötunnus henkilötunnuksen henkilötunnusta henkilötunnukset henkilötunnuksellasi',
		'väkivalta väkivallan väkivaltaa väkivallasta',
		'hakeminen hakemisen hakemista hakemiseen',
		'nainen naisia naisten naisille naista',
		'osoite osoitteen osoitetta osoitteet osoitteisiin',
		'asiointi asioinnin asiointia asioinneissa',
		'tuki tuen tukea tukia tukien tueksi',
		'velka velan velat velkoja veloissa',
		'kyky kyvyn kykyjä',
		'haku haun hakuun haussa',
		'vuosi vuoden vuotta vuosien vuodeksi',
		'asukas asukkaan asukasta asukkaille',
		'puhelin puhelimen puhelinta puhelimella',
		'asunto asunnon asuntoja asunnoissa asuntoihin',
		'parempi paremman parempaa',
		'työtön työttömän työttömille',
		'mies miehen miehiä miehelle'
	])('finds a common stem for %s', (forms) => {
		expect(united(forms, finnishStems)).toEqual([]);
	});

	it('leads from a verb to what is made of it', () => {
		expect(united('hakea hakeminen hakemus hakija haku', finnishStems)).toEqual([]);
		expect(united('neuvoa neuvonta neuvominen neuvoo', finnishStems)).toEqual([]);
	});

	it.each(['kirja kirkko', 'lapsi lappi', 'kela kello', 'tulkki tuki', 'vero vapaa', 'työ tyttö'])(
		'keeps %s apart',
		(pair) => {
			expect(united(pair, finnishStems)).toHaveLength(1);
		}
	);

	it('leaves short words and numbers alone', () => {
		expect(['työ', 'apu', '112', ''].map((word) => finnishStems(fold(word)))).toEqual([
			['tyo'],
			['apu'],
			['112'],
			['']
		]);
	});
});

describe('stems', () => {
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
		expect(united(forms, (word) => stems(word, language))).toEqual([]);
		expect(united(forms, (word) => stems(word))).toEqual([]);
	});
});
