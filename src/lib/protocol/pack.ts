import * as z from 'zod/mini';

/**
 * The pack (Finnish: aineistopaketti): the directory cut to an area, in parts that never change and are named by their content
 * (docs/decisions/0017). The manifest says which parts make it up; what is newer than it comes through sync.
 */

/** Bytes of a part at most. */
const MAX_PART = 8 * 1024 * 1024;

const size = z.int().check(z.minimum(1), z.maximum(MAX_PART));

const packPart = z.object({
	/** SHA-256 of its bytes, hex. */
	hash: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
	bytes: size,
	/** Its size as sent, compressed. */
	wire: size,
	/**
	 * `phrases`: a JSON list of what the texts of services have in common; the lists of all such parts make up one. `services`: JSON as
	 * `servicesPart` reads it. `index`: a piece of the search index, in their order; its entries are the services in the order of the parts.
	 */
	kind: z.enum(['phrases', 'services', 'index'])
});

/** How the services of a pack differ from those that its index was built of. */
const unindexed = z.object({
	/** Services that came or changed since. */
	ids: z.array(z.string()),
	/** Entries of the index, in their order, that stand for none of the services any more. */
	gone: z.array(z.int())
});

export const packManifest = z.object({
	format: z.literal(1),
	organisation: z.string(),
	/** Change number of the organisation up to which the pack holds everything of its area. */
	change: z.int(),
	/** The life of the server's database that the cursor belongs to. */
	epoch: z.string(),
	/** Where whoever has the pack stands in the part `directory` of its scope. */
	cursor: z.string().check(z.maxLength(200)),
	/** ISO 8601. */
	made: z.string(),
	services: z.int(),
	/** Languages that its texts are in, BCP 47. */
	languages: z.array(z.string()),
	/** The phrases, then the services, then the index. */
	parts: z.array(packPart).check(z.maxLength(10_000)),
	/** What the index does not know, where it is that of an earlier pack. */
	unindexed: z.optional(unindexed)
});

/** Some services, like with like, by column: what stands together is alike, and so takes few bytes. See pack-columns.ts. */
export const servicesPart = z.object({
	ids: z.array(z.string()),
	clocks: z.array(z.string()),
	/**
	 * By service: the clock of its values, as its place in `clocks`; by field where they are several. Whoever changes a field names its
	 * clock as the one that was seen.
	 */
	said: z.array(z.union([z.int(), z.record(z.string(), z.int())])),
	/** By place in a service's values, a JSON list of keys: what stands there in each of the services. */
	columns: z.record(z.string(), z.array(z.unknown()))
});

export const phrasesPart = z.array(z.string());

/**
 * The ids of the entries of an index in their order, and no text for an entry that stands for none of the services.
 *
 * @param ids of the services, in the order of the parts
 */
export function idsOfIndex(ids: readonly string[], unindexed: Unindexed | undefined): string[] {
	if (!unindexed) return [...ids];
	const missing = new Set(unindexed.ids);
	const entries = ids.filter((id) => !missing.has(id));
	for (const entry of unindexed.gone) entries.splice(entry, 0, '');
	return entries;
}

/** The parts of one kind, in their order. */
export const hashesOf = (pack: PackManifest | undefined, kind: PackPart['kind']): string[] =>
	(pack?.parts ?? []).filter((part) => part.kind === kind).map(({ hash }) => hash);

/** By what an index lies on the phone whose parts were joined; undefined where the pack has none. */
export function indexKey(pack: PackManifest | undefined): string | undefined {
	const hashes = hashesOf(pack, 'index');
	return hashes.length === 0 ? undefined : `index ${hashes.join(' ')}`;
}

export type Unindexed = z.infer<typeof unindexed>;
export type PackPart = z.infer<typeof packPart>;
export type PackManifest = z.infer<typeof packManifest>;
export type ServicesPart = z.infer<typeof servicesPart>;
