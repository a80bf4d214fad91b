import { ApiError } from '#lib/server/api-error.ts';
import type { Store } from '#lib/server/storage/store.ts';
import type { Period } from '#lib/statistics/periods.ts';
import {
	placeOf,
	printedReport,
	type KeptReport,
	type PrintedReport
} from '#lib/statistics/printed-report.ts';

/**
 * What was printed for municipalities, of every time, for all of it can be set against what is printed next: with its tables where it overlaps this time, else only how
 * many contacts there were.
 */
export async function printedReports(
	store: Store,
	organisation: string,
	{ from, to }: Period
): Promise<KeptReport[]> {
	const rows = await store.db
		.selectFrom('printed_reports')
		.select(['report', 'given_at'])
		.where('organisation_id', '=', organisation)
		.orderBy('period_to')
		.orderBy('period_from')
		.orderBy('place')
		.execute();
	return rows.map(({ report: text, given_at }) => {
		const report = printedReport.parse(JSON.parse(text));
		const meets = report.from <= to && from <= report.to;
		return { report: meets ? report : { ...report, tables: [] }, givenAt: Number(given_at) };
	});
}

/**
 * Keeps reports in the place of those of the same time and municipalities: all of them, or none. Throws 409 `printed_meanwhile` where another one was printed since `seen`, of
 * whatever time: made without knowing of it, these could say what it hid.
 */
export async function keepPrinted(
	store: Store,
	organisation: string,
	reports: readonly PrintedReport[],
	seen: number | null,
	now: number
): Promise<void> {
	await store.write(async (trx) => {
		// One after the other, on PostgreSQL too.
		await trx
			.updateTable('counters')
			.set((eb) => ({ change_number: eb('change_number', '+', 0) }))
			.where('organisation_id', '=', organisation)
			.execute();
		const there = await trx
			.selectFrom('printed_reports')
			.select(['period_from', 'period_to', 'place', 'report', 'given_at'])
			.where('organisation_id', '=', organisation)
			.execute();
		const known = new Map(
			there.map((row) => [`${row.period_from} ${row.period_to} ${row.place}`, row.report])
		);
		const fresh = reports
			.map((report) => ({ report, place: placeOf(report.municipalities), text: JSON.stringify(report) }))
			.filter(({ report, place, text }) => known.get(`${report.from} ${report.to} ${place}`) !== text);
		// Who prints the same has nothing to know of.
		if (fresh.length === 0) return;
		const last = there.reduce((latest, row) => Math.max(latest, Number(row.given_at)), 0);
		if (last !== (seen ?? 0)) throw new ApiError(409, 'printed_meanwhile');
		for (const { report, place, text } of fresh) {
			// Two in one millisecond would be taken for the same.
			const kept = { report: text, given_at: Math.max(now, last + 1) };
			await trx
				.insertInto('printed_reports')
				.values({
					organisation_id: organisation,
					period_to: report.to,
					period_from: report.from,
					place,
					...kept
				})
				.onConflict((conflict) =>
					conflict.columns(['organisation_id', 'period_to', 'period_from', 'place']).doUpdateSet(kept)
				)
				.execute();
		}
	});
}
