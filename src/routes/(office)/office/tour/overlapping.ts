import { addDays } from '#lib/domain/dates.ts';
import { stopsBetween } from '#lib/domain/stops.ts';
import type { Reception } from '#lib/domain/tour.ts';

/** Receptions that overlap with another one of their desk within the coming days. */
export function overlapping(receptions: readonly Reception[], today: string, days = 60): Set<string> {
	const found = new Set<string>();
	const byDesk = Map.groupBy(
		stopsBetween(receptions, today, addDays(today, days)),
		(stop) => stop.reception.desk
	);
	for (const stops of byDesk.values()) {
		let open = stops[0];
		for (const stop of stops.slice(1)) {
			if (open && stop.from < open.to && stop.reception.id !== open.reception.id)
				for (const one of [open, stop]) found.add(one.reception.id);
			if (!open || stop.to > open.to) open = stop;
		}
	}
	return found;
}
