import * as z from 'zod/mini';
import type { Locale } from '#lib/domain/languages.ts';
import { ownTopicName } from '#lib/domain/register-settings.ts';
import type { Names } from './words.ts';

/** What figures are read beside: who advisers and desks are by name, own topics, and what receptions there were in the period. */
export const reportBasis = z.object({
	/** Civil dates, both included. */
	from: z.string(),
	to: z.string(),
	/** Everybody who was ever a member. */
	advisers: z.array(z.object({ id: z.string(), name: z.string() })),
	desks: z.array(z.object({ id: z.string(), name: z.string(), municipality: z.string() })),
	/** The organisation's own topics, retired ones too, with the names that it gave them. */
	topics: z.array(
		z.object({
			id: z.string(),
			fi: z.optional(z.string()),
			sv: z.optional(z.string()),
			en: z.optional(z.string())
		})
	),
	/**
	 * Receptions of the period by municipality of the desk: as advisers told them when they closed the day, and where nobody has, as the tour had planned
	 * them. One that was told as not held is none.
	 */
	held: z.array(
		z.object({
			municipality: z.string(),
			receptions: z.int(),
			/** Of them those of which somebody told the hours. */
			told: z.int(),
			/** Hours of all advisers together. */
			minutes: z.int(),
			languages: z.array(z.string())
		})
	)
});

export type ReportBasis = z.infer<typeof reportBasis>;

/** What people read for an adviser, a desk and an own topic, by id. */
export function namesIn({ advisers, desks, topics }: ReportBasis, locale: Locale): Names {
	return new Map([
		...[...advisers, ...desks].map(({ id, name }) => [id, name] as const),
		...topics.map(({ id, ...names }) => [id, ownTopicName(names, locale) ?? id] as const)
	]);
}

/** How long receptions took, minutes. One that was entered with an end before its start took no time: no hours are taken away for it. */
export const minutesHeld = (stops: readonly { from: number; to: number }[]): number =>
	stops.reduce((sum, { from, to }) => sum + Math.max(0, Math.round((to - from) / 60_000)), 0);
