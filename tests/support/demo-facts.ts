import { demoVisits } from '#lib/server/demo/visits.ts';
import { factsOfValues, type VisitFacts } from '#lib/domain/visit-facts.ts';

/** What is counted of the visits that the demo invents. */
export const demoFacts: readonly VisitFacts[] = demoVisits(
	Date.UTC(2026, 10, 26, 10),
	'de00000000000001'
).flatMap(({ fields }) => factsOfValues(fields) ?? []);
