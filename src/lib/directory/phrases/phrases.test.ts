import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { isUncheckedMachine } from '#lib/directory/fallback.ts';
import { baseLanguages, direction, packLanguages } from '#lib/domain/languages.ts';
import { consentPhrases, isCriticalPhrase, noticePhrases, phraseKeys } from './phrase-keys.ts';
import { loadPhrases, phrase, phraseBook, phraseLanguages } from './phrases.ts';

const every = [...baseLanguages, ...packLanguages];
const source = (language: string) => readFileSync(new URL(`./${language}.ts`, import.meta.url), 'utf8');
const read = async (language: string) => phraseBook.parse(await loadPhrases(language));

/** A letter of the script that a language is written in. */
const SCRIPTS: Partial<Record<string, RegExp>> = {
	ru: /\p{Script=Cyrillic}/u,
	uk: /\p{Script=Cyrillic}/u,
	th: /\p{Script=Thai}/u,
	zh: /\p{Script=Han}/u,
	ti: /\p{Script=Ethiopic}/u,
	am: /\p{Script=Ethiopic}/u
};
const script = (language: string) =>
	SCRIPTS[language] ?? (direction(language) === 'rtl' ? /\p{Script=Arabic}/u : /\p{Script=Latin}/u);

describe('the phrases', () => {
	it('are there in the base languages and those of the packs', () => {
		expect([...phraseLanguages].sort()).toEqual([...every].sort());
	});

	it.each(every)('%s: every phrase, in the language’s own script, one line each', async (language) => {
		const book = await read(language);
		expect(book.language).toBe(language);
		expect(book.origin).toBe(['fi', 'sv', 'en'].includes(language) ? 'written' : 'machine');
		expect(Object.keys(book.texts)).toEqual(phraseKeys);
		for (const [key, text] of Object.entries(book.texts)) {
			expect(text, key).toMatch(script(language));
			expect(text, key).not.toMatch(/[\n!{}<>]/);
		}
	});

	it.each(every)(
		'%s: the emergency number is in the sentence, and no other number anywhere',
		async (language) => {
			const { texts } = await read(language);
			const { emergency, ...others } = texts;
			expect(emergency.match(/\p{N}+/gu)).toEqual(['112']);
			expect(Object.values(others).join(' ')).not.toMatch(/\p{N}/u);
		}
	);

	it('are small enough for the phone to hold them all', () => {
		const bytes = every.reduce((sum, language) => sum + gzipSync(source(language)).length, 0);
		expect(bytes).toBeLessThan(40 * 1024);
	});
});

describe('phrase', () => {
	it.each(every)(
		'%s: has every phrase that is not critical, with its language and direction',
		async (language) => {
			const book = await loadPhrases(language);
			for (const key of phraseKeys.filter((one) => !isCriticalPhrase(one)))
				expect(phrase(key, book)).toMatchObject({ language, dir: direction(language), fallback: false });
		}
	);

	it('never gives emergency and consent out of a machine, unless a person has approved the words', async () => {
		const book = await loadPhrases('so');
		const critical = phraseKeys.filter(isCriticalPhrase);
		expect(critical).toEqual([
			'isUrgent',
			'mayRecord',
			'emergency',
			'mayShare',
			...noticePhrases,
			...consentPhrases
		]);
		for (const key of critical) expect(phrase(key, book)).toBeUndefined();
		expect(
			phrase('emergency', book && { ...book, checked: { emergency: { text: 'Wac 112.', on: '2026-11-01' } } })
		).toMatchObject({
			text: 'Wac 112.',
			machine: true,
			checked: '2026-11-01'
		});
		expect(phrase('emergency', await loadPhrases('sv'))?.text).toBe('Ring 112 i en nödsituation.');
	});

	it('marks what a machine wrote until a person has approved it', async () => {
		const book = await loadPhrases('ar');
		const shown = [
			phrase('listen', book),
			phrase('listen', book && { ...book, checked: { listen: { text: 'استمع', on: '2026-11-01' } } }),
			phrase('listen', await loadPhrases('en'))
		];
		expect(shown.map((one) => one && isUncheckedMachine(one))).toEqual([true, false, false]);
	});

	it('takes a region’s or a simple form’s language for its own, and has nothing in others', async () => {
		expect((await loadPhrases('sv-FI'))?.language).toBe('sv');
		expect((await loadPhrases('fi-simple'))?.language).toBe('fi');
		expect(phrase('yes', await loadPhrases('de'))).toBeUndefined();
	});
});
