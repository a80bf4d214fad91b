import type { Store } from '#lib/server/storage/store.ts';
import { MAX_OPS } from '#lib/protocol/limits.ts';
import type { Sender } from './effects.ts';
import { receive } from './receive.ts';
import { opOf, receivedOps } from './received-ops.ts';

/**
 * Tries again what was journalled with `later`, because its effect failed for a reason that nobody foresaw: the phone that sent it may
 * be lost, and then nobody else would. Gives the number of ops that got their effect, or were rejected.
 */
export async function retryLater(
	store: Store,
	now: number,
	report: (cause: unknown) => void = () => undefined
): Promise<number> {
	const rows = await receivedOps(store.db)
		.where('journal.outcome', '=', 'later')
		.where('journal_bodies.body', '!=', '')
		.orderBy('journal.replica')
		.orderBy('journal.seq')
		.execute();
	let settled = 0;
	for (const sent of Map.groupBy(
		rows,
		(row) => `${row.organisation_id} ${row.membership_id} ${row.device_id}`
	).values()) {
		const { organisation_id: organisation, membership_id: membership, device_id: device, role } = sent[0]!;
		const sender: Sender = { organisation, membership, device, role };
		for (let first = 0; first < sent.length; first += MAX_OPS) {
			const ops = sent.slice(first, first + MAX_OPS).map(opOf);
			const receipts = await receive(store, sender, ops, now, report);
			settled += receipts.filter(({ outcome }) => outcome !== 'later').length;
		}
	}
	return settled;
}
