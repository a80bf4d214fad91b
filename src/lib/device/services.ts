import { serviceFields, type Service } from '#lib/domain/service.ts';
import type { PublicDb } from './public-db.ts';
import { standing } from './records.ts';

/**
 * The organisation's directory on this device; what another version wrote in a form unknown here is left out. Apart from
 * `records.ts`: the first screen does without it.
 */
export async function services(open: PublicDb, organisation: string): Promise<Service[]> {
	const rows = await open.services.where('organisation').equals(organisation).toArray();
	return rows.flatMap((row) => {
		// A field that its source has emptied is null; an entry that was never verified says so with null.
		const said = Object.entries(standing(row) ?? {}).filter(
			([name, value]) => value !== null || name === 'verified'
		);
		const parsed = serviceFields.safeParse(Object.fromEntries(said));
		return parsed.success ? [{ ...parsed.data, id: row.id }] : [];
	});
}
