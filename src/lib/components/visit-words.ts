import { topicGroups } from '#lib/domain/codes/topics.ts';
import { languageName, type Locale } from '#lib/domain/languages.ts';
import type { Visit } from '#lib/domain/visit.ts';
import { m } from '#lib/paraglide/messages.js';

/** Ids of the topic groups of a visit, in its own order, each once. */
export function groupsOf(topics: readonly string[]): string[] {
	return [...new Set(topics.map((topic) => topic.replace(/\..*/s, '')))];
}

/** The short name of a topic group; its id where this version does not know it. */
export function groupName(group: string, locale: Locale): string {
	return topicGroups.find(({ id }) => id === group)?.short[locale] ?? group;
}

/** What a visit was about, in one short line: its first topic. */
export function visitTitle(visit: Pick<Visit, 'topics'>, locale: Locale): string {
	const [first] = groupsOf(visit.topics ?? []);
	return first === undefined ? m.visit_no_topic({}, { locale }) : groupName(first, locale);
}

/** The second line: language, how many topics, sent on or not. */
export function visitDetail(visit: Pick<Visit, 'topics' | 'language' | 'referrals'>, locale: Locale): string {
	const parts: string[] = [];
	if (visit.language) parts.push(languageName(visit.language, locale));
	const count = groupsOf(visit.topics ?? []).length;
	if (count > 1) parts.push(m.visit_topics({ count }, { locale }));
	if (visit.referrals?.some(({ to }) => to !== 'none')) parts.push(m.visit_referred({}, { locale }));
	return parts.join(' · ');
}
