import { minutesWorked, type WorkHours } from '#lib/domain/work-hours.ts';
import { minutesHeld, type ReportBasis } from './basis.ts';

/** A reception that the tour had. Instants in ms since 1970. */
export interface PlannedReception {
	reception: string;
	desk: string;
	date: string;
	from: number;
	to: number;
	languages: readonly string[];
}

/** What there was of one reception, or of work at a desk without one. */
interface Held {
	desk: string;
	told: boolean;
	minutes: number;
	languages: readonly string[];
}

const keyOf = (reception: string, date: string) => `${reception} ${date}`;

/**
 * Receptions and hours by municipality. What advisers told goes before what was planned: hours of all of them are added up, and a reception of which everybody says
 * that it was not held is left out. Hours of a reception that has made place for another one of its desk that day are that one's. Hours at a desk that the tour did
 * not have that day count as a reception, one for each desk and day.
 */
export function heldReceptions(
	planned: readonly PlannedReception[],
	told: readonly WorkHours[],
	municipalityOf: (desk: string) => string | undefined
): ReportBasis['held'] {
	const inTour = new Set(planned.map(({ reception, date }) => keyOf(reception, date)));
	const byDesk = Map.groupBy(planned, ({ desk, date }) => keyOf(desk, date));
	const places = Map.groupBy(told, ({ reception, desk, date }) => {
		if (reception === null) return keyOf(desk, date);
		if (inTour.has(keyOf(reception, date))) return keyOf(reception, date);
		// It has made place for another since: told of the one, they are hours of the other, and not of both.
		const [one, ...others] = byDesk.get(keyOf(desk, date)) ?? [];
		return one && others.length === 0 ? keyOf(one.reception, date) : keyOf(desk, date);
	});
	const all: Held[] = [];
	for (const { reception, desk, date, from, to, languages } of planned) {
		const theirs = places.get(keyOf(reception, date));
		places.delete(keyOf(reception, date));
		// Told of it itself, they go before what was told of the one before it.
		const own = theirs?.filter((one) => one.reception === reception);
		const hours = own?.length ? own : theirs;
		if (!hours) all.push({ desk, told: false, minutes: minutesHeld([{ from, to }]), languages });
		else if (hours.some(({ held }) => held))
			all.push({ desk, told: true, minutes: sumOf(hours.map(minutesWorked)), languages });
	}
	for (const hours of places.values()) {
		const [first] = hours.filter(({ held }) => held);
		if (first)
			all.push({ desk: first.desk, told: true, minutes: sumOf(hours.map(minutesWorked)), languages: [] });
	}
	return [...Map.groupBy(all, ({ desk }) => municipalityOf(desk) ?? '')]
		.filter(([municipality]) => municipality !== '')
		.map(([municipality, receptions]) => ({
			municipality,
			receptions: receptions.length,
			told: receptions.filter((one) => one.told).length,
			minutes: sumOf(receptions.map(({ minutes }) => minutes)),
			languages: [...new Set(receptions.flatMap(({ languages }) => languages))].sort()
		}))
		.sort((a, b) => (a.municipality < b.municipality ? -1 : 1));
}

const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, one) => sum + one, 0);
