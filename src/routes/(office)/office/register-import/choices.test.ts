import { describe, expect, it } from 'vitest';
import { quietAnswers } from '#lib/domain/register-settings.ts';
import { choicesOf } from './choices.ts';

const known = { desks: [], topics: [], turnedOn: [] };
const grounds = (turnedOn: string[]) =>
	choicesOf('residenceGround', { ...known, turnedOn }, 'fi').map(({ value }) => value);

describe('what a value of an old register may mean', () => {
	it('is an answer that is asked only where it was turned on, only there', () => {
		const quiet = quietAnswers.filter(({ list }) => list === 'residence-ground');
		expect(quiet.length).toBeGreaterThan(0);
		for (const { id, code } of quiet) {
			expect(grounds([])).not.toContain(code.id);
			expect(grounds([id])).toEqual(expect.arrayContaining([...grounds([]), code.id]));
			expect(grounds([`age-band:${code.id}`])).not.toContain(code.id);
		}
	});
});
