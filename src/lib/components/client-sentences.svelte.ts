import type { Device } from '#lib/device/device.ts';
import { phrase, phraseLanguage } from '#lib/directory/phrases/phrases.ts';
import type { PhraseKey } from '#lib/directory/phrases/phrase-keys.ts';
import { direction } from '#lib/domain/languages.ts';
import { phraseBook } from './phrase-book.svelte.ts';

/** Sentences for a client, all in one language. */
export interface ClientSentences {
	/** BCP 47. */
	language: string;
	dir: 'ltr' | 'rtl';
	texts: string[];
	/** False where they are the adviser's, for an interpreter. */
	theirs: boolean;
}

/**
 * Sentences that speak of rights or ask for consent: in the client's language once a person has written or approved every one of them, for half of
 * them would be none; until then in the adviser's. Undefined until they are loaded. Made while a component is set up.
 *
 * @param wanted BCP 47; undefined where the client's language is not known
 */
export function clientSentences(
	keys: readonly PhraseKey[],
	wanted: () => string | undefined,
	adviser: string,
	device: () => Device | undefined
): { readonly current: ClientSentences | undefined } {
	const theirs = phraseBook(() => wanted() ?? adviser, device);
	const own = phraseBook(() => adviser);

	const current = $derived.by(() => {
		const translated = theirs.current;
		const known = phraseLanguage(wanted() ?? adviser) !== undefined;
		const unread = translated?.origin === 'machine' && device() && !translated.checked;
		if (known && (!translated || unread)) return undefined;
		const said = keys.flatMap((key) => phrase(key, translated)?.text ?? []);
		const isWhole = said.length === keys.length;
		const book = isWhole ? translated : own.current;
		if (!book) return undefined;
		const { language } = book;
		const texts = isWhole ? said : keys.map((key) => book.texts[key]);
		return { language, dir: direction(language), texts, theirs: isWhole };
	});

	return {
		get current() {
			return current;
		}
	};
}
