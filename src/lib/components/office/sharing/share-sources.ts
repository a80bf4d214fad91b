import type { MembershipDb } from '#lib/device/membership-db.ts';
import { standing } from '#lib/device/records.ts';
import { LANGUAGE_HELP } from '#lib/domain/language-help-records.ts';
import type { ShareSources, Source } from '#lib/domain/shared.ts';
import { DESK, RECEPTION } from '#lib/domain/tour-records.ts';

/** What this device knows of the records that are shared from: the preview is made of it by the same function that the server shares by. */
export async function shareSources(db: MembershipDb): Promise<ShareSources> {
	const of = async (collection: string): Promise<Source[]> =>
		(await db.records.where('collection').equals(collection).toArray()).flatMap((row) => {
			const values = standing(row);
			return values ? [{ id: row.id, values }] : [];
		});
	const [desks, receptions, help] = await Promise.all([of(DESK), of(RECEPTION), of(LANGUAGE_HELP)]);
	return { desks, receptions, help };
}
