import { expect, it } from 'vitest';
import { codeLists, topicGroups, type ListId } from '#lib/domain/code-lists.ts';
import { dimension, dimensionIds, isPublic } from './dimensions.ts';

it('no public dimension tells a sensitive class apart', () => {
	const sensitiveOf = (list: ListId) =>
		codeLists[list].codes.filter((code) => code.sensitive).map(({ id }) => id);
	expect(sensitiveOf('residence-ground')).toContain('undocumented');
	let looked = 0;
	for (const id of dimensionIds.filter(isPublic)) {
		const { column, classesOf, list = 'topic' } = dimension(id);
		if (column !== 'topics' && !dimension(id).list) continue;
		for (const code of sensitiveOf(list)) {
			expect(classesOf(column === 'topics' ? JSON.stringify([code]) : code)).not.toContain(code);
			looked += 1;
		}
	}
	expect(looked).toBeGreaterThan(5);
});

it('a class of a newer version may be sensitive, and is told apart only inside', () => {
	expect(dimension('publicGround').classesOf('newer')).toEqual(['other']);
	expect(dimension('residenceGround').classesOf('newer')).toEqual(['newer']);
	expect(dimension('publicTopic').classesOf('["housing.newer","housing"]')).toEqual(['housing']);
});

it('not asked stays apart from everything else', () => {
	for (const id of dimensionIds) {
		const { column, classesOf } = dimension(id);
		if (column !== 'date') expect(classesOf(column === 'topics' ? '[]' : '')).toEqual(['']);
	}
});

it('a contact counts once in a group, however many of its topics it touched', () => {
	const [group] = topicGroups;
	const topics = JSON.stringify([group!.id, ...group!.codes.map(({ id }) => id)]);
	expect(dimension('topicGroup').classesOf(topics)).toEqual([group!.id]);
});
