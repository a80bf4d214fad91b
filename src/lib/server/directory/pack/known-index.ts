import { idsOfIndex, servicesPart, type PackPart, type Unindexed } from '#lib/protocol/pack.ts';
import { DIRECTORY_PART } from '#lib/protocol/parts.ts';
import type { Store } from '#lib/server/storage/store.ts';
import type { Contents } from './build.ts';
import { readPart, unpacked } from './stored-part.ts';

/** So many services may come, change or go until an index is built anew. Phones index those that it lacks by themselves. */
const MOST_UNINDEXED = 300;

/** The index of an earlier pack. */
export interface KnownIndex {
	parts: readonly PackPart[];
	/** Up to which change number it knows everything. */
	change: number;
	/** The services that its entries stand for; no text where one is gone. */
	ids: readonly string[];
	/** Services that changed since. */
	changed: ReadonlySet<string>;
}

/** The index of a pack, and what changed since; undefined where there is none or too much did. */
export async function readKnownIndex(
	store: Store,
	organisation: string,
	{ parts, unindexed, indexedTo }: Contents
): Promise<KnownIndex | undefined> {
	if (indexedTo === undefined) return undefined;
	const rows = await store.db
		.selectFrom('records')
		.select('id')
		.where('organisation_id', '=', organisation)
		.where('part', '=', DIRECTORY_PART)
		.where('change_number', '>', indexedTo)
		.limit(MOST_UNINDEXED + 1)
		.execute();
	if (rows.length > MOST_UNINDEXED) return undefined;
	const ids: string[] = [];
	for (const { hash, kind } of parts) {
		if (kind !== 'services') continue;
		const content = await readPart(store, organisation, hash);
		if (!content) return undefined;
		ids.push(...servicesPart.parse(JSON.parse((await unpacked(content)).toString())).ids);
	}
	return {
		parts: parts.filter(({ kind }) => kind === 'index'),
		change: indexedTo,
		ids: idsOfIndex(ids, unindexed),
		changed: new Set(rows.map(({ id }) => id))
	};
}

/** What an index lacks of these services, in their order; undefined where it cannot serve for them. */
export function unindexedOf(
	{ ids, changed }: KnownIndex,
	services: readonly string[]
): Unindexed | undefined {
	const standing = new Set(services);
	const isGone = (id: string) => !standing.has(id) || changed.has(id);
	const known = new Set(ids.filter((id) => !isGone(id)));
	const unindexed = {
		ids: services.filter((id) => !known.has(id)),
		gone: [...ids.keys()].filter((entry) => isGone(ids[entry] ?? ''))
	};
	// The order is another one, where another version of Reppu made it.
	const there = idsOfIndex(services, unindexed);
	const fits = there.length === ids.length && there.every((id, entry) => id === '' || id === ids[entry]);
	return fits && unindexed.ids.length <= MOST_UNINDEXED ? unindexed : undefined;
}
