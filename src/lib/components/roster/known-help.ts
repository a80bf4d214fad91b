import type { MembershipDb } from '#lib/device/membership-db.ts';
import { standing } from '#lib/device/records.ts';
import { LANGUAGE_HELP } from '#lib/domain/language-help-records.ts';
import { readLanguageHelp, type LanguageHelp } from '#lib/domain/language-help.ts';

/**
 * Language help that this device knows; what has been removed, or what nobody could use as it came, is left out. Not beside the other readers in `device`:
 * its schema would come with all that pages load about rows, and in a circle.
 */
export async function knownHelp(db: MembershipDb): Promise<LanguageHelp[]> {
	const rows = await db.records.where('collection').equals(LANGUAGE_HELP).toArray();
	return rows.flatMap((row) => readLanguageHelp(row.id, standing(row)) ?? []);
}
