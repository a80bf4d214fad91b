import * as z from 'zod/mini';

/** One thing that people ask for, in the words of many languages. For finding only: nothing of it is shown. */
const concept = z.object({
	id: z.string(),
	/** Topic group or code ids of `domain/code-lists` that it belongs to. */
	topics: z.array(z.string()),
	/** What people say and authorities write, by language, in the basic form. */
	terms: z.record(z.string(), z.array(z.string())),
	/** Ids of entries that it leads to, where topics are too coarse. */
	names: z.optional(z.array(z.string()))
});

export type Concept = z.infer<typeof concept>;

/** A file of concepts. */
export const concepts = z.array(concept);
