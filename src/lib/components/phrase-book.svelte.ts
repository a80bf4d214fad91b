import { loadPhrases, phraseLanguage, type PhraseBook } from '#lib/directory/phrases/phrases.ts';

/** The phrases of a language that may change; undefined until they are loaded. Made while a component is set up. */
export function phraseBook(language: () => string): { readonly current: PhraseBook | undefined } {
	let book = $state.raw<PhraseBook>();

	$effect(() => {
		let gone = false;
		loadPhrases(language()).then((found) => {
			if (!gone) book = found;
		}, reportError);
		return () => (gone = true);
	});

	return {
		get current() {
			return book?.language === phraseLanguage(language()) ? book : undefined;
		}
	};
}
