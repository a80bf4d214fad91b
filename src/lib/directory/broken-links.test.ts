import { describe, expect, it } from 'vitest';
import { afterLook, isBroken, soundLink } from './broken-links.ts';

const after = (...looks: [string, boolean][]) =>
	looks.reduce((record, [day, isThere]) => afterLook(record, isThere, day), soundLink);

describe('a link', () => {
	it('is broken after it failed on three different days', () => {
		const two = after(['2026-03-01', false], ['2026-03-02', false]);
		expect(isBroken(two)).toBe(false);
		const three = afterLook(two, false, '2026-03-04');
		expect(isBroken(three)).toBe(true);
		expect(three).toEqual({ failedDays: 3, since: '2026-03-01', last: '2026-03-04' });
	});

	it('is not broken by many looks on one day', () => {
		const day: [string, boolean] = ['2026-03-01', false];
		expect(after(day, day, day, day)).toEqual({ failedDays: 1, since: '2026-03-01', last: '2026-03-01' });
	});

	it('is sound again with the first good look, and starts anew', () => {
		const mended = after(
			['2026-03-01', false],
			['2026-03-02', false],
			['2026-03-03', false],
			['2026-03-04', true]
		);
		expect(mended).toEqual(soundLink);
		expect(isBroken(afterLook(mended, false, '2026-03-05'))).toBe(false);
	});
});
