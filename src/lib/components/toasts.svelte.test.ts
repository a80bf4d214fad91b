import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Toasts } from './toasts.svelte.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('notices', () => {
	it('stay eight seconds, and no longer', () => {
		const toasts = new Toasts();
		toasts.show({ text: 'a' });
		vi.advanceTimersByTime(7999);
		expect(toasts.current?.text).toBe('a');
		vi.advanceTimersByTime(1);
		expect(toasts.current).toBeUndefined();
	});

	it('stand still while the pointer or the focus is on them or nobody looks', () => {
		const toasts = new Toasts();
		toasts.show({ text: 'a' });
		vi.advanceTimersByTime(5000);
		toasts.pause('pointer');
		toasts.pause('hidden');
		vi.advanceTimersByTime(60_000);
		toasts.resume('pointer');
		vi.advanceTimersByTime(60_000);
		toasts.resume('hidden');
		vi.advanceTimersByTime(2999);
		expect(toasts.current?.text).toBe('a');
		vi.advanceTimersByTime(1);
		expect(toasts.current).toBeUndefined();
	});

	it('come one at a time: what lies beneath comes back with the time it had left', () => {
		const toasts = new Toasts();
		toasts.show({ text: 'first' });
		vi.advanceTimersByTime(6000);
		toasts.show({ text: 'second' });
		vi.advanceTimersByTime(8000);
		expect(toasts.current?.text).toBe('first');
		vi.advanceTimersByTime(2000);
		expect(toasts.current).toBeUndefined();
	});

	it('do what they offer, each its own', () => {
		const undone: string[] = [];
		const toasts = new Toasts();
		for (const text of ['first', 'second']) {
			toasts.show({ text, action: { label: 'undo', run: () => void undone.push(text) } });
		}
		toasts.act();
		toasts.act();
		expect(undone).toEqual(['second', 'first']);
		expect(toasts.current).toBeUndefined();
	});
});
