import type { MembershipDb } from '#lib/device/membership-db.ts';
import { addDays, helsinki } from '#lib/domain/dates.ts';
import { isNumber, isShaped, isText, nullOr } from '#lib/domain/shape.ts';
import { deskIsOpen, isHeldBy, stopsBetween, stopsNow, type Stop } from '#lib/domain/stops.ts';
import type { Desk, Reception } from '#lib/domain/tour.ts';

/** Where the adviser said to be; `desk` null: working without a place. It holds until the day or the place changes. */
export interface PlaceChoice {
	/** When it was said, ms. */
	at: number;
	desk: string | null;
}

/** Key in the membership's own database: where somebody works is nobody else's business on a shared device. */
const KEY = 'place';

export async function readPlaceChoice(db: MembershipDb): Promise<PlaceChoice | undefined> {
	const value = (await db.meta.get(KEY))?.value;
	return isShaped<PlaceChoice>(value, { at: isNumber, desk: nullOr(isText) }) ? value : undefined;
}

export async function choosePlace(db: MembershipDb, desk: string | null, now: number): Promise<void> {
	await db.meta.put({ key: KEY, value: { at: now, desk } satisfies PlaceChoice });
}

/**
 * Where the adviser is now. `choose`: two receptions fit, people know better. `none`: no reception now.
 * `without`: the adviser chose to work without a place.
 */
export type Place =
	| { kind: 'at'; desk: Desk; stop: Stop | undefined }
	| { kind: 'choose'; options: { desk: Desk; stop: Stop }[] }
	| { kind: 'without' }
	| { kind: 'none' };

/** Longest lead with which `stopsNow` lets a reception count, ms: a choice made before that is older than the stop. */
const LEAD = 45 * 60_000;
/** A screen knows the time to the minute: a choice made since then is not one of the future, ms. */
const MINUTE = 60_000;

/**
 * @param membership whose place it is: receptions that others hold are not theirs
 * @param choice what the adviser chose last; it counts on its own day, until a reception at another desk comes up
 */
export function placeNow(
	desks: readonly Desk[],
	receptions: readonly Reception[],
	membership: string,
	choice: PlaceChoice | undefined,
	now: number
): Place {
	const today = helsinki(now).date;
	const byId = new Map(desks.filter((desk) => deskIsOpen(desk, today)).map((desk) => [desk.id, desk]));
	const options: { desk: Desk; stop: Stop }[] = [];
	for (const stop of stopsNow(receptions, now)) {
		const desk = isHeldBy(stop, membership) ? byId.get(stop.reception.desk) : undefined;
		if (desk && !options.some((option) => option.desk.id === desk.id)) options.push({ desk, stop });
	}
	if (choice && helsinki(choice.at).date === today && choice.at < now + MINUTE) {
		const movedOn = options.some(({ desk, stop }) => desk.id !== choice.desk && stop.from - LEAD > choice.at);
		const desk = choice.desk === null ? undefined : byId.get(choice.desk);
		if (!movedOn && choice.desk === null) return { kind: 'without' };
		if (!movedOn && desk) {
			return { kind: 'at', desk, stop: options.find((option) => option.desk.id === desk.id)?.stop };
		}
	}
	const [first, second] = options;
	if (!first) return { kind: 'none' };
	return second ? { kind: 'choose', options } : { kind: 'at', ...first };
}

/** The next reception of somebody's that has not begun, within a week. */
export function nextStop(
	desks: readonly Desk[],
	receptions: readonly Reception[],
	membership: string,
	now: number
): { desk: Desk; stop: Stop } | undefined {
	const today = helsinki(now).date;
	for (const stop of stopsBetween(receptions, today, addDays(today, 7))) {
		const desk = desks.find(({ id }) => id === stop.reception.desk);
		if (stop.from > now && isHeldBy(stop, membership) && desk && deskIsOpen(desk, stop.date))
			return { desk, stop };
	}
	return undefined;
}

/** How long after the last reception the day is taken for done, ms. */
const AFTERWARDS = 15 * 60_000;

/** Whether somebody had receptions today and all of them have been over for a quarter of an hour. */
export function dayIsDone(receptions: readonly Reception[], membership: string, now: number): boolean {
	const today = helsinki(now).date;
	const stops = stopsBetween(receptions, addDays(today, -1), today).filter(
		(stop) => isHeldBy(stop, membership) && (stop.date === today || helsinki(stop.to).date === today)
	);
	return stops.length > 0 && stops.every(({ to }) => to + AFTERWARDS <= now);
}

/** Whether somebody has no reception today that is still to come or goes on. */
export function dayIsOver(receptions: readonly Reception[], membership: string, now: number): boolean {
	const today = helsinki(now).date;
	return !stopsBetween(receptions, today, today).some((stop) => isHeldBy(stop, membership) && stop.to > now);
}

/** How a contact is made as a rule: at a desk of the tour, or by phone where there is no place. */
export function usualChannel(desk: string | null): 'roaming' | 'phone' {
	return desk === null ? 'phone' : 'roaming';
}
