import * as z from 'zod/mini';
import { lookup, type ShownText } from '#lib/directory/fallback.ts';
import { languageTag } from '#lib/domain/language-texts.ts';
import { direction } from '#lib/domain/languages.ts';
import { isCriticalPhrase, phraseKeys, type PhraseKey } from './phrase-keys.ts';

/**
 * One language's phrases as they are shipped. Finnish, Swedish and English are written; the others are machine translations
 * that no person has checked.
 */
export const phraseFile = z.strictObject({
	language: languageTag,
	origin: z.enum(['written', 'machine']),
	texts: z.record(z.enum(phraseKeys), z.string().check(z.trim(), z.minLength(1), z.maxLength(120)))
});

export type PhraseBook = z.infer<typeof phraseFile>;

/** What a person who reads the language has approved, word for word; it may differ from what was shipped. `on`: civil date. */
export type CheckedPhrases = Readonly<Partial<Record<PhraseKey, { text: string; on: string }>>>;

/** Loaded one by one: a phone shows one client's language and the adviser's. */
const files = {
	fi: () => import('./fi.json', { with: { type: 'json' } }),
	sv: () => import('./sv.json', { with: { type: 'json' } }),
	en: () => import('./en.json', { with: { type: 'json' } }),
	ru: () => import('./ru.json', { with: { type: 'json' } }),
	et: () => import('./et.json', { with: { type: 'json' } }),
	fr: () => import('./fr.json', { with: { type: 'json' } }),
	es: () => import('./es.json', { with: { type: 'json' } }),
	ar: () => import('./ar.json', { with: { type: 'json' } }),
	so: () => import('./so.json', { with: { type: 'json' } }),
	fa: () => import('./fa.json', { with: { type: 'json' } }),
	th: () => import('./th.json', { with: { type: 'json' } }),
	zh: () => import('./zh.json', { with: { type: 'json' } }),
	uk: () => import('./uk.json', { with: { type: 'json' } }),
	tr: () => import('./tr.json', { with: { type: 'json' } }),
	ckb: () => import('./ckb.json', { with: { type: 'json' } }),
	ku: () => import('./ku.json', { with: { type: 'json' } }),
	vi: () => import('./vi.json', { with: { type: 'json' } }),
	sq: () => import('./sq.json', { with: { type: 'json' } }),
	prs: () => import('./prs.json', { with: { type: 'json' } }),
	ps: () => import('./ps.json', { with: { type: 'json' } }),
	ti: () => import('./ti.json', { with: { type: 'json' } }),
	am: () => import('./am.json', { with: { type: 'json' } })
};

/** Languages that have the phrases, BCP 47. */
export const phraseLanguages = Object.keys(files) as (keyof typeof files)[];

/** The language whose phrases a reader of `wanted` gets; undefined where there are none. */
export const phraseLanguage = (wanted: string): keyof typeof files | undefined =>
	lookup(phraseLanguages, wanted) as keyof typeof files | undefined;

/** The phrases for a reader of `wanted`; undefined in a language that has none: pictograms and the adviser's words say enough there. */
export async function loadPhrases(wanted: string): Promise<PhraseBook | undefined> {
	const language = phraseLanguage(wanted);
	return language && phraseFile.parse((await files[language]()).default);
}

/**
 * A phrase as a client may see and hear it. Undefined where there is none, and where it is critical, outside Finnish, Swedish
 * and English, and nobody has checked it: pictogram, number and the adviser's words stand in its place.
 */
export function phrase(
	key: PhraseKey,
	book: PhraseBook | undefined,
	checked: CheckedPhrases = {}
): ShownText | undefined {
	if (!book) return undefined;
	const { language } = book;
	const machine = book.origin === 'machine';
	const approved = checked[key];
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
