import type { Role } from '#lib/protocol/accounts.ts';
import { MEMBER } from '#lib/protocol/parts.ts';
import type { Store, Trx } from '#lib/server/storage/store.ts';
import { publish, type Publication } from '#lib/server/sync/publish.ts';

/** A member as phones of the organisation know them: the name that stands beside what they wrote, and the role. */
function memberRecord({ id, name, role }: { id: string; name: string; role: Role }): Publication {
	return { collection: MEMBER, id, part: 'organisation', fields: { name, role } };
}

export async function publishMember(
	trx: Trx,
	organisation: string,
	member: { id: string; name: string; role: Role },
	now: number
): Promise<void> {
	await publish(trx, organisation, [memberRecord(member)], now);
}

/** Publishes members whom phones do not know yet: those from before this version. */
export async function publishMissing(store: Store, now: number): Promise<void> {
	await store.write(async (trx) => {
		const missing = await trx
			.selectFrom('memberships')
			.leftJoin('records', (join) =>
				join
					.onRef('records.organisation_id', '=', 'memberships.organisation_id')
					.onRef('records.id', '=', 'memberships.id')
					.on('records.collection', '=', MEMBER)
			)
			.select([
				'memberships.organisation_id as organisation',
				'memberships.id',
				'memberships.name',
				'memberships.role'
			])
			.where('records.id', 'is', null)
			.execute();
		for (const { organisation, ...member } of missing) await publishMember(trx, organisation, member, now);
	});
}
