import { expect, it } from 'vitest';
import { byteRange } from './byte-range.ts';

const asked = (range: string, condition?: string) =>
	byteRange(new Headers({ range, ...(condition ? { 'if-range': condition } : {}) }), 100, '"a"');

it.each([
	['bytes=0-', [0, 99]],
	['bytes=40-', [40, 99]],
	['bytes=40-59', [40, 59]],
	['bytes=40-4000', [40, 99]],
	['bytes=-10', [90, 99]],
	['bytes=-1000', [0, 99]],
	['bytes=100-', 'none'],
	['bytes=-0', 'none'],
	['bytes=50-40', undefined],
	['bytes=-', undefined],
	['bytes=0-1,5-6', undefined],
	['lines=1-2', undefined]
])('%s of a hundred bytes', (range, wanted) => {
	expect(asked(range)).toEqual(wanted);
});

it('gives all of it to whoever has the beginning of another version', () => {
	expect(asked('bytes=40-', '"a"')).toEqual([40, 99]);
	expect(asked('bytes=40-', '"b"')).toBeUndefined();
});
