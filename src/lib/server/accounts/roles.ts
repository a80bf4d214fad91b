import type { Role } from '#lib/protocol/accounts.ts';
import { ApiError } from '#lib/server/api-error.ts';
import { roleMay } from '#lib/server/policy/policy.ts';
import type { Store } from '#lib/server/storage/store.ts';
import { note, type Doer } from '#lib/server/audit/note.ts';
import { publishMember } from './member-records.ts';

/**
 * Gives a member another role. It counts from the next request on; what was written with the old one is judged by the old one
 * (design.md §5.3). Only an administrator makes somebody an administrator, or one something else.
 */
export async function changeRole(
	store: Store,
	organisation: string,
	membership: string,
	role: Role,
	now: number,
	by: Omit<Doer, 'organisation'> & { role: Role } = { role: 'administrator' }
): Promise<void> {
	await store.write(async (trx) => {
		const member = await trx
			.selectFrom('memberships')
			.select(['name', 'role'])
			.where('organisation_id', '=', organisation)
			.where('id', '=', membership)
			.where('ended_at', 'is', null)
			.executeTakeFirst();
		if (!member) throw new ApiError(404, 'not_found');
		const administrators = member.role === 'administrator' || role === 'administrator';
		if (administrators && !roleMay(by.role, 'administrator:change')) throw new ApiError(403, 'not_allowed');
		if (member.role === role) return;
		await trx
			.insertInto('former_roles')
			.values({ organisation_id: organisation, membership_id: membership, role: member.role, until: now })
			.onConflict((conflict) => conflict.doNothing())
			.execute();
		await trx
			.updateTable('memberships')
			.set({ role })
			.where('organisation_id', '=', organisation)
			.where('id', '=', membership)
			.execute();
		await publishMember(trx, organisation, { id: membership, name: member.name, role }, now);
		const changed = { event: 'role', kind: 'member', ids: [membership], whose: membership } as const;
		await note(trx, { ...by, organisation }, [changed], now);
	});
}
