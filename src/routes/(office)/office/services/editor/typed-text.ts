import type { Text, Texts } from '#lib/domain/language-texts.ts';

/** A text as a person leaves it: what they have typed is theirs, and unchecked until somebody says otherwise. */
export function typed(text: string): Text {
	return { text, origin: 'written' };
}

/** Words of a form in the place of the Finnish ones; what other languages said of other words says nothing of these. */
export function finnishWords(text: string, was: Texts | undefined): Texts | undefined {
	const words = text.trim();
	if (words === (was?.['fi']?.text ?? '')) return was;
	return words === '' ? undefined : { fi: typed(words) };
}
