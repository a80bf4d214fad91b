import { languagesAt, offeredLanguages } from '#lib/components/visit-form/language-order.ts';
import { groupsOf } from '#lib/components/visit-words.ts';
import type { MembershipDb } from '#lib/device/membership-db.ts';
import type { VisitEntry } from '#lib/device/visit-set.svelte.ts';
import { topicGroups } from '#lib/domain/code-lists.ts';
import { isList, isShaped, isText } from '#lib/domain/shape.ts';

/** What stands on the tally board: languages are columns, topic groups are rows. */
export interface Board {
	languages: readonly string[];
	topics: readonly string[];
}

type Seen = Pick<VisitEntry, 'at' | 'glance'>;

/** More columns than this are too narrow for a finger on a phone. */
export const MOST_LANGUAGES = 4;
const LANGUAGES = 3;
const TOPICS = 6;
const DAYS = 60;

/** Rows stand in the order of the tiles, which the hand knows. */
const inOrder = (topics: readonly string[]) =>
	topicGroups.map(({ id }) => id).filter((id) => topics.includes(id));

/** The board of a desk that nobody has changed: what it has used most in sixty days. `visits`: newest first. */
export function usualBoard(
	visits: readonly Seen[],
	desk: string | null,
	now: number,
	reception: readonly string[]
): Board {
	const counts = new Map<string, number>();
	for (const { at, glance } of visits) {
		if (at < now - DAYS * 86_400_000) break;
		if (glance.desk !== desk) continue;
		for (const group of groupsOf(glance.topics)) counts.set(group, (counts.get(group) ?? 0) + 1);
	}
	const used = [...counts].sort((a, b) => b[1] - a[1]).map(([group]) => group);
	const all = topicGroups.map(({ id }) => id);
	const topics = [...new Set([...used.filter((id) => all.includes(id)), ...all])].slice(0, TOPICS);
	return {
		languages: offeredLanguages(languagesAt(visits, desk, now), reception).slice(0, LANGUAGES),
		topics: inOrder(topics)
	};
}

/** A board as somebody chose it. Undefined where that leaves nothing to tap. */
export function chosenBoard({ languages, topics }: Board): Board | undefined {
	const board = {
		languages: [...new Set(languages)].slice(0, MOST_LANGUAGES),
		topics: inOrder(topics)
	};
	return board.languages.length > 0 && board.topics.length > 0 ? board : undefined;
}

/** Key in the membership's own database. */
const KEY = 'tally';

export async function readBoard(db: MembershipDb): Promise<Board | undefined> {
	const value = (await db.meta.get(KEY))?.value;
	const shaped = isShaped<Board>(value, { languages: isList(isText), topics: isList(isText) });
	return shaped ? chosenBoard(value) : undefined;
}

export async function keepBoard(db: MembershipDb, { languages, topics }: Board): Promise<void> {
	await db.meta.put({ key: KEY, value: { languages: [...languages], topics: [...topics] } });
}

/** Name of a field of the board. */
export const fieldOf = (language: string, topic: string) => `${language} ${topic}`;

/** How many visits of this desk each field stands for: those with its language and its topic alone. */
export function tallied(visits: readonly Seen[], desk: string | null): Map<string, number> {
	const counts = new Map<string, number>();
	for (const { glance } of visits) {
		const [topic, ...more] = glance.topics;
		if (glance.desk !== desk || !glance.language || topic === undefined || more.length > 0) continue;
		const field = fieldOf(glance.language, topic);
		counts.set(field, (counts.get(field) ?? 0) + 1);
	}
	return counts;
}
