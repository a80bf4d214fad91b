import { asked, codeLists, label, type ListId } from '#lib/domain/code-lists.ts';
import type { Locale } from '#lib/domain/languages.ts';
import { m } from '#lib/paraglide/messages.js';
import type { AnswerField } from './visit-values.ts';

/** The code list that each field of a visit takes its answers from. */
export const fieldLists = {
	channel: 'contact-channel',
	interpreting: 'interpreting',
	duration: 'duration',
	clientStatus: 'client-status',
	residenceLength: 'residence-length',
	residenceGround: 'residence-ground',
	ageBand: 'age-band',
	citizenshipGroup: 'citizenship-group',
	education: 'education',
	employment: 'employment-status'
} as const satisfies Partial<Record<AnswerField | 'channel', ListId>>;

export type ListedField = keyof typeof fieldLists;

/** The question, as the list words it. */
export const question = (field: ListedField, locale: Locale) => codeLists[fieldLists[field]][locale];

/**
 * The answers that a form offers, for chips.
 *
 * @param turnedOn ids of this list that are only asked where the organisation wants it
 */
export function answers(
	listId: ListId,
	locale: Locale,
	turnedOn: readonly string[] = []
): { value: string; label: string }[] {
	return asked(listId, turnedOn).map((code) => ({ value: code.id, label: code[locale] }));
}

/** An answer in words. `unknown` is an answer of every question, also of those whose list does not offer it. */
export function answerText(listId: ListId, code: string, locale: Locale): string {
	const text = label(listId, code, locale);
	return text === 'unknown' ? m.form_unknown({}, { locale }) : text;
}
