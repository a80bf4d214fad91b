/** Day 0 of the days that spreadsheets count. */
const DAY_0 = Date.UTC(1899, 11, 30);
const DAY = 86_400_000;

/** A civil date as a sheet may have it: ISO 8601, as Finns write it, or the number of the day. Undefined where there is no such day. */
export function dateInCell(cell: string): string | undefined {
	const text = cell.trim();
	if (/^\d{5}(\.\d+)?$/.test(text))
		return new Date(DAY_0 + Math.floor(Number(text)) * DAY).toISOString().slice(0, 10);
	const [, year, month, day] =
		/^(\d{4})-(\d{1,2})-(\d{1,2})(?:T.*)?$/.exec(text) ??
		/^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(text)?.map((_, at, all) => all[[0, 3, 2, 1][at] ?? 0]) ??
		[];
	if (year === undefined || month === undefined || day === undefined) return undefined;
	const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
	const at = new Date(date);
	return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(date) ? date : undefined;
}
