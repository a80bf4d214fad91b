import { languageName, type Locale } from '#lib/domain/languages.ts';
import { readLanguageField, textFields } from '#lib/domain/service-record.ts';
import { m } from '#lib/paraglide/messages.js';
import { textWords } from './text-words.ts';

const words: Readonly<Record<string, () => string>> = {
	phones: m.service_phones,
	links: m.service_links,
	topics: m.edit_topics,
	serviceLanguages: m.service_languages,
	municipalities: m.service_municipalities,
	critical: m.edit_critical,
	source: m.edit_source,
	status: m.edit_status,
	replacedBy: m.edit_replaced_by,
	mayHandOver: m.edit_may_hand_over,
	verified: m.check_still_right,
	hours: m.hours_title
};

/** A field of the record by the name it has on the screen; one that has none there stands under its own. */
export function fieldWords(field: string, locale: Locale): string {
	const place = readLanguageField(field);
	if (place) return `${textWords(place.field)} (${languageName(place.language, locale)})`;
	const text = textFields.find((one) => one === field);
	if (text) return textWords(text);
	return Object.hasOwn(words, field) ? (words[field]?.() ?? field) : field;
}
