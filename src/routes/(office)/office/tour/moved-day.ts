import { isCivilDay } from '#lib/domain/civil-day.ts';
import { addDays } from '#lib/domain/dates.ts';
import { idFrom } from '#lib/domain/id-from.ts';
import type { JsonValue } from '#lib/domain/json.ts';
import { advisersOn } from '#lib/domain/stops.ts';
import { cancelledField, heldField, RECEPTION } from '#lib/domain/tour-records.ts';
import type { Reception } from '#lib/domain/tour.ts';
import type { ReceptionWrite } from './reception-writes.ts';

/** Where and when one day of a reception is held instead. */
export interface DayValues {
	desk: string;
	/** Civil date. */
	date: string;
	/** `HH:MM`; an end that is not after the beginning is on the next day. */
	from: string;
	to: string;
}

/** As the day is planned. */
export const dayValues = ({ desk, start, end }: Reception, date: string): DayValues => ({
	desk,
	date,
	from: start.slice(11),
	to: end.slice(11)
});

export type DayFault = 'date' | 'from' | 'to' | 'same';

/** What keeps it from being saved. @param today civil date: what is over stays as it was held */
export function dayFault(values: DayValues, planned: DayValues, today: string): DayFault | undefined {
	const isTime = (time: string) => /^([01]\d|2[0-3]):[0-5]\d$/.test(time);
	if (!isCivilDay(values.date) || values.date < today) return 'date';
	if (!isTime(values.from)) return 'from';
	if (!isTime(values.to) || values.to === values.from) return 'to';
	const isSame = (['desk', 'date', 'from', 'to'] as const).every((name) => values[name] === planned[name]);
	return isSame ? 'same' : undefined;
}

/** The same for whoever moves this day, so that two who move it without knowing of each other hold it once, and not twice. */
const movedId = (id: string, date: string) => idFrom(RECEPTION, 'moved', id, date);

/**
 * What holding one day elsewhere or at another time writes: the day is cancelled, and a reception that comes once takes its place, with the languages,
 * advisers and times to book that the day had. One that comes once anyway is moved itself.
 *
 * @param reason why, as advisers read it
 */
export async function movedDay(
	was: Reception,
	date: string,
	to: DayValues,
	reason: string
): Promise<(ReceptionWrite & { id: string })[]> {
	const when: Record<string, JsonValue> = {
		desk: to.desk,
		start: `${to.date}T${to.from}`,
		end: `${to.to > to.from ? to.date : addDays(to.date, 1)}T${to.to}`,
		// It is held, whatever was said of that day when it was here before.
		[cancelledField(to.date)]: null
	};
	if (was.rule === null) {
		const substitutes = was[heldField(date)] as JsonValue | undefined;
		return [{ id: was.id, fields: { ...when, [heldField(to.date)]: substitutes ?? null } }];
	}
	const advisers = advisersOn(was, date);
	const held = {
		rule: null,
		except: [],
		languages: was.languages,
		note: was.note ?? null,
		advisers: advisers.length === 0 ? null : [...advisers],
		slots: (was.slots ?? null) as JsonValue,
		...when,
		[heldField(to.date)]: null
	};
	// The new one first, as in reception-writes.ts.
	return [
		{ id: await movedId(was.id, date), fields: held },
		{ id: was.id, fields: { [cancelledField(date)]: reason } }
	];
}
