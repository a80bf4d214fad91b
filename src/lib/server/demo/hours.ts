import { nextClock } from '#lib/domain/clock.ts';
import { addDays, helsinki, instantOf } from '#lib/domain/dates.ts';
import { newId } from '#lib/domain/ids.ts';
import { weekday } from '#lib/domain/weeks.ts';
import { WORK_HOURS, WORK_HOURS_SCHEMA, workHoursId } from '#lib/domain/work-hours.ts';
import type { ReceivedOp } from '#lib/server/sync/effects.ts';
import { DEMO_DESKS, DEMO_TOUR } from './organisation.ts';
import { seeded } from './random.ts';

/** So many days before the start the invented adviser has not told the hours yet: a visitor sees what is asked. */
const UNTOLD = 2;
const DAYS = 365;

/** The invented hours of a year of receptions, as ops of the invented adviser that follow `after` others. Same start, same ops. */
export async function demoHours(
	start: number,
	replica: string,
	membership: string,
	after: number
): Promise<ReceivedOp[]> {
	const random = seeded(Math.floor(start / 1000) + 1);
	const fill = (bytes: Uint8Array) => bytes.map(() => Math.floor(random() * 256));
	const today = helsinki(start).date;
	const ops: ReceivedOp[] = [];
	for (let date = addDays(today, -DAYS); date < addDays(today, -UNTOLD); date = addDays(date, 1))
		for (const { id: reception, municipality, from, to } of DEMO_TOUR.filter(
			(stop) => stop.weekday === weekday(date)
		)) {
			const desk = DEMO_DESKS.find((one) => one.municipality === municipality)!.id;
			const at = instantOf(date, to);
			const told = { reception, desk, date, held: true, from, to };
			ops.push({
				opId: newId(at, fill),
				replica,
				seq: after + ops.length + 1,
				collection: WORK_HOURS,
				recordId: await workHoursId(membership, told),
				fields: told,
				clock: nextClock(at, replica),
				schema: WORK_HOURS_SCHEMA
			});
		}
	return ops;
}
