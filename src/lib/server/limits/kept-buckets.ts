import { noteIfPossible } from '#lib/server/storage/failures.ts';
import { Buckets, type Level, type Rule } from './buckets.ts';

/** Buckets of which the full ones are written down, so that a restart forgives no more than one step. */
export class KeptBuckets {
	readonly #buckets: Buckets;
	readonly #step: number;
	readonly #keep: (scope: string, load: Level) => Promise<unknown>;
	/** What was last written of a scope. */
	readonly #written = new Map<string, number>();

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
		// What has run out meanwhile is written with the next that comes.
		const isNews = Math.abs(level - (this.#written.get(scope) ?? 0)) >= this.#step;
		if (level >= this.#buckets.rule.burst / 2 && isNews) {
			this.#written.set(scope, level);
			await noteIfPossible(this.#keep(scope, { level: Math.ceil(level), at: now }));
		}
		return wait;
	}
}
