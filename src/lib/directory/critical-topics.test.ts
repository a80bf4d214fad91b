import { describe, expect, it } from 'vitest';
import { topicIds } from '#lib/domain/code-lists.ts';
import { criticalByTopic } from './critical-topics.ts';

describe('what is critical by its topics', () => {
	it('is what a client of a shelter, a crisis line or an adviser of rights must not misread', () => {
		expect(criticalByTopic(['rights-safety.violence'])).toEqual(['summary', 'bring']);
		expect(criticalByTopic(['health', 'rights-safety'])).toEqual(['summary', 'bring']);
		expect(criticalByTopic(['health.mental-health'])).toEqual(['summary', 'bring']);
		expect(criticalByTopic(['housing.rental', 'health.health-centre'])).toEqual([]);
		expect(criticalByTopic(['rights-safetynet'])).toEqual([]);
		expect(criticalByTopic([])).toEqual([]);
	});

	it('names topics that there are', () => {
		const found = topicIds.filter((topic) => criticalByTopic([topic]).length > 0);
		expect(found).toContain('rights-safety.trafficking');
		expect(found).toContain('forms-decisions.appeal');
		expect(found).toContain('family.child-protection');
		expect(found).toContain('permits.international-protection');
		expect(found).toContain('money.debt');
	});
});
