import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { wordingOf } from '#lib/components/visit-form/consent-words.ts';
import { consentPhrases } from '#lib/directory/phrases/phrase-keys.ts';
import { loadPhrases } from '#lib/directory/phrases/phrases.ts';

it('docs/privacy/consent.md has every wording of the consent that is written, by the name that visits give it', async () => {
	const page = readFileSync('docs/privacy/consent.md', 'utf8');
	for (const language of ['fi', 'sv', 'en']) {
		const book = await loadPhrases(language);
		const texts = consentPhrases.map((key) => book?.texts[key] ?? '');
		expect(page).toContain(`| \`${await wordingOf(language, texts)}\` | ${texts.join(' ')} |`);
	}
	// One letter, and it is another wording.
	expect(await wordingOf('fi', ['Haluatko kortin?'])).not.toBe(await wordingOf('fi', ['Haluatko kortin!']));
});
