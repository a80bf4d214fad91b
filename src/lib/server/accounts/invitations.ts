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
			made_by: by.membership ?? null,
			way: 'code',
			browser: null,
			proved_at: null
		})
		.execute();
	await note(trx, by, [{ event: 'invite', kind: 'member', ids: [membership], whose: membership }], now);
	return { code, expires, membership };
}

/**
 * A code that is unknown, used, expired or another browser's gets one and the same answer. `devices`: see `letIn`.
 *
 * @param browser SHA-256 of what the browser has that redeems it; only a code of the directory asks for it
 */
export async function redeem(
	store: Store,
	code: string,
	devices: Parameters<typeof letIn>[2],
	now: number,
	browser?: string
): Promise<Enrolled> {
	const redeemed = async (trx: Trx) => {
		const invitation = await trx
			.updateTable('invitations')
			.set({ used_at: now })
			.where('code_hash', '=', secretHash(code))
			.where('used_at', 'is', null)
			.where('expires_at', '>', now)
			.where((eb) =>
				eb.or([eb('browser', 'is', null), ...(browser === undefined ? [] : [eb('browser', '=', browser)])])
			)
			.returning(['organisation_id', 'membership_id', 'made_by', 'way', 'proved_at'])
			.executeTakeFirst();
		if (!invitation) throw new ApiError(404, 'code_wrong');
		const { organisation_id: organisation, membership_id: membership, made_by: by, way } = invitation;
		const { known } = devices;
		// Whoever holds a device that was locked out must not make a new one of it by an account that they have anyway.
		if (way === 'directory' && known?.revoked && known.membership === membership)
			throw new ApiError(403, 'device_revoked');
		// A code that somebody made for themselves, in a session that may be another's, proves nothing.
		const provedAt = by === membership ? 0 : (invitation.proved_at ?? now);
		return letIn(trx, { organisation, membership }, devices, now, { way, provedAt });
	};
	// The code says which organisation it is for.
	return acrossOrganisations(() => store.write(redeemed));
}

/** How long a code of the directory works, ms: its browser redeems it as soon as it has come back. */
const DIRECTORY_CODE_LIFE = 2 * 60_000;

/**
 * A code for a member whom the municipality's directory has sent.
 *
 * @param browser SHA-256 of what only the browser has that may redeem it
 * @param provedAt when they proved to the directory who they are
 */
export async function directoryCode(
	trx: Trx,
	{ organisation, membership }: { organisation: string; membership: string },
	browser: string,
	provedAt: number,
	now: number
): Promise<string> {
	const code = newCode();
	await trx
		.insertInto('invitations')
		.values({
			organisation_id: organisation,
			code_hash: secretHash(code),
			membership_id: membership,
			expires_at: now + DIRECTORY_CODE_LIFE,
			used_at: null,
			created_at: now,
			made_by: null,
			way: 'directory',
			browser,
			proved_at: provedAt
		})
		.execute();
	return code;
}
