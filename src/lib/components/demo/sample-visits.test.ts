import { describe, expect, test } from 'vitest';
import { topicIds, findCode } from '#lib/domain/code-lists.ts';
import { helsinki, instantOf } from '#lib/domain/dates.ts';
import { visitFault } from '#lib/domain/visit.ts';
import { momentsOfToday, ordinaryVisits, visitAtClosedDesk } from './sample-visits.ts';

const desk = {
	id: '01980000-0000-7000-8000-000000000263',
	name: '',
	municipality: '263',
	placeType: 'library'
};

describe('the visits that a demo phone begins with', () => {
	test.each(['00:00', '00:01', '02:59', '12:00', '23:00', '23:59'])('are of today at %s', (time) => {
		const now = instantOf('2026-03-07', time) + 20_000;
		const moments = momentsOfToday(4, now);
		expect(moments).toHaveLength(4);
		for (const at of moments) {
			expect(helsinki(at).date).toBe('2026-03-07');
			expect(at).toBeLessThanOrEqual(now);
		}
		expect([...moments].sort((a, b) => a - b)).toEqual(moments);
	});

	test('are visits with codes that people can read', () => {
		const visits = [visitAtClosedDesk(0, desk), ...ordinaryVisits([1, 2, 3], desk)];
		expect(visits).toHaveLength(4);
		for (const { topics, actions, duration, interpreting, residenceLength, ...rest } of visits) {
			expect(visitFault(JSON.parse(JSON.stringify({ topics, ...rest })))).toBeUndefined();
			expect((topics as string[]).filter((topic) => !topicIds.includes(topic))).toEqual([]);
			for (const action of actions as string[]) expect(findCode('action', action)).toBeDefined();
			expect(findCode('duration', String(duration))).toBeDefined();
			expect(findCode('interpreting', String(interpreting))).toBeDefined();
			expect(findCode('residence-length', String(residenceLength))).toBeDefined();
		}
	});
});
