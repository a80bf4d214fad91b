import { DESK_GUIDE, deskGuideFields, type DeskGuide } from '#lib/domain/desk-guide.ts';
import { fieldFault } from '#lib/domain/field-fault.ts';
import type { JsonValue } from '#lib/domain/json.ts';
import type { MembershipDb } from './membership-db.ts';
import { standing } from './records.ts';

/** The guide of a desk, without the fields that another version wrote in a form unknown here. Not to be read while the vault is locked. */
export async function deskGuideOf(db: MembershipDb, desk: string): Promise<DeskGuide | undefined> {
	const row = await db.records.get([DESK_GUIDE, desk]);
	const values = row && standing(row);
	if (!values) return undefined;
	const known = Object.keys(deskGuideFields).filter(
		(name) =>
			name in values && fieldFault(deskGuideFields, { [name]: values[name] as JsonValue }) === undefined
	);
	return Object.fromEntries(known.map((name) => [name, values[name]])) as DeskGuide;
}
