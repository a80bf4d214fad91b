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

/** By entry of an index: how well it fits a word of a query; 0: not at all. */
export type Fit = Float32Array;

/** What is known of the entries: their kind, how many words their shortest name has, and which are the same in other places. */
export interface Entries {
	kinds: Uint32Array;
	nameLengths: Uint32Array;
	families: Uint32Array;
}

/** How much a word says: the fewer entries fit it, the more. */
function rarity(fit: Fit): number {
	let most = 0.01;
	for (let entry = 0; entry < fit.length; entry += 1) most = Math.max(most, fit[entry] ?? 0);
	let sure = 0;
	for (let entry = 0; entry < fit.length; entry += 1) if ((fit[entry] ?? 0) >= most * NEARLY_BEST) sure += 1;
	return Math.log(1 + fit.length / (sure + 1)) + 0.2;
}

/** By entry: how well it fits a query; 0 where it does not at all. Of each family one is ahead. */
function scoresOf(fits: readonly Fit[], weights: readonly number[], allowed: Uint8Array, of: Entries): Fit {
	const scores = new Float32Array(allowed.length);
	/** By family: the best entry. */
	const firsts = new Map<number, number>();
	for (let entry = 0; entry < allowed.length; entry += 1) {
		let sum = 0;
		let inName = 0;
		for (let at = 0; at < fits.length; at += 1) {
			const fit = fits[at]?.[entry] ?? 0;
			if (fit === 0) continue;
			sum += fit * (weights[at] ?? 0);
			if (fit >= IN_NAME) inName += 1;
		}
		if (sum === 0 || allowed[entry] === 0) continue;
		const name = 1 + (WHOLE_NAME * inName) / Math.max(inName, of.nameLengths[entry] ?? 1);
		const score = sum * name * (KINDS[of.kinds[entry] ?? 1] ?? 1);
		const family = of.families[entry] ?? 0;
		const first = firsts.get(family) ?? -1;
		const isAhead = score > (scores[first] ?? 0);
		scores[entry] = isAhead ? score : score * SAME_FAMILY;
		if (!isAhead) continue;
		firsts.set(family, entry);
		if (first >= 0) scores[first] = (scores[first] ?? 0) * SAME_FAMILY;
	}
	return scores;
}

/** The entries that fit a query, best first, and how many there are also beyond the limit. */
export function rank(
	fits: readonly Fit[],
	isLight: readonly boolean[],
	allowed: Uint8Array,
	of: Entries,
	limit: number
): { hits: { entry: number; score: number }[]; total: number } {
	const weights = fits.map((fit, at) => rarity(fit) * (isLight[at] && isLight.includes(false) ? LIGHT : 1));
	const scores = scoresOf(fits, weights, allowed, of);
	// Numbers alone are sorted in no time, entries by their scores are not.
	const sorted = scores.filter((score) => score > 0).sort();
	const best = sorted.at(-1) ?? 0;
	let first = sorted.length;
	while (best > 0 && (sorted[first - 1] ?? 0) >= best * NOISE) first -= 1;
	const least = sorted[Math.max(first, sorted.length - limit)] ?? Infinity;
	const hits: { entry: number; score: number }[] = [];
	for (let entry = 0; entry < scores.length; entry += 1) {
		const score = scores[entry] ?? 0;
		if (score >= least) hits.push({ entry, score });
	}
	return { hits: hits.sort((a, b) => b.score - a.score).slice(0, limit), total: sorted.length - first };
}
