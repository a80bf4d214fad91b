import { shownValues, type RecordState } from '#lib/domain/record.ts';
import { readVisit, type Visit } from '#lib/domain/visit.ts';
import type { VisitEntry } from './visit-set.svelte.ts';

const read = new WeakMap<RecordState, Visit>();

/** Everything that a visit in memory says. */
export function visitOf({ id, state }: Pick<VisitEntry, 'id' | 'state'>): Visit {
	const known = read.get(state);
	if (known) return known;
	const visit = readVisit(id, shownValues(state));
	read.set(state, visit);
	return visit;
}
