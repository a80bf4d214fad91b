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

/** How well entries fit a word of a query. */
export class Fit {
	/** By entry; 0: not at all. */
	readonly weights: Float32Array;
	/** Those that fit it. */
	readonly entries: number[] = [];

	constructor(size: number) {
		this.weights = new Float32Array(size);
	}

	/** Raises so many of some entries to a weight. */
	raise(entries: Uint32Array, count: number, weight: number): void {
		const { weights } = this;
		for (let at = 0; at < count; at += 1) {
			const entry = entries[at] ?? 0;
			const before = weights[entry] ?? 0;
			if (weight <= before) continue;
			if (before === 0) this.entries.push(entry);
			weights[entry] = weight;
		}
	}
}

/** What is known of the entries: their kind, how many words their shortest name has, and which are the same in other places. */
export interface Entries {
	kinds: Uint8Array;
	nameLengths: Uint8Array;
	families: Uint32Array;
}

/** How much a word says: the fewer of so many entries fit it, the more. */
function rarity({ weights, entries }: Fit, size: number): number {
	let most = 0.01;
	for (const entry of entries) if (entry < size) most = Math.max(most, weights[entry] ?? 0);
	let sure = 0;
	for (const entry of entries) if (entry < size && (weights[entry] ?? 0) >= most * NEARLY_BEST) sure += 1;
	return Math.log(1 + size / (sure + 1)) + 0.2;
}

/**
 * The entries that fit a query, best first, and how many there are also beyond the limit. Of each family one is ahead.
 *
 * @param allowed by entry: 1 where it may be among them. Used up
 */
export function rank(
	fits: readonly Fit[],
	isLight: readonly boolean[],
	allowed: Uint8Array,
	of: Entries,
	limit: number
): { hits: { entry: number; score: number }[]; total: number } {
	const size = allowed.length;
	const rarities = fits.map(
		(fit, at) => rarity(fit, size) * (isLight[at] && isLight.includes(false) ? LIGHT : 1)
	);
	const scores = new Float32Array(size);
	const isAhead = (entry: number, other: number) => {
		const more = (scores[entry] ?? 0) - (scores[other] ?? 0);
		return more > 0 || (more === 0 && entry < other);
	};
	/** By family: the best entry, counted from 1 on. */
	const firsts = new Uint32Array(size);
	const found: number[] = [];
	for (const { entries } of fits)
		for (const entry of entries) {
			if (allowed[entry] !== 1) continue;
			allowed[entry] = 0;
			found.push(entry);
			let sum = 0;
			let inName = 0;
			for (let at = 0; at < fits.length; at += 1) {
				const fit = fits[at]?.weights[entry] ?? 0;
				sum += fit * (rarities[at] ?? 0);
				if (fit >= IN_NAME) inName += 1;
			}
			const name = 1 + (WHOLE_NAME * inName) / Math.max(inName, of.nameLengths[entry] ?? 1);
			scores[entry] = sum * name * (KINDS[of.kinds[entry] ?? 1] ?? 1);
			const family = of.families[entry] ?? 0;
			const first = (firsts[family] ?? 0) - 1;
			const behind = first < 0 || isAhead(entry, first) ? first : entry;
			if (behind !== entry) firsts[family] = entry + 1;
			if (behind >= 0) scores[behind] = (scores[behind] ?? 0) * SAME_FAMILY;
		}
	let best = 0;
	for (const entry of found) best = Math.max(best, scores[entry] ?? 0);
	const hits: { entry: number; score: number }[] = [];
	let total = 0;
	for (const entry of found) {
		const score = scores[entry] ?? 0;
		if (score < best * NOISE) continue;
		total += 1;
		let place = hits.length;
		while (place > 0 && isAhead(entry, hits[place - 1]?.entry ?? 0)) place -= 1;
		if (place >= limit) continue;
		hits.splice(place, 0, { entry, score });
		if (hits.length > limit) hits.pop();
	}
	return { hits, total };
}
