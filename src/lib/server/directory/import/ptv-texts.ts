import { LONGEST_TEXT, type Texts } from '#lib/domain/language-texts.ts';
import { plainText } from '#lib/server/directory/plain-text.ts';
import type { Mended } from './report-line.ts';

/** Languages that texts of the Finnish service catalogue (Palvelutietovaranto) are written in, in the order of fall-back. */
export const TEXT_LANGUAGES: readonly string[] = ['fi', 'sv', 'en', 'se', 'smn', 'sms'];

/** A text of the catalogue: `value` in `language`; `type` tells texts of one list apart. */
export interface CatalogueText {
	language: string;
	value: string;
	type: string;
}

/** A text on one line, without markup: for names and labels. */
export function oneLine(text: string): string {
	return plainText(text).replace(/\s+/g, ' ').trim();
}

/** Whether two texts say the same but for spacing and the size of letters. */
const same = (a: string, b: string) => fold(a) === fold(b);
const fold = (text: string) => text.replace(/\s+/g, ' ').toLowerCase();

/**
 * A text field from the catalogue's list: plain, the first text of each language. A text that only repeats the Finnish one is no
 * translation and is left out; so many names in Swedish and English are. Languages come in the order of fall-back.
 *
 * @param read how a text becomes plain: `plainText`, or `oneLine` for names
 * @returns undefined where nothing is said
 */
export function textsOf(
	items: readonly Omit<CatalogueText, 'type'>[],
	field: string,
	mended: Mended,
	read: (text: string) => string = plainText
): Texts | undefined {
	const byLanguage = new Map<string, string>();
	for (const { language, value } of items) {
		const text = read(value);
		if (!text) continue;
		if (!TEXT_LANGUAGES.includes(language)) mended('unknown_language', field, language);
		else if (!byLanguage.has(language)) byLanguage.set(language, shortened(text, field, mended));
	}
	const finnish = byLanguage.get('fi');
	const texts: Texts = {};
	for (const language of TEXT_LANGUAGES) {
		const text = byLanguage.get(language);
		if (text === undefined || (language !== 'fi' && finnish !== undefined && same(text, finnish))) continue;
		texts[language] = { text, origin: 'written' };
	}
	return Object.keys(texts).length ? texts : undefined;
}

/** No text of the catalogue may be longer than 4000 characters, so this is about broken ones. */
function shortened(text: string, field: string, mended: Mended): string {
	if (text.length <= LONGEST_TEXT) return text;
	mended('text_cut', field, text);
	return `${text.slice(0, LONGEST_TEXT - 1).toWellFormed()}…`;
}

/** What the first says, and where it has nothing in a language, what the second says. */
export function filledFrom(first: Texts | undefined, second: Texts | undefined): Texts | undefined {
	return first && second ? { ...second, ...first } : (first ?? second);
}

/** Texts of several fields as one, part after part, in each language that one of them has. */
export function joined(parts: readonly (Texts | undefined)[], separator: string): Texts | undefined {
	const texts: Texts = {};
	for (const part of parts) {
		for (const [language, { text }] of Object.entries(part ?? {})) {
			const before = texts[language];
			texts[language] = {
				text: (before ? before.text + separator + text : text).slice(0, LONGEST_TEXT).toWellFormed(),
				origin: 'written'
			};
		}
	}
	return Object.keys(texts).length ? texts : undefined;
}

/**
 * An address with what is said beside it. A street without a name in a language keeps its Finnish one, else its first: a name is a name in
 * every language, and "2nd floor" alone says nothing.
 */
export function addressOf(street: Texts | undefined, info: Texts | undefined): Texts | undefined {
	const usual = street?.fi ?? Object.values(street ?? {})[0];
	const everywhere: Texts = {};
	if (usual) for (const language of Object.keys(info ?? {})) everywhere[language] = usual;
	return joined([filledFrom(street, everywhere), info], ', ');
}
