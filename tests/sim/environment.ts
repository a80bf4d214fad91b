/**
 * The ground that a simulation stands on: one seed decides everything, so that a failing seed replays exactly. Time, randomness and
 * the browser's storage are simulated; all that is Reppu's is the real code.
 *
 * Import this before anything else: it puts IndexedDB in place.
 */
import 'fake-indexeddb/auto';
import { createHash } from 'node:crypto';
import { seeded } from '#lib/server/demo/random.ts';

/** A round begins at this moment, ms since 1970; it ends in the same half year, so that no time zone surprises the count. */
const START = Date.UTC(2026, 2, 2, 7);

export class Environment {
	readonly seed: number;
	/** Server's time, ms; every device has its own clock, off by its own error. */
	now = START;
	readonly #random: () => number;

	constructor(seed: number) {
		this.seed = seed;
		this.#random = seeded(seed);
	}

	/** Between 0 and 1. */
	random(): number {
		return this.#random();
	}

	chance(probability: number): boolean {
		return this.#random() < probability;
	}

	/** A whole number from 0 to below `end`. */
	below(end: number): number {
		return Math.floor(this.#random() * end);
	}

	pick<T>(list: readonly T[]): T {
		return list[this.below(list.length)]!;
	}

	shuffle<T>(list: readonly T[]): T[] {
		const left = [...list];
		const shuffled: T[] = [];
		while (left.length > 0) shuffled.push(...left.splice(this.below(left.length), 1));
		return shuffled;
	}

	/** Draws by weight. */
	draw<K extends string>(weights: Readonly<Partial<Record<K, number>>>): K {
		const entries = Object.entries(weights) as [K, number][];
		let at = this.#random() * entries.reduce((sum, [, weight]) => sum + weight, 0);
		for (const [key, weight] of entries) {
			at -= weight;
			if (at < 0) return key;
		}
		return entries.at(-1)![0];
	}

	/**
	 * Puts this round's time and randomness under everything. Hashes and seals are worked out at once and requests go uncompressed, for the
	 * platform would do all of it on other threads, and the order in which threads end is not ours to replay.
	 */
	install(): void {
		const random = seeded(this.seed ^ 0x5eed);
		Date.now = () => this.now;
		Math.random = random;
		define(crypto, 'getRandomValues', (bytes: Uint8Array) => {
			for (let index = 0; index < bytes.length; index += 1) bytes[index] = Math.floor(random() * 256);
			return bytes;
		});
		define(crypto.subtle, 'digest', async (_algorithm: string, bytes: Uint8Array) => {
			const hash = createHash('sha256').update(bytes).digest();
			return hash.buffer.slice(hash.byteOffset, hash.byteOffset + hash.length);
		});
		define(globalThis, 'CompressionStream', undefined);
		define(
			crypto.subtle,
			'encrypt',
			async (how: Aes, _key: unknown, plain: Uint8Array) =>
				Uint8Array.of(...plain, ...tagOf(how, plain)).buffer
		);
		define(crypto.subtle, 'decrypt', async (how: Aes, _key: unknown, sealed: Uint8Array) => {
			const plain = sealed.slice(0, -TAG);
			const tag = tagOf(how, plain);
			if (sealed.slice(-TAG).some((byte, index) => byte !== tag[index])) throw new Error('It does not open.');
			return plain.buffer;
		});
	}
}

/** Bytes of the tag of AES-GCM. */
const TAG = 16;

type Aes = Pick<AesGcmParams, 'iv' | 'additionalData'>;

/** Hides nothing, and opens nowhere but where it was sealed: a vault of the simulator is about who may read when. */
const tagOf = ({ iv, additionalData }: Aes, plain: Uint8Array) =>
	createHash('sha256')
		.update(iv as Uint8Array)
		.update(additionalData as Uint8Array)
		.update(plain)
		.digest()
		.subarray(0, TAG);

function define(target: object, name: string, value: unknown): void {
	Object.defineProperty(target, name, { value, configurable: true, writable: true });
}

/** Lets everything run that can run without an answer from somewhere. */
export async function settle(turns = 12): Promise<void> {
	for (let turn = 0; turn < turns; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

interface Waiting {
	begin: () => void;
	refuse: (error: unknown) => void;
}

/** Web Locks of one browser profile. A tab that dies lets go of what it held. */
export class Locks {
	readonly #held = new Map<string, Waiting[]>();

	async request<T>(name: string, task: () => Promise<T>): Promise<T> {
		const before = this.#held.get(name);
		if (before) await new Promise<void>((begin, refuse) => before.push({ begin, refuse }));
		const queue = before ?? [];
		this.#held.set(name, queue);
		try {
			// A lock is never given in the same moment.
			await Promise.resolve();
			return await task();
		} finally {
			// A tab that has died ends nobody else's turn.
			if (this.#held.get(name) === queue) {
				const next = queue.shift();
				if (next) next.begin();
				else this.#held.delete(name);
			}
		}
	}

	/** Every tab of this name has died: whoever asks next gets the lock. */
	forget(name: string): void {
		const queue = this.#held.get(name) ?? [];
		this.#held.delete(name);
		for (const { refuse } of queue) refuse(new DOMException('The tab has died.', 'AbortError'));
	}
}

/** Puts locks in place, or takes them away: the client must do with the lease alone, too. */
export function installLocks(locks: Locks | undefined): void {
	define(globalThis, 'navigator', locks ? { locks } : {});
}
