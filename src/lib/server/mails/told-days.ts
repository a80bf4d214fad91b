import { publicStops, type PublicStop, type Tour } from '#lib/directory/where-when/coming.ts';
import { isCivilDay } from '#lib/domain/civil-day.ts';
import { cancelledField } from '#lib/domain/tour-records.ts';

/**
 * Which reception days contact persons are to be told of. It follows from what the tour says now and what was told last, so that nothing is told
 * twice, nothing is lost with a server that is killed, and what is taken back in time is not told at all.
 */

/** A day that is cancelled, or of which was told that it is. */
export interface ToldDay {
	/** Id of the reception. */
	reception: string;
	/** Civil date. */
	date: string;
	desk: string;
	/** Official municipality code. */
	municipality: string;
	/** What was told last is that it is cancelled. */
	told: boolean;
	/** It is cancelled. */
	cancelled: boolean;
	/** When this was noticed, ms since 1970. */
	changedAt: number;
}

const PREFIX = cancelledField('');

export const keyOf = ({ reception, date }: Pick<ToldDay, 'reception' | 'date'>): string =>
	`${reception} ${date}`;

/** Days to come of these municipalities that somebody has cancelled, and those of which something was told, as the tour has them now. */
export function decidedDays(
	{ desks, receptions }: Tour,
	towns: ReadonlySet<string>,
	known: readonly ToldDay[],
	now: number
): PublicStop[] {
	const inTowns = desks.filter(({ municipality }) => towns.has(municipality));
	const names = new Map(inTowns.map((desk) => [desk.id, desk]));
	const toldOf = Map.groupBy(known, ({ reception }) => reception);
	return receptions.flatMap((reception) => {
		const desk = names.get(reception.desk);
		if (!desk) return [];
		const cancelled = Object.entries(reception)
			.filter(([field, reason]) => field.startsWith(PREFIX) && Boolean(reason))
			.map(([field]) => field.slice(PREFIX.length))
			.filter((date) => isCivilDay(date));
		const dates = new Set([...cancelled, ...(toldOf.get(reception.id) ?? []).map(({ date }) => date)]);
		return [...dates].flatMap((date) =>
			publicStops({ desks: [desk], receptions: [reception] }, { kind: 'all' }, date, date).filter(
				({ to }) => to > now
			)
		);
	});
}

/** What becomes of the rows: those that are written, and those that are of no use any more. */
export function nextDays(
	known: readonly ToldDay[],
	decided: readonly PublicStop[],
	now: number
): { write: ToldDay[]; drop: ToldDay[] } {
	const before = new Map(known.map((day) => [keyOf(day), day]));
	const current = new Map(decided.map((stop) => [keyOf(stop), stop]));
	const left = known.filter((day) => !current.has(keyOf(day)));
	const write: ToldDay[] = [];
	const drop = [...left];
	for (const [key, { reception, date, desk, cancelled }] of current) {
		const day = before.get(key);
		if (day) {
			// Taken back before anybody was told of it.
			if (!cancelled && !day.told) drop.push(day);
			else if (cancelled !== day.cancelled) write.push({ ...day, cancelled, changedAt: now });
			continue;
		}
		if (!cancelled) continue;
		// Other hours of a reception begin a new one, with the cancelled days of the one before: those were told.
		const told = known.some((one) => one.desk === desk.id && one.date === date && one.told);
		write.push({
			reception,
			date,
			desk: desk.id,
			municipality: desk.municipality,
			told,
			cancelled,
			changedAt: now
		});
	}
	return { write, drop };
}

/** So many times as long as it waits for the last change, what was changed first waits for all of them. */
const LONGEST = 3;

/** When what differs from what was told is told, by municipality: the last change has stood for `wait` by then, or the first one for a multiple of it. */
export function dueDays(
	days: readonly ToldDay[],
	wait: number
): { municipality: string; at: number; days: ToldDay[] }[] {
	const differing = days.filter(({ told, cancelled }) => told !== cancelled);
	return [...Map.groupBy(differing, ({ municipality }) => municipality)].map(([municipality, some]) => {
		const times = some.map(({ changedAt }) => changedAt);
		const at = Math.min(Math.max(...times) + wait, Math.min(...times) + LONGEST * wait);
		return { municipality, at, days: some };
	});
}
