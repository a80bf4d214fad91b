import { advice } from '#lib/domain/codes/advice.ts';
import { background } from '#lib/domain/codes/background.ts';
import type { Code, CodeList } from '#lib/domain/codes/code.ts';
import { contact } from '#lib/domain/codes/contact.ts';
import { topicGroups } from '#lib/domain/codes/topics.ts';
import type { Locale } from '#lib/domain/languages.ts';

/**
 * The code lists of a visit record. They are this project's own proposal, not an official list: the ALPO register's own
 * lists are not public. Built on what is published of that register (its classes for the length of residence, its most
 * common topics and partners), on Act 681/2023 §13 and on the contents of the guide Perustietoa Suomesta.
 *
 * Codes that this version does not know come from newer phones: they are kept, passed on and shown by their id.
 */

export type { Code, CodeList } from '#lib/domain/codes/code.ts';
export { topicGroups };

export type ListId = 'topic' | keyof typeof background | keyof typeof contact | keyof typeof advice;

/** All lists by id, retired codes included. The codes of `topic` are its second level; the first is `topicGroups`. */
export const codeLists: Readonly<Record<ListId, CodeList>> = {
	topic: {
		fi: 'Kysytty asia',
		sv: 'Ärende',
		en: 'Topic of the contact',
		multiple: true,
		codes: topicGroups.flatMap((group) => group.codes)
	},
	...background,
	...contact,
	...advice
};

/** Every value that a topic of a record or of a service may have: each group's id, followed by the ids of its codes. */
export const topicIds: readonly string[] = topicGroups.flatMap((group) => [
	group.id,
	...group.codes.map((code) => code.id)
]);

/** A code by its id, retired or not; for `topic` also a group. Undefined for a code of a newer version. */
export function findCode(listId: ListId, codeId: string): Code | undefined {
	const isCode = (code: Code) => code.id === codeId;
	return codeLists[listId].codes.find(isCode) ?? (listId === 'topic' ? topicGroups.find(isCode) : undefined);
}

/** The codes that a new record can be given: all but the retired ones. */
export function offered(listId: ListId): Code[] {
	return codeLists[listId].codes.filter((code) => !code.retired);
}

/**
 * The codes that a form shows: those offered, without the ones that are only asked where an organisation wants it.
 *
 * @param turnedOn ids of this list that the organisation turned on
 */
export function asked(listId: ListId, turnedOn: readonly string[] = []): Code[] {
	return offered(listId).filter((code) => code.askedByDefault !== false || turnedOn.includes(code.id));
}

/** What people read for a code; the id itself where this version does not know the code. */
export function label(listId: ListId, codeId: string, locale: Locale): string {
	return findCode(listId, codeId)?.[locale] ?? codeId;
}

/** The id of a topic's group: the part before the dot, so codes and groups of newer versions keep their place too. */
export function topicGroupOf(topicId: string): string {
	return topicId.replace(/\..*/s, '');
}

/**
 * Whether a topic is left out of small aggregates and client cards (design.md §8). An unknown topic counts as
 * sensitive: a newer version may have marked it so, and this one cannot know.
 */
export function isSensitiveTopic(topicId: string): boolean {
	const topic = findCode('topic', topicId);
	return !topic || topic.sensitive === true;
}
