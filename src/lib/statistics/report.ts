import * as z from 'zod/mini';
import type { VisitFacts } from './facts.ts';

/**
 * The first report: visits of a period by municipality, topic group, language and length of residence. A visit counts once
 * in each dimension but topics, where it counts once in every group it touched. The class '' is "not asked".
 */
const dimensions = ['municipality', 'topicGroup', 'language', 'residenceLength'] as const;
export type Dimension = (typeof dimensions)[number];

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

/** The classes of one visit in a dimension. */
function classesOf(
	facts: VisitFacts,
	dimension: Dimension,
	topicGroupOf: (topic: string) => string
): string[] {
	if (dimension !== 'topicGroup') return [facts[dimension]];
	const groups = [...new Set(facts.topics.map(topicGroupOf))];
	return groups.length ? groups : [''];
}

/** The report worked out in memory, as on the phone; the server's SQL gives the same numbers (report.test.ts of the server). */
export function countReport(
	visits: Iterable<VisitFacts>,
	period: { from: string; to: string },
	topicGroupOf: (topic: string) => string
): Report {
	const result: Report = {
		...period,
		visits: 0,
		counts: { municipality: {}, topicGroup: {}, language: {}, residenceLength: {} }
	};
	for (const facts of visits) {
		if (facts.date < period.from || facts.date > period.to) continue;
		result.visits += 1;
		for (const dimension of dimensions) {
			const column = result.counts[dimension];
			for (const name of classesOf(facts, dimension, topicGroupOf)) column[name] = (column[name] ?? 0) + 1;
		}
	}
	return result;
}
