import { describe, expect, it } from 'vitest';
import { SEQUENCE, ShortcutReader } from './shortcuts.ts';

describe('shortcuts', () => {
	it('are single keys, or two after `g`', () => {
		const reader = new ShortcutReader();
		expect(reader.press('n', 0)).toBe('new');
		expect(reader.press('/', 0)).toBe('search');
		expect(reader.press('g', 0)).toBeUndefined();
		expect(reader.expecting(100)).toBe(true);
		expect(reader.press('s', 100)).toBe('sync');
		expect(reader.press('s', 100)).toBeUndefined();
	});

	it('forget a `g` that nothing followed', () => {
		const reader = new ShortcutReader();
		reader.press('g', 0);
		expect(reader.press('t', SEQUENCE)).toBeUndefined();
		reader.press('g', 5000);
		expect(reader.press('n', 5100)).toBeUndefined();
		expect(reader.press('n', 5200)).toBe('new');
	});
});
