import type { MembershipDb } from '#lib/device/membership-db.ts';
import { standing } from '#lib/device/records.ts';
import { SHARED } from '#lib/domain/shared-records.ts';
import { sharedRosters, type SharedRoster } from '#lib/domain/shared.ts';

/** What other organisations share with this one, as far as this device knows. Not beside the readers in `device`: see known-help.ts. */
export async function knownShared(db: MembershipDb): Promise<SharedRoster[]> {
	const rows = await db.records.where('collection').equals(SHARED).toArray();
	return sharedRosters(
		rows.flatMap((row) => {
			const values = standing(row);
			return values ? [{ id: row.id, values }] : [];
		})
	);
}
