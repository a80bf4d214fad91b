import { describe, expect, it } from 'vitest';
import { plainHints } from './plain-language.ts';

const kinds = (text: string) => plainHints(text).map(({ kind }) => kind);
const found = (text: string, kind: string) =>
	plainHints(text).flatMap((hint) => (hint.kind === kind ? [hint.text] : []));

describe('a Finnish text that is plain', () => {
	it.each([
		'Saat neuvoa oleskeluluvasta. Tule paikalle ilman ajanvarausta.',
		'Kela maksaa tukea asumiseen. Voit hakea sitä verkossa.',
		'Neuvonta on auki perjantaina 6.3. klo 10.00–15.00.',
		'Ota mukaan henkilökortti tai passi.',
		'En tiedä mitään. Tule kotiin.'
	])('gets no hint: %s', (text) => {
		expect(plainHints(text)).toEqual([]);
	});
});

describe('a hint', () => {
	it('counts the words of a sentence, and twelve are not too many', () => {
		const twelve =
			'Yksi kaksi kolme neljä viisi kuusi seitsemän kahdeksan yhdeksän kymmenen yksitoista kaksitoista';
		expect(kinds(`${twelve}.`)).toEqual([]);
		expect(plainHints(`Alku. ${twelve} liikaa.`)).toMatchObject([{ kind: 'long-sentence', words: 13 }]);
	});

	it.each(['haetaan', 'neuvotaan', 'tehdään', 'annettiin', 'haettaisiin', 'tullaan', 'mennään'])(
		'finds the passive: %s',
		(word) => {
			expect(found(`Täällä ${word} apua.`, 'passive')).toEqual([word]);
		}
	);

	it('finds abbreviations, which end no sentence', () => {
		expect(found('Ota mukaan esim. passi ja kortti ym.', 'abbreviation')).toEqual(['esim.', 'ym.']);
		const text =
			'Ota mukaan passi, kortti, kuitti, kirje ja lasku esim. Kelasta, kunnasta tai pankista heti.';
		expect(kinds(text)).toContain('long-sentence');
	});

	it('finds long words, and a hyphen parts them', () => {
		expect(found('Tämä on maahanmuuttajapalvelukeskus.', 'long-word')).toEqual([
			'maahanmuuttajapalvelukeskus'
		]);
		expect(found('Tämä on maahanmuuttaja-palvelukeskus.', 'long-word')).toEqual([]);
	});

	it('is given once', () => {
		expect(kinds('Apua haetaan. Apua haetaan.')).toEqual(['passive']);
	});
});
