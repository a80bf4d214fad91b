import { closeKeys, dropHeld, forgetKeys } from '#lib/device/vault/keyring.ts';

/**
 * What one tab tells the others of a vault. `lock`: it locks, and a quick PIN opens it again. `forget`: it locks, and only the passphrase opens
 * it. `no-pin`: the PIN is no more. `touch`: somebody is there.
 */
const ACTS = {
	lock: closeKeys,
	forget: forgetKeys,
	'no-pin': dropHeld,
	touch: () => undefined
} as const satisfies Record<string, (membership: string) => void>;
type Word = keyof typeof ACTS;

const channelOf = (membership: string) => new BroadcastChannel(`reppu-lock:${membership}`);

/** Does it here and has every other tab and window of this browser do it. */
export function tellTabs(membership: string, word: Word): void {
	const channel = channelOf(membership);
	channel.postMessage(word);
	channel.close();
	ACTS[word](membership);
}

/** Does what other tabs tell. @returns what ends it */
export function followTabs(membership: string, told?: (word: Word) => void): () => void {
	const channel = channelOf(membership);
	channel.onmessage = ({ data }: MessageEvent<Word>) => {
		if (!Object.hasOwn(ACTS, data)) return;
		ACTS[data](membership);
		told?.(data);
	};
	return () => channel.close();
}
