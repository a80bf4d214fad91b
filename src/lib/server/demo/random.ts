/** A small seeded generator (mulberry32): the demo's invented visits are the same for the same start. */
export function seeded(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	};
}

/** Draws by weight. */
export function draw<T>(random: () => number, weighted: readonly (readonly [T, number])[]): T {
	const total = weighted.reduce((sum, [, weight]) => sum + weight, 0);
	let at = random() * total;
	for (const [value, weight] of weighted) {
		at -= weight;
		if (at < 0) return value;
	}
	return weighted[weighted.length - 1]![0];
}
