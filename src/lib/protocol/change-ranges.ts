import type { ChangeRange, Receipt } from './sync.ts';

/** The change numbers of receipts as runs, in rising order: those of one batch mostly follow one another. */
export function changeRanges(receipts: readonly Pick<Receipt, 'change'>[]): ChangeRange[] {
	const numbers = receipts
		.flatMap(({ change }) => (change === undefined ? [] : [change]))
		.sort((a, b) => a - b);
	const ranges: ChangeRange[] = [];
	for (const number of numbers) {
		const last = ranges.at(-1);
		if (last && number <= last[1] + 1) last[1] = number;
		else ranges.push([number, number]);
	}
	return ranges;
}
