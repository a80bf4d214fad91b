import { describe, expect, it } from 'vitest';
import { setUpSteps, stepsDone, type SetUpFacts } from './set-up-steps.ts';

const fresh: SetUpFacts = {
	people: [{ role: 'administrator', devices: 1 }],
	desks: 0,
	receptions: 0,
	contacts: 0
};

describe('setting up', () => {
	it('has everything before it where there is only the first administrator', () => {
		expect(stepsDone(fresh)).toEqual(new Set());
	});

	it('counts nobody who was invited and has no device yet', () => {
		const people = [
			{ role: 'coordinator', devices: 1 },
			{ role: 'adviser', devices: 0 }
		];
		expect(stepsDone({ ...fresh, people })).toEqual(new Set(['coordinator']));
	});

	it('is done with a visit', () => {
		const people = [
			{ role: 'coordinator', devices: 1 },
			{ role: 'adviser', devices: 2 }
		];
		expect(stepsDone({ people, desks: 1, receptions: 8, contacts: 1 })).toEqual(new Set(setUpSteps));
	});
});
