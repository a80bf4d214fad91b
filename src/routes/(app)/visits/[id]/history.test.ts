import { describe, expect, it } from 'vitest';
import type { Head } from '#lib/domain/record.ts';
import { historyOf } from './history.ts';

const head = (time: number, opId: string, value: Head['value'], author = 'me'): Head => ({
	clock: `${time.toString(16).padStart(12, '0')}-0123456789abcdef`,
	opId,
	value,
	author
});

describe('the history of a visit', () => {
	it('tells who did what, oldest first', () => {
		const steps = historyOf({
			heads: {
				at: [head(1000, 'op1', 'x')],
				language: [head(1000, 'op1', 'ar')],
				topics: [head(2000, 'op2', ['work'], 'other')],
				'notes/a': [head(3000, 'op3', { text: 'x', at: 'y' })],
				removed: [head(4000, 'op4', true)]
			},
			seen: {}
		});
		expect(steps.map(({ kind, author, at }) => [kind, author, at])).toEqual([
			['created', 'me', 1000],
			['changed', 'other', 2000],
			['noted', 'me', 3000],
			['removed', 'me', 4000]
		]);
	});

	it('knows a visit that was brought back', () => {
		expect(historyOf({ heads: { removed: [head(1, 'op', false)] }, seen: {} })[0]?.kind).toBe('restored');
	});
});
