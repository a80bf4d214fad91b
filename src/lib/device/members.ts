import { MEMBER } from '#lib/protocol/parts.ts';
import type { MembershipDb } from './membership-db.ts';
import { standing } from './records.ts';

/** Names of the organisation's members, as far as this device has heard of them, by membership. */
export async function memberNames(db: MembershipDb): Promise<ReadonlyMap<string, string>> {
	const rows = await db.records.where('collection').equals(MEMBER).toArray();
	return new Map(
		rows.flatMap((row) => {
			const name = standing(row)?.name;
			return typeof name === 'string' ? [[row.id, name] as const] : [];
		})
	);
}
