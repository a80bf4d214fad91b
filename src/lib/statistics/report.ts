import * as z from 'zod/mini';
import type { Period } from './periods.ts';
import type { Figures, Question } from './question.ts';

/**
 * The first report: visits of a period by municipality, topic group, language and length of residence. A visit counts once
 * in each dimension but topics, where it counts once in every group it touched. The class '' is "not asked".
 */
const reported = ['municipality', 'topicGroup', 'language', 'residenceLength'] as const;
type Dimension = (typeof reported)[number];

const counts = z.record(z.string(), z.int());

export const report = z.object({
	/** Civil dates, both included. */
	from: z.string(),
	to: z.string(),
	visits: z.int(),
	/** Visits by class, for each dimension. */
	counts: z.object({ municipality: counts, topicGroup: counts, language: counts, residenceLength: counts })
});

export type Report = z.infer<typeof report>;

/** What the report asks of the register. */
export function reportQuestion({ from, to }: Period): Question {
	return { from, to, where: {}, tables: reported.map((id) => [id]) };
}

/** The report from the answer to its question. */
export function reportOf({ from, to, contacts, tables }: Figures): Report {
	const countsOf = (dimension: Dimension) =>
		Object.fromEntries(
			tables
				.filter(({ by }) => by[0] === dimension)
				.flatMap(({ cells }) => cells.map((cell) => [cell.classes[0] ?? '', cell.contacts] as const))
		);
	return {
		from,
		to,
		visits: contacts,
		counts: {
			municipality: countsOf('municipality'),
			topicGroup: countsOf('topicGroup'),
			language: countsOf('language'),
			residenceLength: countsOf('residenceLength')
		}
	};
}
