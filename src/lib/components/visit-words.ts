import { topicNames } from '#lib/domain/codes/topic-names.ts';
import { languageName } from '#lib/domain/codes/language-names.ts';
import type { Locale } from '#lib/domain/languages.ts';
import type { Glance } from '#lib/domain/visit-glance.ts';
import { m } from '#lib/paraglide/messages.js';

/** Ids of the topic groups of a visit, in its own order, each once. */
export function groupsOf(topics: readonly string[]): string[] {
	return [...new Set(topics.map((topic) => topic.replace(/\..*/s, '')))];
}

/** The short name of a topic group; its id where this version does not know it. */
export function groupName(group: string, locale: Locale): string {
	return Object.hasOwn(topicNames, group) ? topicNames[group as keyof typeof topicNames][locale] : group;
}

/** What a visit was about, in one short line: its first topic. */
export function visitTitle({ topics }: Pick<Glance, 'topics'>, locale: Locale): string {
	const [first] = groupsOf(topics);
	return first === undefined ? m.visit_no_topic({}, { locale }) : groupName(first, locale);
}

/** A template in few words: its first topic, how many more, and the language. */
export function templateWords(
	{ language, topics }: { language: string; topics: readonly string[] },
	locale: Locale
): string {
	const more = groupsOf(topics).length - 1;
	return `${visitTitle({ topics }, locale)}${more > 0 ? ` +${more}` : ''} · ${languageName(language, locale)}`;
}

/** The second line: language, how many topics, sent on or not. */
export function visitDetail({ topics, language, referred }: Glance, locale: Locale): string {
	const parts: string[] = [];
	if (language) parts.push(languageName(language, locale));
	const count = groupsOf(topics).length;
	if (count > 1) parts.push(m.visit_topics({ count }, { locale }));
	if (referred) parts.push(m.visit_referred({}, { locale }));
	return parts.join(' · ');
}
