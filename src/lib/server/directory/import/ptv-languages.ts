import { languageTag } from '#lib/domain/language-texts.ts';
import type { Mended } from './report-line.ts';

/**
 * Codes of service languages in the Finnish service catalogue that are not the tag this app uses. All others are ISO 639 codes and
 * BCP 47 tags as they are: `ku` (the catalogue does not tell Kurmanji from Sorani), `prs`, `no`, `rom`.
 */
const TAGS = new Map<string, string>([
	// Finnish Sign Language; ISO 639-3.
	['sgn-fi', 'fse'],
	// Serbo-Croatian is deprecated; CLDR's alias.
	['sh', 'sr-Latn']
]);

/** Service languages as BCP 47 tags, each once; what is no language code is reported. */
export function languageTags(codes: readonly string[], mended: Mended): string[] {
	const found = new Set<string>();
	for (const code of codes) {
		const lower = code.trim().toLowerCase();
		const tag = TAGS.get(lower) ?? lower;
		if (languageTag.safeParse(tag).success) found.add(tag);
		else mended('unknown_language', 'languages', code);
	}
	return [...found];
}
