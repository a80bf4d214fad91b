import { noteIfPossible } from '#lib/server/storage/failures.ts';
import { Buckets, type Level, type Rule } from './buckets.ts';

/** Buckets of which the full ones are written down, so that a restart forgives no more than one step. */
export class KeptBuckets {
	readonly #buckets: Buckets;
	readonly #step: number;
	readonly #keep: (scope: string, load: Level) => Promise<unknown>;
	/** What was last written of a scope, while it is half full. */
	readonly #written = new Map<string, Level>();

	/**
	 * @param step from half of what fits on, a level is written again with each so much more
	 * @param keep writes the level of a scope
	 */
	constructor(rule: Rule, step: number, keep: (scope: string, load: Level) => Promise<unknown>) {
		this.#buckets = new Buckets(rule);
		this.#step = step;
		this.#keep = keep;
	}

	/** A level from before the last stop. */
	restore(scope: string, load: Level): void {
		this.#buckets.set(scope, load);
	}

	/** The same as of `Buckets`; what is to be kept stands in the database by then, if that takes writes. */
	async take(scope: string, units: number, now: number): Promise<number> {
		const wait = this.#buckets.take(scope, units, now);
		const level = this.#buckets.levelOf(scope, now);
		if (level < this.#buckets.rule.burst / 2) this.#written.delete(scope);
		else if (this.#isNews(scope, level, now)) {
			const load = { level: Math.ceil(level), at: now };
			this.#written.set(scope, load);
			await noteIfPossible(this.#keep(scope, load));
		}
		return wait;
	}

	/** A restart would forgive a step: of what has come since it was written, or of what has run out of it by then. */
	#isNews(scope: string, level: number, now: number): boolean {
		const written = this.#written.get(scope);
		if (!written) return true;
		const runOut = (Math.abs(now - written.at) / 1000) * this.#buckets.rule.perSecond;
		return Math.abs(level - written.level) >= this.#step || runOut >= this.#step;
	}
}
