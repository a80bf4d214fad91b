import { removal, shownValues, type RecordState } from '#lib/domain/record.ts';
import { deskFields, receptionFields, type Desk, type Reception } from '#lib/domain/tour.ts';
import { serviceFields, type Service } from '#lib/domain/service.ts';
import type * as z from 'zod/mini';
import type { MembershipDb } from './membership-db.ts';
import type { PublicDb } from './public-db.ts';
import { unseal, type Sealed } from './rows.ts';

/** Reads a record that still stands by its schema; what another version wrote in a form unknown here is left out. */
function readAs<T extends object>(schema: z.ZodMiniType<T>, id: string, row: Sealed): (T & { id: string })[] {
	const state = unseal<RecordState>(row);
	if (removal(state) === 'yes') return [];
	const parsed = schema.safeParse(shownValues(state));
	return parsed.success ? [{ ...parsed.data, id }] : [];
}

async function collection<T extends object>(db: MembershipDb, name: string, schema: z.ZodMiniType<T>) {
	const rows = await db.records.where('collection').equals(name).toArray();
	return rows.flatMap((row) => readAs(schema, row.id, row));
}

export function desks(db: MembershipDb): Promise<Desk[]> {
	return collection(db, 'desk', deskFields);
}

export function receptions(db: MembershipDb): Promise<Reception[]> {
	return collection(db, 'reception', receptionFields);
}

/** The organisation's directory on this device. */
export async function services(open: PublicDb, organisation: string): Promise<Service[]> {
	const rows = await open.services.where('organisation').equals(organisation).toArray();
	return rows.flatMap((row) => readAs(serviceFields, row.id, row));
}
