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
	for (const weight of fit) if (weight > most) most = weight;
	let sure = 0;
	for (const weight of fit) if (weight >= most * NEARLY_BEST) sure += 1;
	return Math.log(1 + fit.length / (sure + 1)) + 0.2;
}

/** What fits a query at all, and by entry how well; of each family one is ahead. */
function scored(fits: readonly Fit[], weights: readonly number[], allowed: Uint8Array, of: Entries) {
	const whole = weights.reduce((sum, one) => sum + one, 0);
	const found: number[] = [];
	const scores = new Float32Array(allowed.length);
	const firsts = new Map<number, number>();
	for (let entry = 0; entry < allowed.length; entry += 1) {
		let sum = 0;
		let covered = 0;
		let inName = 0;
		for (let at = 0; at < fits.length; at += 1) {
			const fit = fits[at]?.[entry] ?? 0;
			if (fit === 0) continue;
			const weight = weights[at] ?? 0;
			sum += fit * weight;
			covered += weight;
			if (fit >= IN_NAME) inName += 1;
		}
		if (sum === 0 || allowed[entry] === 0) continue;
		const name = 1 + (WHOLE_NAME * inName) / Math.max(inName, of.nameLengths[entry] ?? 1);
		const score = sum * (covered / whole) * name * (KINDS[of.kinds[entry] ?? 1] ?? 1);
		found.push(entry);
		scores[entry] = score;
		const first = firsts.get(of.families[entry] ?? 0) ?? -1;
		const isAhead = score > (scores[first] ?? 0);
		if (isAhead) firsts.set(of.families[entry] ?? 0, entry);
		const behind = isAhead ? first : entry;
		if (behind >= 0) scores[behind] = (scores[behind] ?? 0) * SAME_FAMILY;
	}
	return { found, scores };
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
	const { found, scores } = scored(fits, weights, allowed, of);
	const score = (entry: number) => scores[entry] ?? 0;
	const best = found.reduce((most, entry) => Math.max(most, score(entry)), 0);
	const all = found.filter((entry) => score(entry) >= best * NOISE);
	// Nobody sorts thousands to hand out the first few.
	let some = all;
	for (let share = 0.9; some.length > limit && share > NOISE; share *= 0.9) {
		const better = all.filter((entry) => score(entry) >= best * share);
		if (better.length >= limit) {
			some = better;
			break;
		}
	}
	some.sort((a, b) => score(b) - score(a) || a - b);
	return { hits: some.slice(0, limit).map((entry) => ({ entry, score: score(entry) })), total: all.length };
}
