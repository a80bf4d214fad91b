import { ApiError } from '#lib/server/api-error.ts';
import type { Store } from '#lib/server/storage/store.ts';

/** Window of a limit, ms. */
const WINDOW = 10 * 60_000;

/**
 * Counts tries at a secret within ten minutes and refuses beyond the limit; kept in the database, so that a restart
 * forgives nothing. Two limits hold together: one for an address, one for everybody, so that many addresses do not help.
 */
export async function countTry(store: Store, scope: string, limit: number, now: number): Promise<void> {
	const start = now - (now % WINDOW);
	const row = await store.write(async (trx) => {
		await trx
			.deleteFrom('attempts')
			.where('window_start', '<', start - WINDOW)
			.execute();
		return trx
			.insertInto('attempts')
			.values({ scope, window_start: start, count: 1 })
			.onConflict((conflict) =>
				conflict
					.columns(['scope', 'window_start'])
					.doUpdateSet((eb) => ({ count: eb('attempts.count', '+', 1) }))
			)
			.returning('count')
			.executeTakeFirstOrThrow();
	});
	if (row.count > limit) {
		throw new ApiError(429, 'too_many_tries', {
			'retry-after': String(Math.ceil((start + WINDOW - now) / 1000))
		});
	}
}

/** Takes one try back that was right: a training day enrols many phones behind one address. */
export async function forgiveTry(store: Store, scope: string, now: number): Promise<void> {
	await store.db
		.updateTable('attempts')
		.set((eb) => ({ count: eb('count', '-', 1) }))
		.where('scope', '=', scope)
		.where('window_start', '=', now - (now % WINDOW))
		.where('count', '>', 0)
		.execute();
}
