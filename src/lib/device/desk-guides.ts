import { DESK_GUIDE, deskGuide, type DeskGuide } from '#lib/domain/desk-guide.ts';
import type { MembershipDb } from './membership-db.ts';
import { standing } from './records.ts';

/** The guide of a desk; what another version wrote in a form unknown here is none. Not to be read while the vault is locked. */
export async function deskGuideOf(db: MembershipDb, desk: string): Promise<DeskGuide | undefined> {
	const row = await db.records.get([DESK_GUIDE, desk]);
	return row && deskGuide.safeParse(standing(row)).data;
}
