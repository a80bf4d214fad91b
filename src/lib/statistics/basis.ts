import * as z from 'zod/mini';

/** What figures are read beside: who advisers and desks are by name, and what the tour of the period planned. */
export const reportBasis = z.object({
	/** Civil dates, both included. */
	from: z.string(),
	to: z.string(),
	/** Everybody who was ever a member. */
	advisers: z.array(z.object({ id: z.string(), name: z.string() })),
	desks: z.array(z.object({ id: z.string(), name: z.string(), municipality: z.string() })),
	/** Receptions that the tour had in the period, by municipality of the desk. Planned: whether they were held is not recorded. */
	planned: z.array(
		z.object({
			municipality: z.string(),
			receptions: z.int(),
			minutes: z.int(),
			languages: z.array(z.string())
		})
	)
});

export type ReportBasis = z.infer<typeof reportBasis>;
