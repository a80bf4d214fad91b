import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { closeKeys, forgetKeys, heldKey, keepKeys, openKeys } from '#lib/device/vault/keyring.ts';
import { tellTabs } from './lock-tabs.ts';
import { watchLock } from './watch-lock.ts';

const MINUTE = 60_000;

let membership: string;
let told: string[];
let stop: () => void;
let visible: DocumentVisibilityState;

/** Keys as an open vault has them, and what its PIN opens. */
async function unlock(): Promise<void> {
	const data = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt']);
	keepKeys(membership, { data, own: new Uint8Array(1) }, new Uint8Array(1));
}
const isOpen = () => openKeys(membership) !== undefined;

function show(state: DocumentVisibilityState): void {
	visible = state;
	document.dispatchEvent(new Event('visibilitychange'));
}

/** A second tab: it says what it does in the channel, as every tab does. */
function otherTab(word: string): void {
	const channel = new BroadcastChannel(`reppu-lock:${membership}`);
	channel.postMessage(word);
	channel.close();
}

beforeEach(async () => {
	vi.useFakeTimers({ toFake: ['Date', 'setInterval', 'clearInterval'] });
	[membership, told, visible] = [crypto.randomUUID(), [], 'visible'];
	vi.spyOn(document, 'visibilityState', 'get').mockImplementation(() => visible);
	await unlock();
	stop = watchLock(membership, {
		times: async () => ({ idle: 5, hidden: 1 }),
		onlocked: () => told.push('locked'),
		oncovered: (covered) => told.push(covered ? 'covered' : 'bare')
	});
});

afterEach(() => {
	stop();
	forgetKeys(membership);
	vi.useRealTimers();
	vi.restoreAllMocks();
});

describe('the lock', () => {
	it('closes when nobody has touched the device for as long as was chosen, and its PIN may open it', async () => {
		await vi.advanceTimersByTimeAsync(5 * MINUTE - 5000);
		expect(isOpen()).toBe(true);
		await vi.advanceTimersByTimeAsync(5000);
		expect(isOpen()).toBe(false);
		expect(heldKey(membership)).toBeDefined();
		expect(told).toEqual(['locked']);
	});

	it.each(['pointerdown', 'keydown', 'wheel', 'touchstart'])(
		'waits while somebody is there: %s',
		async (name) => {
			for (let minutes = 0; minutes < 12; minutes += 4) {
				await vi.advanceTimersByTimeAsync(4 * MINUTE);
				dispatchEvent(new Event(name));
				// Told to the other tabs, and so to this one too: a slow machine would hear it minutes later by this clock.
				await heard();
			}
			expect(isOpen()).toBe(true);
			// Waiting for the word has taken a moment of this clock, too.
			await vi.advanceTimersByTimeAsync(5 * MINUTE + 5000);
			expect(isOpen()).toBe(false);
		}
	);

	it('waits while somebody works in another tab', async () => {
		await vi.advanceTimersByTimeAsync(4 * MINUTE);
		otherTab('touch');
		// Heard, and answered by nobody: the next message through the same channel comes after it.
		await heard();
		await vi.advanceTimersByTimeAsync(4 * MINUTE);
		expect(isOpen()).toBe(true);
		await vi.advanceTimersByTimeAsync(MINUTE);
		expect(isOpen()).toBe(false);
	});

	it('closes once the app was out of sight for as long as was chosen', async () => {
		show('hidden');
		await vi.advanceTimersByTimeAsync(MINUTE - 5000);
		expect(isOpen()).toBe(true);
		await vi.advanceTimersByTimeAsync(5000);
		expect(isOpen()).toBe(false);
	});

	it('covers the screen before the page is out of sight, and shows nothing again before it has looked at the clock', async () => {
		show('hidden');
		expect(told).toEqual(['covered']);
		// A device that slept ran no timer.
		vi.setSystemTime(Date.now() + 2 * MINUTE);
		show('visible');
		expect(told).toEqual(['covered']);
		await vi.advanceTimersByTimeAsync(0);
		expect(told).toEqual(['covered', 'locked', 'bare']);
		expect(isOpen()).toBe(false);
	});

	it('shows the screen again after a moment elsewhere', async () => {
		show('hidden');
		vi.setSystemTime(Date.now() + 30_000);
		show('visible');
		await vi.advanceTimersByTimeAsync(0);
		expect(told).toEqual(['covered', 'bare']);
		expect(isOpen()).toBe(true);
	});

	it('covers a page that goes into the browser’s memory, and closes when it comes back from there', () => {
		dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
		expect(told).toEqual(['covered']);
		dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
		expect(isOpen()).toBe(false);
		expect(told).toEqual(['covered', 'locked']);
	});

	it('does not close when a page comes that was not in there', () => {
		dispatchEvent(new PageTransitionEvent('pageshow', { persisted: false }));
		expect(isOpen()).toBe(true);
	});

	it('closes with every other tab, and tells them', async () => {
		otherTab('lock');
		await expect.poll(isOpen).toBe(false);
		expect(heldKey(membership)).toBeDefined();
		await unlock();
		otherTab('forget');
		await expect.poll(() => heldKey(membership)).toBeUndefined();
		expect(isOpen()).toBe(false);
		expect(told).toEqual(['locked', 'locked']);
		await unlock();
		const words = listen();
		tellTabs(membership, 'lock');
		await expect.poll(() => words.all).toEqual(['lock']);
		words.end();
	});

	it('is not opened or closed by words of another vault, or that it does not know', async () => {
		otherTab('toString');
		closeKeys(crypto.randomUUID());
		await heard();
		expect(isOpen()).toBe(true);
		expect(told).toEqual([]);
	});
});

function listen(): { all: unknown[]; end: () => void } {
	const channel = new BroadcastChannel(`reppu-lock:${membership}`);
	const all: unknown[] = [];
	channel.onmessage = ({ data }) => all.push(data);
	return { all, end: () => channel.close() };
}

/** Everything said until now was heard: messages of one channel come in their order. */
async function heard(): Promise<void> {
	const words = listen();
	otherTab('end');
	await expect.poll(() => words.all).toContain('end');
	words.end();
}
