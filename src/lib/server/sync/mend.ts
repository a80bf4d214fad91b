import { nextClock } from '#lib/domain/clock.ts';
import { newId, newReplica } from '#lib/domain/ids.ts';
import type { JsonValue } from '#lib/domain/json.ts';
import type { Op } from '#lib/domain/record.ts';
import type { Session } from '#lib/server/accounts/sessions.ts';
import { ApiError } from '#lib/server/api-error.ts';
import type { Store } from '#lib/server/storage/store.ts';
import { receive } from './receive.ts';
import { rejectedOp } from './received-ops.ts';
import { refusal } from './refusal.ts';
import { decide } from './rejected.ts';

/**
 * Writes what a rejected op of a visit says once more, in its author's record and mended, as an op of the coordinator's. It replaces what
 * the rejected one had replaced, and the rejected one itself where a phone holds it; whatever came in since stands beside it.
 */
export async function mend(
	store: Store,
	session: Session,
	opId: string,
	{ fields, without }: { fields: Record<string, JsonValue>; without: readonly string[] },
	now: number
): Promise<void> {
	const row = await rejectedOp(store.db, session.organisation, opId)
		.where('journal.collection', '=', 'visit')
		.executeTakeFirst();
	if (!row) throw new ApiError(404, 'not_found');
	const said = JSON.parse(row.body) as Pick<Op, 'fields' | 'clock' | 'base' | 'schema' | 'of'>;
	const whole = Object.fromEntries(
		Object.entries({ ...said.fields, ...fields }).filter(([name]) => !without.includes(name))
	);
	const base: Record<string, string[]> = {};
	for (const name of Object.keys(whole)) base[name] = [...(said.base[name] ?? []), said.clock];
	const owner = said.of ?? row.membership_id;
	const replica = newReplica();
	const [receipt] = await receive(
		store,
		session,
		[
			{
				opId: newId(now),
				replica,
				seq: 1,
				collection: 'visit',
				recordId: row.record_id,
				fields: whole,
				clock: nextClock(now, replica, Object.values(base).flat()),
				base,
				schema: said.schema,
				...(owner === session.membership ? {} : { of: owner })
			}
		],
		now
	);
	if (receipt?.outcome === 'applied' || receipt?.outcome === 'conflict') return;
	// A try that failed is nobody's to look after.
	if (receipt?.outcome === 'rejected') await decide(store, session, receipt.opId, 'discarded', now);
	throw refusal(receipt);
}
