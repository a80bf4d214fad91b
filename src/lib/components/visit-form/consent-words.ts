import { formatDate } from '#lib/domain/dates.ts';
import { languageName } from '#lib/domain/codes/language-names.ts';
import type { Locale } from '#lib/domain/languages.ts';
import type { CardConsent } from '#lib/domain/visit.ts';
import { m } from '#lib/paraglide/messages.js';

/** How a client can have taken in what they agree to. */
export const consentWays = ['read', 'heard', 'interpreted'] as const;

/** What people read for it; of a newer version's way its code. */
export function consentWay(how: string, locale: Locale): string {
	const words: Readonly<Record<string, string>> = {
		read: m.card_way_read({}, { locale }),
		heard: m.card_way_heard({}, { locale }),
		interpreted: m.card_way_interpreted({}, { locale })
	};
	return Object.hasOwn(words, how) ? words[how]! : how;
}

/** A consent in words: day, language, way, and which text it was. */
export function consentText(consent: CardConsent | null | undefined, locale: Locale): string {
	if (!consent) return m.card_consent_none({}, { locale });
	const { language, text, on, how } = consent;
	const words = { on: formatDate(on, locale, 'date'), language: languageName(language, locale), text };
	return m.card_consent_words({ ...words, how: consentWay(how, locale) }, { locale });
}

/** What a wording is called: its language, and as much of its hash as tells any two apart. */
export async function wordingOf(language: string, texts: readonly string[]): Promise<string> {
	const bytes = new TextEncoder().encode(texts.join('\n'));
	const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)).slice(0, 6);
	return `${language}-${Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}
