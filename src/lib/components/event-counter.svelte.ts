import type { Device } from '#lib/device/device.ts';
import { writeSheet } from '#lib/device/event-writes.ts';
import { isFull } from '#lib/device/failures.ts';
import type { FieldValues } from '#lib/device/ops.ts';
import type { Stamp } from '#lib/device/stamp.ts';
import { newId } from '#lib/domain/ids.ts';

/** What one tap was: a person or a question, how many, and of which language or topic. */
export interface Tap {
	of: 'people' | 'topics';
	name: string;
	count: number;
}

type Counts = Readonly<Record<string, number>>;

/** Who writes: the stamp is read when it is needed, because it changes. */
interface Writer {
	device: Device;
	readonly stamp: Stamp;
}

/**
 * One opening of the counter: a sheet of its own that nobody else writes to, made with the first tap. Its id is only in memory, so that no copy of this device's
 * database goes on writing where this one does.
 */
export class EventCounter {
	/** Why the last tap was not saved; then it does not count. */
	failure = $state<'full' | 'other'>();
	/** Taps of this opening that can be taken back, the last one last. */
	taps = $state.raw<readonly Tap[]>([]);
	readonly #writer: Writer;
	readonly #about: { event: string; date: string };
	readonly #id = newId();
	#counts: Record<Tap['of'], Counts> = { people: {}, topics: {} };
	#isThere = false;
	#last: Promise<void> = Promise.resolve();

	constructor(writer: Writer, event: string, date: string) {
		this.#writer = writer;
		this.#about = { event, date };
	}

	/** Counts one tap. True once it is on the medium; taps are saved in their order. */
	tap(tap: Tap): Promise<boolean> {
		return this.#save(tap, () => (this.taps = [...this.taps, tap]));
	}

	/** Takes the last tap of this opening back. */
	async undo(): Promise<boolean> {
		const tap = this.taps.at(-1);
		if (!tap) return false;
		this.taps = this.taps.slice(0, -1);
		const isUndone = await this.#save({ ...tap, count: -tap.count }, () => undefined);
		if (!isUndone) this.taps = [...this.taps, tap];
		return isUndone;
	}

	#save(tap: Tap, saved: () => void): Promise<boolean> {
		const mine = this.#last.then(async () => {
			const before = this.#counts[tap.of];
			this.#counts[tap.of] = { ...before, [tap.name]: (before[tap.name] ?? 0) + tap.count };
			const fields: FieldValues = this.#isThere
				? { [tap.of]: { ...this.#counts[tap.of] } }
				: { ...this.#about, people: { ...this.#counts.people }, topics: { ...this.#counts.topics } };
			try {
				await writeSheet(this.#writer.device, this.#writer.stamp, this.#id, fields);
			} catch (error) {
				this.#counts[tap.of] = before;
				this.failure = isFull(error) ? 'full' : 'other';
				reportError(error);
				return false;
			}
			this.#isThere = true;
			this.failure = undefined;
			saved();
			return true;
		});
		this.#last = mine.then(() => undefined);
		return mine;
	}
}

/** Taps of the same button closer together than this are one, ms: a finger that trembles. */
const SAME_TAP = 1000;

/** Lets through what is no repetition of the tap before. */
export function tapFilter(): (name: string, now: number) => boolean {
	let last: { name: string; at: number } | undefined;
	return (name, now) => {
		const again = last !== undefined && last.name === name && now - last.at < SAME_TAP;
		if (!again) last = { name, at: now };
		return !again;
	};
}
