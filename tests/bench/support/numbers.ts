/** The value below which the given share of the numbers lies. */
export function quantile(numbers: readonly number[], share: number): number {
	const sorted = numbers.toSorted((a, b) => a - b);
	const value = sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
	if (value === undefined) throw new Error('Nothing was measured.');
	return value;
}

/** The middle number, or the mean of the two in the middle. */
export function median(numbers: readonly number[]): number {
	const half = numbers.length / 2;
	return numbers.length % 2 === 0
		? (quantile(numbers, 0.5) + numbers.toSorted((a, b) => a - b)[half - 1]!) / 2
		: quantile(numbers, 0.5);
}

/** A figure as it is reported: three significant digits. */
export const round = (number: number): number => Number(number.toPrecision(3));

/** Prints rows of text in columns, numbers to the right. */
export function printTable(head: readonly string[], rows: readonly (readonly string[])[]): void {
	const widths = head.map((cell, column) =>
		Math.max(cell.length, ...rows.map((row) => row[column]?.length ?? 0))
	);
	const line = (cells: readonly string[]) =>
		cells
			.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!)))
			.join('  ')
			.trimEnd();
	console.log(line(head));
	for (const row of rows) console.log(line(row));
}
