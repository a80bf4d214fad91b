import { currentMunicipality, municipality, regions } from '#lib/domain/municipalities.ts';
import { removal, shownValues } from '#lib/domain/record.ts';
import type { Store } from '#lib/server/storage/store.ts';
import { readStates } from '#lib/server/storage/record-states.ts';

/** Codes of regions (Finnish: maakunta), in their order; undefined: the whole country. */
export type Area = readonly string[] | undefined;

/**
 * Where an organisation works: the regions of its desks' municipalities, and those that the setting `PACK_REGIONS` adds. One without a desk
 * works everywhere.
 */
export async function areaOf(
	store: Store,
	organisation: string,
	wider: 'all' | readonly string[]
): Promise<Area> {
	if (wider === 'all') return undefined;
	const rows = await store.db
		.selectFrom('records')
		.select('state')
		.where('organisation_id', '=', organisation)
		.where('collection', '=', 'desk')
		.execute();
	const states = await readStates(
		store.db,
		store,
		organisation,
		rows.map(({ state }) => state)
	);
	const found = new Set(
		states.flatMap((state) => {
			const code = removal(state) === 'yes' ? undefined : shownValues(state)['municipality'];
			return typeof code === 'string' ? (regionOf(code) ?? []) : [];
		})
	);
	if (found.size === 0) return undefined;
	const known = regions().map(({ code }) => code);
	return [...found.union(new Set(wider.filter((code) => known.includes(code))))].sort();
}

const regionOf = (code: string) => municipality(currentMunicipality(code))?.region;

/** False where every municipality of an entry lies outside the area. An unknown one lies anywhere. */
export function isInArea(municipalities: readonly string[], area: Area): boolean {
	if (!area || municipalities.length === 0) return true;
	return municipalities.some((code) => {
		const region = regionOf(code);
		return region === undefined || area.includes(region);
	});
}
