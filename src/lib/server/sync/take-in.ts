import type { Session } from '#lib/server/accounts/sessions.ts';
import { ApiError } from '#lib/server/api-error.ts';
import type { Store } from '#lib/server/storage/store.ts';
import { receive } from './receive.ts';
import { opOf, rejectedOp } from './received-ops.ts';
import { refusal } from './refusal.ts';
import { noteDecision } from './rejected.ts';

/**
 * Gives an op that a revoked device has brought its effect, as it was written: under its author, with the rights that its author had then.
 * Where it is rejected for what it says, it waits on for that reason.
 */
export async function takeIn(store: Store, session: Session, opId: string, now: number): Promise<void> {
	const row = await rejectedOp(store.db, session.organisation, opId)
		.where('journal.code', '=', 'device_revoked')
		.executeTakeFirst();
	if (!row) throw new ApiError(404, 'not_found');
	const { organisation_id: organisation, membership_id: membership, device_id: device, role } = row;
	const author = { organisation, membership, device, role, endedAt: row.ended_at };
	const [receipt] = await receive(store, author, [{ ...opOf(row), approved: true }], now);
	if (receipt?.outcome === 'applied' || receipt?.outcome === 'conflict')
		return noteDecision(store, session, { id: opId, owner: membership }, 'mended', now);
	throw refusal(receipt);
}
