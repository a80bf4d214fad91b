/** How much of something may come: so much at once, and so much in a second on the whole. */
export interface Rule {
	burst: number;
	perSecond: number;
}

export interface Level {
	/** Units that have come and have not run out yet. */
	level: number;
	/** When that was so, ms. */
	at: number;
}

/** Whoever is counted at the same time, at most; beyond that the ones that came longest ago are forgotten. */
const MOST = 50_000;

/** Buckets that fill with what comes and leak with time, one for each scope, in memory. */
export class Buckets {
	readonly rule: Rule;
	readonly #levels = new Map<string, Level>();

	constructor(rule: Rule) {
		this.rule = rule;
	}

	/** What is in the bucket now. */
	levelOf(scope: string, now: number): number {
		const found = this.#levels.get(scope);
		if (!found) return 0;
		// A clock that was set back must not fill anything.
		const seconds = Math.max(0, now - found.at) / 1000;
		return Math.max(0, found.level - seconds * this.rule.perSecond);
	}

	/** Puts something in. Where it does not fit nothing is put in, and the answer is after how many seconds it will. */
	take(scope: string, units: number, now: number): number {
		const level = this.levelOf(scope, now);
		const over = level + units - this.rule.burst;
		if (over > 0 && level > 0) return over / this.rule.perSecond;
		this.set(scope, { level: level + units, at: now });
		return 0;
	}

	set(scope: string, level: Level): void {
		// Put last again: the first one of the map is the one that came longest ago.
		this.#levels.delete(scope);
		this.#levels.set(scope, level);
		if (this.#levels.size <= MOST) return;
		const [oldest] = this.#levels.keys();
		if (oldest !== undefined) this.#levels.delete(oldest);
	}
}
