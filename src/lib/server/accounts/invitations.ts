import { newId } from '#lib/domain/ids.ts';
import { CODE_LIFETIMES, type Role } from '#lib/protocol/accounts.ts';
import { ApiError } from '#lib/server/api-error.ts';
import { roleMay } from '#lib/server/policy/policy.ts';
import { acrossOrganisations } from '#lib/server/storage/reach.ts';
import type { Store, Trx } from '#lib/server/storage/store.ts';
import { note, type Doer } from '#lib/server/audit/note.ts';
import { letIn, type Enrolled } from './enrolled.ts';
import { publishMember } from './member-records.ts';
import { newCode, secretHash } from './secrets.ts';

export interface Invited {
	code: string;
	expires: number;
	membership: string;
}

/**
 * Invites somebody new, or a new device of somebody who is there. Only an administrator (or the server itself, at its first
 * start) opens a way to an administrator's membership.
 */
export async function invite(
	trx: Trx,
	by: Doer & { role: Role },
	who: { name: string; role: Role } | { membership: string },
	delivery: keyof typeof CODE_LIFETIMES,
	now: number
): Promise<Invited> {
	const { organisation, role: inviter } = by;
	let membership: string;
	if ('membership' in who) {
		const found = await trx
			.selectFrom('memberships')
			.select(['id', 'role'])
			.where('organisation_id', '=', organisation)
			.where('id', '=', who.membership)
			.where('ended_at', 'is', null)
			.executeTakeFirst();
		if (!found) throw new ApiError(404, 'not_found');
		if (found.role === 'administrator' && !roleMay(inviter, 'administrator:change'))
			throw new ApiError(403, 'not_allowed');
		membership = found.id;
	} else {
		if (who.role === 'administrator' && !roleMay(inviter, 'administrator:change'))
			throw new ApiError(403, 'not_allowed');
		membership = newId(now);
		await trx
			.insertInto('memberships')
			.values({
				organisation_id: organisation,
				id: membership,
				name: who.name,
				role: who.role,
				created_at: now,
				ended_at: null
			})
			.execute();
		await publishMember(trx, organisation, { id: membership, ...who }, now);
	}
	const code = newCode();
	const expires = now + CODE_LIFETIMES[delivery];
	await trx
		.insertInto('invitations')
		.values({
			organisation_id: organisation,
			code_hash: secretHash(code),
			membership_id: membership,
			expires_at: expires,
			used_at: null,
			created_at: now,
			made_by: by.membership ?? null
		})
		.execute();
	await note(trx, by, [{ event: 'invite', kind: 'member', ids: [membership], whose: membership }], now);
	return { code, expires, membership };
}

/** A code that is unknown, used or expired gets one and the same answer. `devices`: see `letIn`. */
export async function redeem(
	store: Store,
	code: string,
	devices: Parameters<typeof letIn>[2],
	now: number
): Promise<Enrolled> {
	const redeemed = async (trx: Trx) => {
		const invitation = await trx
			.updateTable('invitations')
			.set({ used_at: now })
			.where('code_hash', '=', secretHash(code))
			.where('used_at', 'is', null)
			.where('expires_at', '>', now)
			.returning(['organisation_id', 'membership_id', 'made_by'])
			.executeTakeFirst();
		if (!invitation) throw new ApiError(404, 'code_wrong');
		const { organisation_id: organisation, membership_id: membership, made_by: by } = invitation;
		// A code that somebody made for themselves, in a session that may be another's, proves nothing.
		const begun = by === membership ? { provedAt: 0 } : {};
		return letIn(trx, { organisation, membership }, devices, now, begun);
	};
	// The code says which organisation it is for.
	return acrossOrganisations(() => store.write(redeemed));
}
