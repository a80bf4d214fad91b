import * as z from 'zod/mini';
import { jsonValue } from './json-value.ts';

/** What an organisation holds under one client card, for the person whose card it is (GDPR articles 15, 17 and 20). */

export const subjectRequest = z.strictObject({
	code: z.string().check(z.maxLength(40)),
	/** `export`: the same as `show`, and it is noted that it was taken out. `unlink`: the visits stay without the code. */
	do: z.enum(['show', 'export', 'unlink', 'erase'])
});
export type SubjectRequest = z.infer<typeof subjectRequest>;

const person = z.nullable(z.object({ membership: z.uuid(), name: z.string() }));

export const subjectAnswer = z.object({
	/** The code as it is stored. */
	code: z.string(),
	visits: z.array(
		z.object({
			id: z.string(),
			/** Whose visit it is. */
			whose: person,
			/** What the visit says now, by field. */
			values: z.record(z.string(), jsonValue),
			/** What was written when, the oldest first; of what was emptied since, only that. */
			entries: z.array(
				z.object({
					/** When the server received it, ms since 1970. */
					at: z.number(),
					by: person,
					outcome: z.string(),
					fields: z.nullable(z.record(z.string(), jsonValue))
				})
			)
		})
	),
	/** Who has seen and changed these visits, besides whoever logged them. */
	seen: z.array(z.object({ at: z.number(), event: z.string(), by: person }))
});
export type SubjectAnswer = z.infer<typeof subjectAnswer>;
