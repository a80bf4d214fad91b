import { ApiError } from '#lib/server/api-error.ts';
import { note } from '#lib/server/audit/note.ts';
import { roleMay } from '#lib/server/policy/policy.ts';
import type { Store, Trx } from '#lib/server/storage/store.ts';
import type { Arrival } from './issuer/issuer.ts';
import type { Session } from './sessions.ts';

/**
 * Says by which name the municipality's directory knows a member; null: by none any more. Another name also forgets whom the directory meant
 * by the one before. Only an administrator opens a way to an administrator's membership. Throws 404 where there is no such member, 409
 * where another one has the name.
 */
export async function setDirectoryName(
	store: Store,
	by: Pick<Session, 'organisation' | 'membership' | 'device' | 'role'>,
	membership: string,
	name: string | null,
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
		await trx
			.deleteFrom('identities')
			.where('organisation_id', '=', organisation)
			.where((eb) =>
				eb.or([
					eb('membership_id', '=', membership),
					// Whoever has left does not keep a name from whoever comes.
					eb(
						'membership_id',
						'in',
						eb
							.selectFrom('memberships')
							.select('id')
							.where('organisation_id', '=', organisation)
							.where('ended_at', 'is not', null)
					)
				])
			)
			.execute();
		if (name !== null) {
			const set = await trx
				.insertInto('identities')
				.values({
					organisation_id: organisation,
					membership_id: membership,
					name,
					issuer: null,
					subject: null,
					set_at: now,
					used_at: null
				})
				.onConflict((conflict) => conflict.columns(['organisation_id', 'name']).doNothing())
				.returning('membership_id')
				.executeTakeFirst();
			if (!set) throw new ApiError(409, 'directory_name_taken');
		}
		const noted = { event: 'directory-name', kind: 'member', ids: [membership], whose: membership } as const;
		await note(trx, by, [noted], now);
	});
}

/**
 * The member whom the directory means; undefined: nobody of this organisation, or nobody any more. At the first sign-in the name that was
 * entered finds them, and issuer and subject are kept: names are given away again, these are not (OpenID Connect Core §5.7).
 */
export async function memberMeant(
	trx: Trx,
	organisation: string,
	{ issuer, subject, name }: Arrival,
	now: number
): Promise<string | undefined> {
	const here = (trx: Trx) =>
		trx
			.selectFrom('memberships')
			.select('id')
			.where('organisation_id', '=', organisation)
			.where('ended_at', 'is', null);
	const known = await trx
		.updateTable('identities')
		.set({ used_at: now })
		.where('organisation_id', '=', organisation)
		.where('issuer', '=', issuer)
		.where('subject', '=', subject)
		.where('membership_id', 'in', here(trx))
		.returning('membership_id')
		.executeTakeFirst();
	if (known || name === undefined) return known?.membership_id;
	const named = await trx
		.selectFrom('identities')
		.select('membership_id')
		.where('organisation_id', '=', organisation)
		.where('name', '=', name)
		.where('issuer', 'is', null)
		.where('membership_id', 'in', here(trx))
		.executeTakeFirst();
	if (!named) return undefined;
	// Of the same person in a membership that has ended.
	await trx
		.deleteFrom('identities')
		.where('organisation_id', '=', organisation)
		.where('issuer', '=', issuer)
		.where('subject', '=', subject)
		.execute();
	const bound = await trx
		.updateTable('identities')
		.set({ issuer, subject, used_at: now })
		.where('organisation_id', '=', organisation)
		.where('membership_id', '=', named.membership_id)
		// Two that come at once cannot both be meant by it.
		.where('issuer', 'is', null)
		.returning('membership_id')
		.executeTakeFirst();
	return bound?.membership_id;
}
