import { expect, test } from 'vitest';
import type { ApiAnswer } from './api.ts';
import { Feed } from './feed.svelte.ts';

/** A server whose answers come when the test says so. */
function slowServer() {
	const open: ((answer: ApiAnswer<number>) => void)[] = [];
	return {
		ask: () => new Promise<ApiAnswer<number>>((resolve) => open.push(resolve)),
		answer: (index: number, answer: ApiAnswer<number>) => open[index]?.(answer),
		get asked() {
			return open.length;
		}
	};
}

test('old figures stay with their time while newer questions fail', async () => {
	const server = slowServer();
	const feed = new Feed(server.ask);
	const first = feed.refresh();
	expect(feed.asking).toBe(true);
	server.answer(0, { ok: true, value: 7 });
	await first;
	const { at } = feed.shown ?? { at: 0 };
	expect(at).toBeGreaterThan(0);
	const second = feed.refresh();
	server.answer(1, { ok: false, failure: 'offline' });
	await second;
	expect(feed.shown).toEqual({ value: 7, at });
	expect(feed.failure).toBe('offline');
	const third = feed.refresh();
	server.answer(2, { ok: true, value: 8 });
	await third;
	expect(feed.shown?.value).toBe(8);
	expect(feed.failure).toBeUndefined();
});

test('of two questions under way the later one counts, whichever answer comes first', async () => {
	const server = slowServer();
	const feed = new Feed(server.ask);
	const both = [feed.refresh(), feed.refresh()];
	server.answer(1, { ok: true, value: 2 });
	server.answer(0, { ok: true, value: 1 });
	await Promise.all(both);
	expect(feed.shown?.value).toBe(2);
	expect(feed.asking).toBe(false);
});

test('a window that gets the focus asks anew, and not again while an answer is due', async () => {
	const server = slowServer();
	const feed = new Feed(server.ask);
	const stop = feed.watch();
	dispatchEvent(new Event('focus'));
	dispatchEvent(new Event('focus'));
	expect(server.asked).toBe(1);
	server.answer(0, { ok: true, value: 1 });
	await expect.poll(() => feed.shown?.value).toBe(1);
	stop();
	dispatchEvent(new Event('focus'));
	expect(server.asked).toBe(1);
});
