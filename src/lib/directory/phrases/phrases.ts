import * as z from 'zod/mini';
import { lookup, type ShownText } from '#lib/directory/fallback.ts';
import { languageTag } from '#lib/domain/language-texts.ts';
import { direction } from '#lib/domain/languages.ts';
import { PHRASE_LENGTH } from '#lib/domain/phrase-check.ts';
import { isCriticalPhrase, phraseKeys, type PhraseKey } from './phrase-keys.ts';

/**
 * One language's phrases as they are shipped. Finnish, Swedish and English are written; the others are machine translations
 * that no person has checked.
 */
export const phraseBook = z.strictObject({
	language: languageTag,
	origin: z.enum(['written', 'machine']),
	texts: z.record(z.enum(phraseKeys), z.string().check(z.trim(), z.minLength(1), z.maxLength(PHRASE_LENGTH)))
});

export interface PhraseBook extends z.infer<typeof phraseBook> {
	/** What a person who reads the language has approved, word for word; it may differ from what was shipped. `on`: civil date. */
	checked?: Readonly<Partial<Record<PhraseKey, { text: string; on: string }>>>;
}

/** Loaded one by one: a phone shows one client's language and the adviser's. */
const files = {
	fi: () => import('./fi.ts'),
	sv: () => import('./sv.ts'),
	en: () => import('./en.ts'),
	ru: () => import('./ru.ts'),
	et: () => import('./et.ts'),
	fr: () => import('./fr.ts'),
	es: () => import('./es.ts'),
	ar: () => import('./ar.ts'),
	so: () => import('./so.ts'),
	fa: () => import('./fa.ts'),
	th: () => import('./th.ts'),
	zh: () => import('./zh.ts'),
	uk: () => import('./uk.ts'),
	tr: () => import('./tr.ts'),
	ckb: () => import('./ckb.ts'),
	ku: () => import('./ku.ts'),
	vi: () => import('./vi.ts'),
	sq: () => import('./sq.ts'),
	prs: () => import('./prs.ts'),
	ps: () => import('./ps.ts'),
	ti: () => import('./ti.ts'),
	am: () => import('./am.ts')
};

/** Languages that have the phrases, BCP 47. */
export const phraseLanguages = Object.keys(files) as (keyof typeof files)[];

/** The language whose phrases a reader of `wanted` gets; undefined where there are none. */
export const phraseLanguage = (wanted: string): keyof typeof files | undefined =>
	lookup(phraseLanguages, wanted) as keyof typeof files | undefined;

/** The phrases for a reader of `wanted`; undefined in a language that has none: pictograms and the adviser's words say enough there. */
export async function loadPhrases(wanted: string): Promise<PhraseBook | undefined> {
	const language = phraseLanguage(wanted);
	return language && phraseBook.parse((await files[language]()).book);
}

/**
 * A phrase as a client may see and hear it. Undefined where there is none, and where it is critical, outside Finnish, Swedish
 * and English, and nobody has checked it: pictogram, number and the adviser's words stand in its place.
 */
export function phrase(key: PhraseKey, book: PhraseBook | undefined): ShownText | undefined {
	if (!book) return undefined;
	const { language } = book;
	const machine = book.origin === 'machine';
	const approved = book.checked?.[key];
	if (machine && !approved && isCriticalPhrase(key)) return undefined;
	return {
		text: approved?.text ?? book.texts[key],
		language,
		dir: direction(language),
		fallback: false,
		machine,
		checked: approved?.on
	};
}
