import * as z from 'zod/mini';

/** The code lists as other programs read them: what the codes in public figures mean. */

const labels = { fi: z.string(), sv: z.string(), en: z.string() };

const code = z.object({
	id: z.string(),
	...labels,
	/** It is in old records only. */
	retired: z.optional(z.boolean()),
	/** Never shown in small aggregates. */
	sensitive: z.optional(z.boolean()),
	/** Codes that took over the meaning of a retired one. */
	replacedBy: z.optional(z.array(z.string()))
});

export const codeListAnswer = z.object({
	/** By id of the list. */
	lists: z.record(z.string(), z.object({ ...labels, codes: z.array(code) })),
	/** Groups of topics; the codes of the list `topic` begin with the id of theirs. */
	topicGroups: z.array(code),
	/** Official municipality codes; merged ones are counted in today's. */
	municipalities: z.array(z.object({ code: z.string(), ...labels })),
	/** BCP 47. */
	languages: z.array(z.object({ code: z.string(), ...labels })),
	/** Classes in which public figures put what has no class of its own, or was not said. */
	rest: z.array(z.object({ dimension: z.string(), class: z.string(), ...labels }))
});
export type CodeListAnswer = z.infer<typeof codeListAnswer>;
