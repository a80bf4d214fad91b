import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { topicIds } from '#lib/domain/code-lists.ts';
import { mappedTopics, topicsOfClasses } from './service-class-topics.ts';

describe('topics of service classes', () => {
	it('are all topics of this app', () => {
		expect([...mappedTopics].filter((topic) => !topicIds.includes(topic))).toEqual([]);
	});

	it('come from the class itself, else from the one above, each once in the order of the topics', () => {
		expect(topicsOfClasses(['P6.8', 'P1.1'])).toEqual([
			'education.upper-secondary',
			'housing.finding-home',
			'housing.rental-agreement'
		]);
		expect(topicsOfClasses(['P28.7'])).toEqual(['family.youth']);
		expect(topicsOfClasses(['P6.10', 'P6.8', 'P6'])).toEqual([
			'education.upper-secondary',
			'education.adult-education'
		]);
	});

	it('are none for classes without one and for unknown ones', () => {
		expect(topicsOfClasses(['P27.4', 'P99', 'P5.21', '', 'constructor', 'string'])).toEqual([]);
	});
});

const source = new URL('../../../../../../shared/data/ptv/service-classes-2023.json', import.meta.url);

describe('the table against the published classes', () => {
	it.skipIf(!existsSync(source))('covers most of them (skipped without ../shared/data)', () => {
		const classes: { code: string }[] = JSON.parse(readFileSync(source, 'utf8'));
		const mapped = classes.filter(({ code }) => topicsOfClasses([code]).length > 0);
		expect(classes).toHaveLength(228);
		expect(mapped.length).toBeGreaterThan(110);
	});
});
