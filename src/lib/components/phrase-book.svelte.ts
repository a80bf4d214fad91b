import type { Device } from '#lib/device/device.ts';
import { live } from '#lib/device/live.svelte.ts';
import { phraseChecks, type PhraseChecks } from '#lib/device/phrase-checks.ts';
import { loadPhrases, phraseLanguage, type PhraseBook } from '#lib/directory/phrases/phrases.ts';

/**
 * The phrases of a language that may change, with what people have approved where a device is given; undefined until they are loaded.
 * Made while a component is set up.
 */
export function phraseBook(
	language: () => string,
	device: () => Device | undefined = () => undefined
): { readonly current: PhraseBook | undefined } {
	let book = $state.raw<PhraseBook>();
	const checks = $derived.by(() => {
		const [opened, wanted] = [device(), phraseLanguage(language())];
		return opened && wanted && live<PhraseChecks | undefined>(() => phraseChecks(opened, wanted), undefined);
	});

	$effect(() => {
		let gone = false;
		loadPhrases(language()).then((found) => {
			if (!gone) book = found;
		}, reportError);
		return () => (gone = true);
	});

	const current = $derived.by(() => {
		if (book?.language !== phraseLanguage(language())) return undefined;
		// Absent until they were read; where they cannot be, nothing counts as approved.
		const checked = checks && (checks.current ?? (checks.error === undefined ? undefined : {}));
		return book && checked ? { ...book, checked } : book;
	});

	return {
		get current() {
			return current;
		}
	};
}
