import type { System } from './system.ts';

/** What changes together so that everything that is published stays as it is. */
export interface Shift {
	changes: { variable: number; by: 1 | -1 }[];
	/** Figures that are published so far and would have to be hidden. */
	toHide: number[];
}

interface Step {
	before: Step | undefined;
	variable: number;
	by: 1 | -1;
	cost: number;
	length: number;
	/** Equations that do not hold yet, and by how much. */
	open: ReadonlyMap<number, number>;
}

/** How far is looked before it is given up, and how many figures may change at once. Either only hides more than necessary. */
const MOST_STEPS = 4_000;
const LONGEST = 24;

/**
 * The cheapest way to change a figure by one, and others with it, so that all sums hold and none is below zero: another register that would have
 * been published the same way. Figures that are hidden change for nothing; others cost what they are worth, and only where `mayHide`.
 */
export function findShift(
	{ variables, equations, within }: System,
	values: readonly number[],
	hidden: ReadonlySet<number>,
	start: { variable: number; by: 1 | -1 },
	mayHide: boolean
): Shift | undefined {
	const step = (before: Step | undefined, variable: number, by: 1 | -1, cost: number): Step => {
		const open = new Map(before?.open);
		for (const index of within[variable]!) {
			const sign = equations[index]!.find((term) => term.variable === variable)!.sign;
			const rest = (open.get(index) ?? 0) + sign * by;
			if (rest === 0) open.delete(index);
			else open.set(index, rest);
		}
		return { before, variable, by, cost, length: 1 + (before?.length ?? 0), open };
	};
	const queue = new Queue();
	const seen = new Map<string, number>();
	queue.add(step(undefined, start.variable, start.by, 0));
	for (let steps = 0; steps < MOST_STEPS; steps += 1) {
		const here = queue.next();
		if (!here) return undefined;
		if (here.open.size === 0) return shiftOf(here, hidden, variables);
		if (here.length >= LONGEST) continue;
		const state = [...here.open]
			.map(([index, rest]) => `${index}:${rest}`)
			.sort()
			.join();
		if ((seen.get(state) ?? Infinity) <= here.cost) continue;
		seen.set(state, here.cost);
		const [equation, rest] = shortest(here.open, equations);
		for (const { variable, sign } of equations[equation]!) {
			const by = (-Math.sign(rest) * sign) as 1 | -1;
			if (values[variable]! + by < 0 || isUsed(here, variable)) continue;
			const { cost } = variables[variable]!;
			const isFree = cost === undefined || hidden.has(variable);
			if (!isFree && (!mayHide || cost === Infinity)) continue;
			queue.add(step(here, variable, by, here.cost + (isFree ? 0 : cost)));
		}
	}
	return undefined;
}

/** The open equation with the fewest figures: where there is least to choose from. */
function shortest(open: Step['open'], equations: System['equations']): readonly [number, number] {
	return [...open].reduce((best, one) =>
		equations[one[0]]!.length < equations[best[0]]!.length ? one : best
	);
}

function isUsed(step: Step, variable: number): boolean {
	for (let one: Step | undefined = step; one; one = one.before) if (one.variable === variable) return true;
	return false;
}

function shiftOf(last: Step, hidden: ReadonlySet<number>, variables: System['variables']): Shift {
	const changes: Shift['changes'] = [];
	for (let one: Step | undefined = last; one; one = one.before)
		changes.push({ variable: one.variable, by: one.by });
	const toHide = changes
		.map(({ variable }) => variable)
		.filter((variable) => variables[variable]!.cost !== undefined && !hidden.has(variable));
	return { changes, toHide };
}

/** Steps, the cheapest first and among those the ones that have least to mend. */
class Queue {
	readonly #heap: Step[] = [];

	static #isBefore(a: Step, b: Step): boolean {
		if (a.cost !== b.cost) return a.cost < b.cost;
		return a.open.size === b.open.size ? a.length < b.length : a.open.size < b.open.size;
	}

	add(step: Step): void {
		const heap = this.#heap;
		let at = heap.push(step) - 1;
		while (at > 0) {
			const above = (at - 1) >> 1;
			if (!Queue.#isBefore(step, heap[above]!)) break;
			heap[at] = heap[above]!;
			at = above;
		}
		heap[at] = step;
	}

	next(): Step | undefined {
		const heap = this.#heap;
		const [first] = heap;
		const last = heap.pop();
		if (!last || heap.length === 0) return first;
		let at = 0;
		for (;;) {
			let below = 2 * at + 1;
			if (below >= heap.length) break;
			if (below + 1 < heap.length && Queue.#isBefore(heap[below + 1]!, heap[below]!)) below += 1;
			if (!Queue.#isBefore(heap[below]!, last)) break;
			heap[at] = heap[below]!;
			at = below;
		}
		heap[at] = last;
		return first;
	}
}
