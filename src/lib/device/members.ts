import { MEMBER } from '#lib/protocol/parts.ts';
import type { MembershipDb } from './membership-db.ts';
import { standing } from './records.ts';

/** Members of the organisation by membership, as far as this device has heard of them. */
async function members(db: MembershipDb): Promise<{ id: string; name: string; role: unknown }[]> {
	const rows = await db.records.where('collection').equals(MEMBER).toArray();
	return rows.flatMap((row) => {
		const { name, role } = standing(row) ?? {};
		return typeof name === 'string' ? [{ id: row.id, name, role }] : [];
	});
}

/** Names of the organisation's members, by membership. */
export const memberNames = async (db: MembershipDb): Promise<ReadonlyMap<string, string>> =>
	new Map((await members(db)).map(({ id, name }) => [id, name]));

/** Names of those who may hold a reception, by membership. */
export const adviserNames = async (db: MembershipDb): Promise<ReadonlyMap<string, string>> =>
	new Map(
		(await members(db)).flatMap(({ id, name, role }) =>
			role === 'adviser' || role === 'coordinator' ? [[id, name]] : []
		)
	);
