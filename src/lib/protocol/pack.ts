import * as z from 'zod/mini';
import { jsonValue } from './json-value.ts';

/**
 * The pack (Finnish: aineistopaketti): the directory cut to an area, in parts that never change and are named by their content
 * (docs/decisions/0017). The manifest says which parts make it up; what is newer than it comes through sync.
 */

/** Bytes of a part as sent, and unpacked, at most. */
const MAX_PART = 4 * 1024 * 1024;

const partHash = z.string().check(z.regex(/^[0-9a-f]{64}$/));

const packPart = z.object({
	/** SHA-256 of its bytes as sent, hex. */
	hash: partHash,
	/** Its size as sent. */
	bytes: z.int().check(z.minimum(1), z.maximum(MAX_PART)),
	/** `services`: a gzip of JSON as `servicesPart` reads it. `index`: a gzip of a piece of the search index, in their order. */
	kind: z.enum(['services', 'index']),
	/** Ids of its first and last service, and how many it holds; absent for the index. */
	from: z.optional(z.string()),
	to: z.optional(z.string()),
	count: z.optional(z.int())
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
	/** The services in the order of their ids, then the index. The index numbers services by this order. */
	parts: z.array(packPart).check(z.maxLength(10_000))
});

/**
 * A part's services: id, shown values by field, and the clock of each field's value in the order of the fields, as its place in `clocks`; one
 * place where all have the same. Whoever changes a field names its clock as the one that was seen.
 */
export const servicesPart = z.object({
	clocks: z.array(z.string()),
	services: z.array(
		z.tuple([z.string(), z.record(z.string(), jsonValue), z.union([z.int(), z.array(z.int())])])
	)
});

export type PackPart = z.infer<typeof packPart>;
export type PackManifest = z.infer<typeof packManifest>;
export type ServicesPart = z.infer<typeof servicesPart>;
