import type { Service } from '#lib/domain/service.ts';
import { criticalTextMayShow, mayReachClient, writtenLanguages } from './critical.ts';
import { lookup, primaryLanguage, shownText, type ShownText } from './fallback.ts';

/** What somebody may speak of a card for clients: its name, and what one gets there. */

const FIELDS = ['name', 'summary'] as const;

/**
 * The words of a card in a language, to be read as they stand; none where the card may not be shown, or has not both of them in it. Of critical words only those in Finnish, Swedish and
 * English may be spoken, as of phrases: whoever checks a text cannot read a recording.
 */
export function cardWords(service: Service, language: string): ShownText[] {
	if (!mayReachClient(service)) return [];
	const present = FIELDS.filter((field) => service[field] !== undefined);
	const words = present.flatMap((field) => {
		const texts = service[field] ?? {};
		if (lookup(Object.keys(texts), language) === undefined) return [];
		const isCritical = service.critical.includes(field);
		const allow: Parameters<typeof shownText>[2] = (tag, text) =>
			!isCritical ||
			(writtenLanguages.has(primaryLanguage(tag)) && criticalTextMayShow(tag, text, service.source));
		const shown = shownText(texts, language, allow);
		return shown && !shown.fallback ? [shown] : [];
	});
	return words.length === present.length ? words : [];
}

/** Letters of the hash in a key: nobody has a reason to look for two texts that share it. */
const HASH_LETTERS = 16;

/**
 * By what a recording of a card is known, among the keys of phrases; undefined where nobody may speak it. It changes with the words, so that nobody hears what the card no longer
 * says.
 */
export async function cardKey(service: Service, language: string): Promise<string | undefined> {
	const words = cardWords(service, language);
	if (words.length === 0) return undefined;
	const bytes = new TextEncoder().encode(words.map(({ text }) => text).join('\n'));
	const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
	const hash = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
	return `card.${service.id}.${hash.slice(0, HASH_LETTERS)}`;
}

/** The service that a key names; undefined: it names a phrase. */
export const serviceOfKey = (key: string): string | undefined =>
	/^card\.([0-9a-f-]{36})\.[0-9a-f]+$/.exec(key)?.[1];
