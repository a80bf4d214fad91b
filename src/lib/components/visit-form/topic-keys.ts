import { topicGroups } from '#lib/domain/code-lists.ts';

/** Keys of the tiles in their fixed order: digits, then the letters beneath them on the keyboard. */
const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0', 'q', 'w', 'e', 'r', 't'];

export const topicKey = (index: number): string | undefined => KEYS[index];

/** The group whose tile a key toggles. */
export function topicOfKey(key: string): string | undefined {
	return topicGroups[KEYS.indexOf(key.toLowerCase())]?.id;
}

/** Turns a group on or off; off takes its exact topics along. */
export function toggleGroup(topics: readonly string[], group: string): string[] {
	const isOfGroup = (topic: string) => topic === group || topic.startsWith(`${group}.`);
	return topics.some(isOfGroup) ? topics.filter((topic) => !isOfGroup(topic)) : [...topics, group];
}
