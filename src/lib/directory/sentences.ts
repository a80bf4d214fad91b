/** Ends of sentences, for engines without `Intl.Segmenter`. */
const ends = /[^.!?؟。！？…]+[.!?؟。！？…]*/gu;

/**
 * Splits a text into sentences. Speech is asked for one by one: some engines fall silent after a quarter of a minute
 * (ux.md §3.3).
 */
export function sentences(text: string, language: string): string[] {
	const parts =
		typeof Intl.Segmenter === 'function'
			? Array.from(
					new Intl.Segmenter(language, { granularity: 'sentence' }).segment(text),
					({ segment }) => segment
				)
			: (text.match(ends) ?? [text]);
	return parts.map((part) => part.trim()).filter((part) => part !== '');
}
