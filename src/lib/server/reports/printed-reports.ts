import { ApiError } from '#lib/server/api-error.ts';
import type { Store } from '#lib/server/storage/store.ts';
import {
	placeOf,
	printedReport,
	type KeptReport,
	type PrintedReport
} from '#lib/statistics/printed-report.ts';

/** What was printed of the times that end on a day. */
export async function printedUntil(store: Store, organisation: string, to: string): Promise<KeptReport[]> {
	const rows = await store.db
		.selectFrom('printed_reports')
		.select(['report', 'given_at'])
		.where('organisation_id', '=', organisation)
		.where('period_to', '=', to)
		.orderBy('period_from')
		.orderBy('place')
		.execute();
	return rows.map(({ report, given_at }) => ({
		report: printedReport.parse(JSON.parse(report)),
		givenAt: Number(given_at)
	}));
}

/**
 * Keeps reports in the place of those that they were made from: all of them, or none. Throws 409 `printed_meanwhile` where another one was printed since: made
 * without knowing of it, this one could say what it hid.
 */
export async function keepPrinted(
	store: Store,
	organisation: string,
	reports: readonly { report: PrintedReport; madeFrom: number | null }[],
	now: number
): Promise<void> {
	await store.write(async (trx) => {
		for (const { report, madeFrom } of reports) {
			const key = {
				organisation_id: organisation,
				period_to: report.to,
				period_from: report.from,
				place: placeOf(report.municipalities)
			};
			// Two in one millisecond would be taken for the same.
			// Two in one millisecond would be taken for the same.
			const kept = { report: JSON.stringify(report), given_at: Math.max(now, (madeFrom ?? 0) + 1) };
			const done =
				madeFrom === null
					? trx
							.insertInto('printed_reports')
							.values({ ...key, ...kept })
							.onConflict((conflict) =>
								conflict.columns(['organisation_id', 'period_to', 'period_from', 'place']).doNothing()
							)
							.returning('place')
					: trx
							.updateTable('printed_reports')
							.set(kept)
							.where((eb) => eb.and(key))
							.where('given_at', '=', madeFrom)
							.returning('place');
			if ((await done.execute()).length > 0) continue;
			const there = await trx
				.selectFrom('printed_reports')
				.select('report')
				.where((eb) => eb.and(key))
				.executeTakeFirst();
			// Who prints the same has nothing to know of.
			if (there?.report !== kept.report) throw new ApiError(409, 'printed_meanwhile');
		}
	});
}
