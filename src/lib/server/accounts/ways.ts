import type { Role } from '#lib/protocol/accounts.ts';
import { ApiError } from '#lib/server/api-error.ts';
import { note, type Doer } from '#lib/server/audit/note.ts';
import { roleMay } from '#lib/server/policy/policy.ts';
import type { Store } from '#lib/server/storage/store.ts';

/**
 * Takes every way in from a member: passkeys, codes that wait, sessions, their name in the directory. For whoever has lost them, or when somebody else has them; a new code
 * follows. Their devices go on delivering what waits on them. Only an administrator does it to an administrator. Throws 404 where there is no such member.
 */
export async function removeWays(
	store: Store,
	by: Doer & { role: Role },
	membership: string,
	now: number
): Promise<void> {
	const { organisation, role } = by;
	await store.write(async (trx) => {
		const member = await trx
			.selectFrom('memberships')
			.select('role')
			.where('organisation_id', '=', organisation)
			.where('id', '=', membership)
			.where('ended_at', 'is', null)
			.executeTakeFirst();
		if (!member) throw new ApiError(404, 'not_found');
		if (member.role === 'administrator' && !roleMay(role, 'administrator:change'))
			throw new ApiError(403, 'not_allowed');
		for (const table of ['passkeys', 'sessions', 'identities'] as const)
			await trx
				.deleteFrom(table)
				.where('organisation_id', '=', organisation)
				.where('membership_id', '=', membership)
				.execute();
		// Those that were used stay: they are how somebody came in.
		await trx
			.deleteFrom('invitations')
			.where('organisation_id', '=', organisation)
			.where('membership_id', '=', membership)
			.where('used_at', 'is', null)
			.execute();
		await note(
			trx,
			by,
			[{ event: 'ways-remove', kind: 'member', ids: [membership], whose: membership }],
			now
		);
	});
}
