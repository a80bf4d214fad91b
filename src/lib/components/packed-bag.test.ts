import { describe, expect, it } from 'vitest';
import { bagChecks, type BagFacts } from './packed-bag.ts';

const now = Date.UTC(2026, 10, 27, 16);
const packed: BagFacts = {
	heardAt: now - 3_600_000,
	now,
	waiting: 0,
	attention: 0,
	pack: 'here',
	services: 102,
	clipsMissing: 0,
	kept: true
};
const missing = (more: Partial<BagFacts>) =>
	bagChecks({ ...packed, ...more }).flatMap(({ item, state }) => (state === 'missing' ? [item] : []));

describe('the packed bag', () => {
	it('is packed where nothing is missing, and where the phone cannot know', () => {
		expect(missing({})).toEqual([]);
		expect(missing({ kept: undefined, clipsMissing: undefined })).toEqual([]);
		expect(bagChecks({ ...packed, kept: undefined }).at(-1)).toEqual({ item: 'storage', state: 'unknown' });
	});

	it.each([
		[{ waiting: 1 }, 'sent'],
		[{ attention: 2 }, 'attention'],
		[{ heardAt: undefined }, 'fresh'],
		[{ heardAt: now - 25 * 3_600_000 }, 'fresh'],
		// A clock that was set back since.
		[{ heardAt: now + 25 * 3_600_000 }, 'fresh'],
		[{ pack: 'coming' }, 'pack'],
		[{ services: 0 }, 'pack'],
		[{ clipsMissing: 3 }, 'clips'],
		[{ kept: false }, 'storage']
	] as const)('%j: is not', (more, item) => {
		expect(missing(more)).toEqual([item]);
	});
});
