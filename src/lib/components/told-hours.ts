import type { OpenApp } from './app.svelte.ts';
import type { VisitEntry } from '#lib/device/visit-set.svelte.ts';
import { addDays, helsinki } from '#lib/domain/dates.ts';
import { advisersOn, stopsBetween, type Stop } from '#lib/domain/stops.ts';
import type { Desk, Reception } from '#lib/domain/tour.ts';
import type { WorkHours } from '#lib/domain/work-hours.ts';

/** A reception that somebody held as far as the phone knows, and what they told of it. */
export interface HeldStop {
	desk: Desk;
	/** Undefined: the tour had none, and this was told. */
	stop: Stop | undefined;
	date: string;
	told: WorkHours | undefined;
}

/** How far back hours are asked for, days; today is one of them. */
export const DAYS_BACK = 14;

const isOf = (hours: WorkHours, stop: Stop) =>
	hours.reception === stop.reception.id && hours.date === stop.date;

/**
 * Receptions of the last two weeks that are over and that a member held: those of which they are an adviser or a substitute, and of the others those at whose desk they
 * logged a visit that day. Beside them what they told of other places. The latest first.
 *
 * @param visits the member's own, the latest first
 */
export function heldStops(
	{
		desks,
		receptions,
		visits,
		told
	}: {
		desks: readonly Desk[];
		receptions: readonly Reception[];
		visits: readonly Pick<VisitEntry, 'at' | 'glance'>[];
		told: readonly WorkHours[];
	},
	membership: string,
	now: number
): HeldStop[] {
	const today = helsinki(now).date;
	const first = addDays(today, 1 - DAYS_BACK);
	const byId = new Map(desks.map((desk) => [desk.id, desk]));
	const wasAt = new Set<string>();
	for (const { at, glance } of visits) {
		const { date } = helsinki(at);
		if (date < first) break;
		if (glance.desk) wasAt.add(`${glance.desk} ${date}`);
	}
	const stops = stopsBetween(receptions, first, today).filter((stop) => {
		const { reception, date, to } = stop;
		if (to > now) return false;
		if (told.some((hours) => isOf(hours, stop))) return true;
		const advisers = advisersOn(reception, date);
		return advisers.includes(membership) || (advisers.length === 0 && wasAt.has(`${reception.desk} ${date}`));
	});
	const beside = told.filter(
		(hours) => hours.date >= first && hours.date <= today && !stops.some((stop) => isOf(hours, stop))
	);
	const held = [
		...stops.map((stop) => ({
			desk: byId.get(stop.reception.desk),
			stop,
			date: stop.date,
			told: told.find((hours) => isOf(hours, stop)),
			at: stop.from
		})),
		...beside.map((hours) => ({
			desk: byId.get(hours.desk),
			stop: undefined,
			date: hours.date,
			told: hours,
			at: Date.parse(hours.date)
		}))
	];
	return held
		.sort((a, b) => b.at - a.at)
		.flatMap(({ desk, stop, date, told: hours }) => (desk ? [{ desk, stop, date, told: hours }] : []));
}

/** The same from what an open app knows. */
export const heldStopsHere = (open: OpenApp, told: readonly WorkHours[], now: number): HeldStop[] =>
	heldStops(
		{
			desks: open.desks.current ?? [],
			receptions: open.receptions.current ?? [],
			visits: open.visits.all,
			told
		},
		open.device.membership.id,
		now
	);

/** What tells two of them apart in a list. */
export const heldKey = ({ desk, stop, date, told }: HeldStop): string =>
	`${stop?.reception.id ?? told?.reception ?? desk.id} ${date}`;
