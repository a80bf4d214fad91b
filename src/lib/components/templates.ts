import type { VisitEntry } from '#lib/device/visit-set.svelte.ts';

/** A language and topics that this adviser logs again and again. */
export interface Template {
	language: string;
	topics: readonly string[];
	count: number;
}

/** Days that are looked at, how often a pair must come to be learned, and how many are shown (ux.md §6.3). */
const DAYS = 30;
const AT_LEAST = 3;
const SHOWN = 5;

interface LanguageAndTopics {
	language?: string | undefined;
	topics?: readonly string[] | undefined;
}

const keyOf = ({ language = '', topics = [] }: LanguageAndTopics) =>
	[language, ...[...topics].sort()].join(' ');

/** Whether two patterns have the same language and topics, in whichever order these were chosen. */
export function samePattern(one: LanguageAndTopics, other: LanguageAndTopics): boolean {
	return keyOf(one) === keyOf(other);
}

/** What is offered to be logged with one tap: the adviser's own templates first, then what was learned beyond them. */
export function offeredTemplates<Own extends LanguageAndTopics>(
	own: readonly Own[],
	learned: readonly Template[],
	most = SHOWN
): (Own | Template)[] {
	const more = learned.filter((template) => !own.some((kept) => samePattern(kept, template)));
	return [...own, ...more].slice(0, most);
}

/**
 * The pairs of language and topics that came at least three times in thirty days, the most frequent first; among equals the
 * latest. `visits`: newest first.
 */
export function learnedTemplates(
	visits: readonly Pick<VisitEntry, 'at' | 'glance'>[],
	now: number
): Template[] {
	const found = new Map<string, Template>();
	for (const { at, glance } of visits) {
		if (at > now) continue;
		if (at < now - DAYS * 86_400_000) break;
		const { language, topics } = glance;
		if (!language || language === 'unknown' || topics.length === 0) continue;
		const key = keyOf(glance);
		const template = found.get(key);
		if (template) template.count += 1;
		else found.set(key, { language, topics, count: 1 });
	}
	return [...found.values()]
		.filter(({ count }) => count >= AT_LEAST)
		.sort((a, b) => b.count - a.count)
		.slice(0, SHOWN);
}
