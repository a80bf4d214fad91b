import { addDays } from '#lib/domain/dates.ts';
import { advisersOn, deskIsOpen, stopsBetween, type Stop } from '#lib/domain/stops.ts';
import type { Desk, Reception } from '#lib/domain/tour.ts';

/** How far ahead is looked, days. */
const AHEAD = 60;

/** Receptions that overlap within the coming days with another one that has a key in common with them. */
function overlappingBy(
	receptions: readonly Reception[],
	desks: readonly Desk[],
	today: string,
	keysOf: (stop: Stop) => readonly string[]
): Set<string> {
	const found = new Set<string>();
	/** Per key the stop that goes on longest so far. */
	const open = new Map<string, Stop>();
	const byId = new Map(desks.map((desk) => [desk.id, desk]));
	for (const stop of stopsBetween(receptions, today, addDays(today, AHEAD))) {
		const desk = byId.get(stop.reception.desk);
		// Nothing is held at a desk that is closed.
		if (desk && !deskIsOpen(desk, stop.date)) continue;
		for (const key of keysOf(stop)) {
			const before = open.get(key);
			if (before && stop.from < before.to && stop.reception.id !== before.reception.id)
				for (const one of [before, stop]) found.add(one.reception.id);
			if (!before || stop.to > before.to) open.set(key, stop);
		}
	}
	return found;
}

/** Receptions that overlap with another one of their desk. */
export const overlapping = (
	receptions: readonly Reception[],
	desks: readonly Desk[],
	today: string
): Set<string> => overlappingBy(receptions, desks, today, ({ reception }) => [reception.desk]);

/** Receptions that one of their advisers cannot hold, because they hold another one at the same time. */
export const doubledUp = (
	receptions: readonly Reception[],
	desks: readonly Desk[],
	today: string
): Set<string> =>
	overlappingBy(receptions, desks, today, ({ reception, date }) => advisersOn(reception, date));
