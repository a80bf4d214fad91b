import { helsinki } from '#lib/domain/dates.ts';
import type { RetentionCounts } from '#lib/protocol/retention.ts';
import type { ServerContext } from '#lib/server/context.ts';
import type { Store } from '#lib/server/storage/store.ts';
import { eraseAgain } from '#lib/server/sync/erase.ts';
import { dropEndedAccess } from './access.ts';
import { periodsOf } from './periods.ts';
import { noCounts, retain } from './run.ts';

/** From this hour on, in Helsinki, a day's run is due. */
const NIGHT = '02:00';
/** Without a sign of life for so long, a run has died, ms. */
const DEAD_AFTER = 50 * 60_000;
/** For how long the numbers of a run are kept, ms. */
const REPORTS = 2 * 365 * 86_400_000;

/**
 * Empties once a day what organisations have kept for long enough. Of several app servers on one database one does it. What one run may not
 * finish the next hour goes on with.
 */
export async function retainNightly(server: ServerContext): Promise<void> {
	const { store, settings, now, log } = server;
	const { date, time } = helsinki(now());
	if (time < NIGHT) return;
	let first = true;
	for (const { id: organisation } of await store.db.selectFrom('organisations').select('id').execute()) {
		const begun = await begin(store, organisation, date, now());
		if (!begun) continue;
		if (first) {
			first = false;
			// What a phone has brought again to a restored database.
			await eraseAgain(store);
		}
		const periods = await periodsOf(store, organisation, settings.auditYears, now());
		const { counts, unfinished } = await retain(store, organisation, periods, { now: now() });
		// It is everybody's, and told with the run of one.
		const access = await dropEndedAccess(store, now());
		const sum = add(begun, { ...counts, access });
		await finish(store, organisation, date, { counts: sum, unfinished, now: now() });
		log.info('retention', { organisation, ops: Object.values(sum).reduce((all, count) => all + count, 0) });
	}
}

/** What the run of the day has emptied so far, where it is for this process to go on; undefined: it is done, or somebody else is at it. */
async function begin(
	{ db }: Store,
	organisation: string,
	date: string,
	now: number
): Promise<RetentionCounts | undefined> {
	const fresh = await db
		.insertInto('retention_runs')
		.values({
			organisation_id: organisation,
			date,
			changed_at: now,
			unfinished: 1,
			counts: JSON.stringify(noCounts)
		})
		.onConflict((conflict) =>
			conflict
				.columns(['organisation_id', 'date'])
				.doUpdateSet({ changed_at: now })
				.where('retention_runs.unfinished', '=', 1)
				.where('retention_runs.changed_at', '<', now - DEAD_AFTER)
		)
		.returning('counts')
		.executeTakeFirst();
	return fresh && (JSON.parse(fresh.counts) as RetentionCounts);
}

async function finish(
	{ db }: Store,
	organisation: string,
	date: string,
	{ counts, unfinished, now }: { counts: RetentionCounts; unfinished: boolean; now: number }
): Promise<void> {
	await db
		.updateTable('retention_runs')
		.set({ changed_at: now, unfinished: unfinished ? 1 : 0, counts: JSON.stringify(counts) })
		.where('organisation_id', '=', organisation)
		.where('date', '=', date)
		.execute();
	await db
		.deleteFrom('retention_runs')
		.where('organisation_id', '=', organisation)
		.where('date', '<', helsinki(now - REPORTS).date)
		.execute();
}

const add = (a: RetentionCounts, b: RetentionCounts): RetentionCounts => ({
	visits: a.visits + b.visits,
	cards: (a.cards ?? 0) + b.cards,
	notes: a.notes + b.notes,
	replaced: a.replaced + b.replaced,
	reports: a.reports + b.reports,
	// Earlier runs of a day knew of none.
	appointments: (a.appointments ?? 0) + b.appointments,
	unopened: a.unopened + b.unopened,
	figures: a.figures + b.figures,
	access: a.access + b.access
});
