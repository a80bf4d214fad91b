import type { Store } from '#lib/server/storage/store.ts';
import { reportOf, reportQuestion, type Report } from '#lib/statistics/report.ts';
import { figuresOf } from './figures.ts';

/** The report of `statistics/report.ts` from the database. Dates are civil dates, both included. */
export async function visitReport(
	store: Store,
	organisation: string,
	from: string,
	to: string
): Promise<Report> {
	return reportOf(await figuresOf(store, organisation, reportQuestion({ from, to })));
}
