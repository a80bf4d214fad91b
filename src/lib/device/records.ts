import { removal, shownValues, type RecordState } from '#lib/domain/record.ts';
import { isShaped, type Checks } from '#lib/domain/shape.ts';
import { deskChecks, receptionChecks } from '#lib/domain/tour-shapes.ts';
import type { Desk, Reception } from '#lib/domain/tour.ts';
import type { MembershipDb } from './membership-db.ts';
import { unseal, type Sealed } from './rows.ts';

/** The values of a record that still stands; undefined for a removed one. */
export function standing(row: Sealed): Record<string, unknown> | undefined {
	const state = unseal<RecordState>(row);
	return removal(state) === 'yes' ? undefined : shownValues(state);
}

/** The records of a collection; what another version wrote in a form unknown here is left out. */
async function collection<T extends object>(
	db: MembershipDb,
	name: string,
	checks: Checks<T>
): Promise<(T & { id: string })[]> {
	const rows = await db.records.where('collection').equals(name).toArray();
	return rows.flatMap((row) => {
		const values = standing(row);
		return isShaped(values, checks) ? [{ ...values, id: row.id }] : [];
	});
}

export function desks(db: MembershipDb): Promise<Desk[]> {
	return collection(db, 'desk', deskChecks);
}

export function receptions(db: MembershipDb): Promise<Reception[]> {
	return collection(db, 'reception', receptionChecks);
}
