import { describe, expect, it } from 'vitest';
import { topicGroups } from '#lib/domain/code-lists.ts';
import { toggleGroup, topicKey, topicOfKey } from './topic-keys.ts';

describe('keys of the topic tiles', () => {
	it('reach every tile, each by one of its own', () => {
		const keys = topicGroups.map((_, index) => topicKey(index) ?? '');
		expect(new Set(keys).size).toBe(15);
		expect(keys.map(topicOfKey)).toEqual(topicGroups.map(({ id }) => id));
		expect(topicOfKey('n')).toBeUndefined();
	});

	it('turn a group off with all that was chosen in it', () => {
		expect(toggleGroup([], 'work')).toEqual(['work']);
		expect(toggleGroup(['work', 'work.job-search', 'money'], 'work')).toEqual(['money']);
		expect(toggleGroup(['work.job-search'], 'work')).toEqual([]);
	});
});
