import { readService, type Service } from '#lib/domain/service.ts';
import type { PublicDb } from './public-db.ts';
import { standing } from './records.ts';

/**
 * The organisation's directory on this device; what another version wrote in a form unknown here is left out. Apart from
 * `records.ts`: the first screen does without it.
 */
export async function services(open: PublicDb, organisation: string): Promise<Service[]> {
	const rows = await open.services.where('organisation').equals(organisation).toArray();
	return rows.flatMap((row) => readService(row.id, standing(row) ?? {}) ?? []);
}
