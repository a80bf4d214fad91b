/** What a word counts that says little beside others. */
const LIGHT = 0.2;
/** Entries that fit a word nearly as well as the best one say how rare it is. */
const NEARLY_BEST = 0.7;
/** From here on a word stands in the name, or a concept says so. */
const IN_NAME = 0.6;
/** What a hit gains when its name is what was asked, and nothing else. */
const WHOLE_NAME = 0.15;
/** Nationwide, local, and an advice point of public documents that nobody verified. */
const KINDS = [1.04, 1, 0.72];
/** What the same service of another place counts beside the best of them: five names answer more than one name in five places. */
const SAME_FAMILY = 0.5;
/** Hits below this share of the best one are noise. */
const NOISE = 0.12;

/** How well entries fit a word of a query. It is used again and again: what is made anew for each query costs more than filling it. */
export class Fit {
	/** By entry; 0: not at all. */
	readonly weights: Float32Array;
	/** The first so many are those that fit it. */
	readonly entries: Uint32Array;
	count = 0;

	constructor(size: number) {
		this.weights = new Float32Array(size);
		this.entries = new Uint32Array(size);
	}

	/** Raises so many of some entries to a weight. */
	raise(entries: Uint32Array, count: number, weight: number): void {
		const { weights } = this;
		for (let at = 0; at < count; at += 1) {
			const entry = entries[at] ?? 0;
			const before = weights[entry] ?? 0;
			if (weight <= before) continue;
			if (before === 0) this.entries[this.count++] = entry;
			weights[entry] = weight;
		}
	}

	/** For another word. */
	clear(): void {
		for (let at = 0; at < this.count; at += 1) this.weights[this.entries[at] ?? 0] = 0;
		this.count = 0;
	}
}

/** What is known of the entries: their kind, how many words their shortest name has, and which are the same in other places. */
export interface Entries {
	kinds: Uint8Array;
	nameLengths: Uint8Array;
	families: Uint32Array;
}

/** How much a word says: the fewer of so many entries fit it, the more. */
function rarity({ weights, entries, count }: Fit, size: number): number {
	let most = 0.01;
	for (let at = 0; at < count; at += 1) {
		const entry = entries[at] ?? 0;
		if (entry < size) most = Math.max(most, weights[entry] ?? 0);
	}
	let sure = 0;
	for (let at = 0; at < count; at += 1) {
		const entry = entries[at] ?? 0;
		if (entry < size && (weights[entry] ?? 0) >= most * NEARLY_BEST) sure += 1;
	}
	return Math.log(1 + size / (sure + 1)) + 0.2;
}

/** Puts entries in order, with tables that serve every query. */
export class Ranking {
	readonly #of: Entries;
	readonly #scores: Float32Array;
	/** By family: the best entry, counted from 1 on. All 0 between two queries. */
	readonly #firsts: Uint32Array;
	readonly #found: Uint32Array;

	constructor(of: Entries) {
		const size = of.kinds.length;
		this.#of = of;
		this.#scores = new Float32Array(size);
		this.#firsts = new Uint32Array(size);
		this.#found = new Uint32Array(size);
	}

	#isAhead(entry: number, other: number): boolean {
		const more = (this.#scores[entry] ?? 0) - (this.#scores[other] ?? 0);
		return more > 0 || (more === 0 && entry < other);
	}

	/**
	 * The entries that fit a query, best first, and how many there are also beyond the limit. Of each family one is ahead.
	 *
	 * @param allowed by entry: 1 where it may be among them. Used up
	 */
	rank(
		fits: readonly Fit[],
		isLight: readonly boolean[],
		allowed: Uint8Array,
		limit: number
	): { hits: { entry: number; score: number }[]; total: number } {
		const rarities = fits.map(
			(fit, at) => rarity(fit, allowed.length) * (isLight[at] && isLight.includes(false) ? LIGHT : 1)
		);
		const count = this.#score(fits, rarities, allowed);
		const [scores, found] = [this.#scores, this.#found];
		let best = 0;
		for (let at = 0; at < count; at += 1) best = Math.max(best, scores[found[at] ?? 0] ?? 0);
		const hits: { entry: number; score: number }[] = [];
		let total = 0;
		for (let at = 0; at < count; at += 1) {
			const entry = found[at] ?? 0;
			const score = scores[entry] ?? 0;
			if (score < best * NOISE) continue;
			total += 1;
			let place = hits.length;
			while (place > 0 && this.#isAhead(entry, hits[place - 1]?.entry ?? 0)) place -= 1;
			if (place >= limit) continue;
			hits.splice(place, 0, { entry, score });
			if (hits.length > limit) hits.pop();
		}
		return { hits, total };
	}

	/** Scores the allowed entries that fit a word; answers how many. */
	#score(fits: readonly Fit[], rarities: readonly number[], allowed: Uint8Array): number {
		const { kinds, nameLengths, families } = this.#of;
		const [scores, firsts, found] = [this.#scores, this.#firsts, this.#found];
		let count = 0;
		for (const fit of fits)
			for (let at = 0; at < fit.count; at += 1) {
				const entry = fit.entries[at] ?? 0;
				if (allowed[entry] !== 1) continue;
				allowed[entry] = 0;
				found[count++] = entry;
				let sum = 0;
				let inName = 0;
				for (let word = 0; word < fits.length; word += 1) {
					const weight = fits[word]?.weights[entry] ?? 0;
					sum += weight * (rarities[word] ?? 0);
					if (weight >= IN_NAME) inName += 1;
				}
				const name = 1 + (WHOLE_NAME * inName) / Math.max(inName, nameLengths[entry] ?? 1);
				scores[entry] = sum * name * (KINDS[kinds[entry] ?? 1] ?? 1);
				const family = families[entry] ?? 0;
				const first = (firsts[family] ?? 0) - 1;
				const behind = first < 0 || this.#isAhead(entry, first) ? first : entry;
				if (behind !== entry) firsts[family] = entry + 1;
				if (behind >= 0) scores[behind] = (scores[behind] ?? 0) * SAME_FAMILY;
			}
		for (let at = 0; at < count; at += 1) firsts[families[found[at] ?? 0] ?? 0] = 0;
		return count;
	}
}
