import { TOUCHES } from '#lib/components/touches.ts';
import { onLocked } from '#lib/device/vault/keyring.ts';
import { followTabs, tellTabs } from './lock-tabs.ts';
import type { LockTimes } from './lock-times.ts';

const MINUTE = 60_000;
/** How often it is looked whether it is time, ms: a timer of minutes stands still while the device sleeps. */
const LOOK = 5000;

interface Watching {
	times: () => Promise<LockTimes>;
	onlocked: () => void;
	/** The page goes out of sight, or comes back. */
	oncovered: (covered: boolean) => void;
}

/**
 * Locks the vault when nobody has touched the device, when the app was out of sight, and when a page comes back from the browser's
 * memory; in all tabs at once. Returns what ends it.
 */
export function watchLock(membership: string, { times, onlocked, oncovered }: Watching): () => void {
	const stop = new AbortController();
	const { signal } = stop;
	let touchedAt = Date.now();
	let hiddenAt = document.visibilityState === 'hidden' ? Date.now() : undefined;
	const unfollow = followTabs(membership, (word) => {
		if (word === 'touch') touchedAt = Date.now();
	});
	const lock = () => tellTabs(membership, 'lock');

	const look = async () => {
		const since = hiddenAt;
		const { idle, hidden } = await times();
		const now = Date.now();
		const gone = since !== undefined && now - since >= hidden * MINUTE;
		if (!signal.aborted && (gone || now - touchedAt >= idle * MINUTE)) lock();
	};

	let told = 0;
	const touch = () => {
		touchedAt = Date.now();
		// Another tab where somebody works keeps this one open.
		if (touchedAt - told < LOOK) return;
		told = touchedAt;
		tellTabs(membership, 'touch');
	};
	for (const name of TOUCHES) addEventListener(name, touch, { signal, passive: true, capture: true });
	document.addEventListener(
		'visibilitychange',
		() => {
			const hidden = document.visibilityState === 'hidden';
			if (hidden) oncovered(true);
			// A sleeping device runs no timer: the look comes before anything is shown.
			else void look().finally(() => oncovered(false));
			hiddenAt = hidden ? Date.now() : undefined;
		},
		{ signal }
	);
	// Into the browser's memory for "back", and out of it.
	addEventListener('pagehide', () => oncovered(true), { signal });
	addEventListener('pageshow', ({ persisted }) => persisted && lock(), { signal });
	const timer = setInterval(() => void look(), LOOK);
	const forget = onLocked((which) => which === membership && onlocked());
	signal.addEventListener('abort', () => {
		clearInterval(timer);
		unfollow();
		forget();
	});
	return () => stop.abort();
}
