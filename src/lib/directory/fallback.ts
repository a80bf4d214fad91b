import { direction } from '#lib/domain/languages.ts';
import type { Text, Texts } from '#lib/domain/language-texts.ts';

/** A text as a screen shows it: the words, the language they are really in, and how far they can be trusted. */
export interface ShownText {
	text: string;
	/** BCP 47 tag of the text itself, for its `lang`. */
	language: string;
	dir: 'ltr' | 'rtl';
	/** True where the language asked for has no text, so that another one stands in its place. */
	fallback: boolean;
	/** True for a machine translation, checked or not. */
	machine: boolean;
	/** The date on which a person who reads the language checked it. */
	checked: string | undefined;
}

/** Tried in this order after the language that was asked for; then any other, in the order of its tag. */
const FALLBACKS: readonly string[] = ['fi', 'en'];

/** The language without script, region and variants. */
export const primaryLanguage = (tag: string): string => tag.toLowerCase().replace(/-.*/s, '');

/** A tag, then the tag without its last part, and so on (RFC 4647 §3.4: a single letter before it goes with it). */
function* truncations(tag: string): Generator<string> {
	let parts = tag.split('-');
	while (parts.length > 0) {
		yield parts.join('-');
		parts = parts.slice(0, -1);
		if (parts.at(-1)?.length === 1) parts = parts.slice(0, -1);
	}
}

/**
 * The tag of `available` that answers for `wanted`: `sv-FI` finds `sv`. Where only a more exact one is there, it is taken
 * if it is written in the same script: `fi` finds `fi-simple`, but `zh` does not find `zh-Hant`.
 */
export function lookup(available: readonly string[], wanted: string): string | undefined {
	for (const shorter of truncations(wanted)) {
		const found = available.find((tag) => tag.toLowerCase() === shorter.toLowerCase());
		if (found !== undefined) return found;
	}
	const primary = primaryLanguage(wanted);
	return available
		.filter((tag) => primaryLanguage(tag) === primary && !/-[a-z]{4}(-|$)/i.test(tag))
		.sort()[0];
}

/**
 * What to show of a text field for a reader of `wanted`; undefined where no language may be shown.
 *
 * @param allow leaves out texts that may not be shown here; see `critical.ts`
 * @param before languages to try before the usual fall-backs, such as the adviser's
 */
export function shownText(
	texts: Texts | undefined,
	wanted: string,
	allow: (tag: string, text: Text) => boolean = () => true,
	before: readonly string[] = []
): ShownText | undefined {
	if (texts === undefined) return undefined;
	const usable = Object.entries(texts)
		.filter(([tag, text]) => text.text.trim() !== '' && allow(tag, text))
		.map(([tag]) => tag)
		.sort();
	const tag = [wanted, ...before, ...FALLBACKS, ...usable.slice(0, 1)].reduce<string | undefined>(
		(found, language) => found ?? lookup(usable, language),
		undefined
	);
	const text = tag === undefined ? undefined : texts[tag];
	if (tag === undefined || text === undefined) return undefined;
	return {
		text: text.text,
		language: tag,
		dir: direction(tag),
		fallback: primaryLanguage(tag) !== primaryLanguage(wanted),
		machine: text.origin === 'machine',
		checked: text.checked
	};
}

/** Whether a text has to carry the mark of a machine translation that nobody has checked. */
export const isUncheckedMachine = (shown: ShownText): boolean => shown.machine && shown.checked === undefined;

/** Languages that a reader of the first one may also read, nearest first: offered where a card lacks a language, never assumed. */
const neighbours: Readonly<Record<string, readonly string[]>> = {
	am: ['ti', 'en'],
	ckb: ['ar', 'fa', 'ku'],
	et: ['ru', 'fi'],
	fa: ['prs', 'en'],
	ku: ['tr', 'ar', 'ckb'],
	prs: ['fa', 'ps'],
	ps: ['prs', 'fa'],
	so: ['ar', 'en'],
	sq: ['en'],
	sv: ['fi', 'en'],
	th: ['en'],
	ti: ['am', 'ar', 'en'],
	tr: ['en'],
	uk: ['ru'],
	vi: ['en'],
	zh: ['en']
};

/** Of the languages of a card, those that a reader of `wanted` may read too, nearest first, then English, then the rest. */
export function nearestLanguages(available: readonly string[], wanted: string): string[] {
	const order = [...(neighbours[primaryLanguage(wanted)] ?? []), 'en', ...[...available].sort()];
	const found = order.flatMap((language) => lookup(available, language) ?? []);
	return [...new Set(found)].filter((tag) => primaryLanguage(tag) !== primaryLanguage(wanted));
}
