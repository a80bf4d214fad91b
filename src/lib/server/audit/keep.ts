import { sql } from 'kysely';
import { monthsBefore } from '#lib/server/retention/months.ts';
import type { Database } from '#lib/server/storage/schema.ts';
import type { Store, Trx } from '#lib/server/storage/store.ts';
import { chain, monthOf, sealOf } from './chain.ts';

/** Rows that get their places in one transaction. */
const AT_ONCE = 1000;
/** Advisory lock of the chain, any fixed number; its second half is the organisation. */
const CHAIN_LOCK = 727_709;

/**
 * Chains what has been noted since the last time, and drops segments that are older than an organisation keeps them.
 *
 * @param monthsOf for how many months that is
 */
export async function keepAudit(
	store: Store,
	key: Buffer,
	monthsOf: (organisation: string) => Promise<number>,
	now: number
): Promise<void> {
	const waiting = await store.db
		.selectFrom('audit')
		.select('organisation_id')
		.distinct()
		.where('hash', 'is', null)
		.execute();
	for (const { organisation_id: organisation } of waiting)
		while ((await store.write((trx) => chainSome(trx, store, key, organisation))) === AT_ONCE);
	const standing = await store.db
		.selectFrom('audit_segments')
		.selectAll()
		.where('dropped_at', 'is', null)
		.execute();
	for (const [organisation, segments] of Map.groupBy(standing, (one) => one.organisation_id)) {
		const oldest = monthOf(monthsBefore(now, await monthsOf(organisation)));
		await drop(
			store,
			key,
			segments.filter(({ segment }) => segment < oldest),
			now
		);
	}
}

async function drop(
	store: Store,
	key: Buffer,
	old: readonly Database['audit_segments'][],
	now: number
): Promise<void> {
	for (const segment of old) {
		const dropped = { ...segment, dropped_at: now };
		await store.write(async (trx) => {
			const where = { organisation_id: segment.organisation_id, segment: segment.segment };
			await trx
				.updateTable('audit_segments')
				.set({ dropped_at: now, seal: sealOf(key, dropped) })
				.where('organisation_id', '=', where.organisation_id)
				.where('segment', '=', where.segment)
				.execute();
			await trx
				.deleteFrom('audit')
				.where('organisation_id', '=', where.organisation_id)
				.where('segment', '=', where.segment)
				.execute();
		});
	}
}

async function chainSome(trx: Trx, { kind }: Store, key: Buffer, organisation: string): Promise<number> {
	// One chains at a time; whoever notes something does not wait for it.
	if (kind === 'postgres')
		await sql`select pg_advisory_xact_lock(${CHAIN_LOCK}, hashtext(${organisation}))`.execute(trx);
	const last = await trx
		.selectFrom('audit_segments')
		.selectAll()
		.where('organisation_id', '=', organisation)
		.orderBy('segment', 'desc')
		.limit(1)
		.executeTakeFirst();
	const waiting = await trx
		.selectFrom('audit')
		.selectAll()
		.where('organisation_id', '=', organisation)
		.where('hash', 'is', null)
		.orderBy('id')
		.limit(AT_ONCE)
		.execute();
	const { rows, segments } = chain(key, last, waiting);
	for (const { id, segment, number, hash } of rows)
		await trx
			.updateTable('audit')
			.set({ segment, number, hash })
			.where('organisation_id', '=', organisation)
			.where('id', '=', id)
			.execute();
	for (const { last_number, last_hash, seal, ...rest } of segments)
		await trx
			.insertInto('audit_segments')
			.values({ ...rest, last_number, last_hash, seal })
			.onConflict((conflict) =>
				conflict.columns(['organisation_id', 'segment']).doUpdateSet({ last_number, last_hash, seal })
			)
			.execute();
	return rows.length;
}
