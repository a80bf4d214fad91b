import { flushSync } from 'svelte';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { live, type Live } from './live.svelte.ts';
import { testDevice, type TestDevice } from './test-device.ts';

let device: TestDevice;
let asked: number;
let keys: Live<string[] | undefined>;

beforeEach(async () => {
	device = await testDevice();
	asked = 0;
	keys = live<string[] | undefined>(() => {
		asked += 1;
		return device.db.meta.toCollection().primaryKeys();
	}, undefined);
});

afterEach(() => device.remove());

/** A screen that shows them; what it returns takes it away. */
const screen = () => {
	const gone = $effect.root(() => {
		$effect(() => void keys.current);
	});
	flushSync();
	return gone;
};

describe('a live query', () => {
	it('is not asked again by the screen that comes after another', async () => {
		const first = screen();
		await expect.poll(() => keys.current).toBeDefined();
		first();
		// SvelteKit draws the page, which then fetches its parts.
		await new Promise((resolve) => setTimeout(resolve, 100));
		const second = screen();
		await device.db.meta.put({ key: 'a fact', value: 1 });
		await expect.poll(() => keys.current).toContain('a fact');
		expect(asked).toBe(2);
		second();
	});

	it('is left when nothing has read it for a while', async () => {
		const only = screen();
		await expect.poll(() => keys.current).toBeDefined();
		only();
		await new Promise((resolve) => setTimeout(resolve, 2500));
		await device.db.meta.put({ key: 'a fact', value: 1 });
		await new Promise((resolve) => setTimeout(resolve, 300));
		expect(asked).toBe(1);
	});
});
