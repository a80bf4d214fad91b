import { addDays } from '#lib/domain/dates.ts';
import { idFrom } from '#lib/domain/id-from.ts';
import type { JsonValue } from '#lib/domain/json.ts';
import { plainDays } from '#lib/domain/recurrence.ts';
import { sameJson } from '#lib/domain/same-json.ts';
import { stopsBetween } from '#lib/domain/stops.ts';
import { RECEPTION } from '#lib/domain/tour-records.ts';
import type { Reception } from '#lib/domain/tour.ts';
import { changedFields } from './changed-fields.ts';
import { receptionFieldsOf, receptionValues, type ReceptionValues } from './reception-values.ts';

/** Fields to write of a reception; of a new one that gets its own id where `id` is undefined. */
export interface ReceptionWrite {
	id: string | undefined;
	fields: Record<string, JsonValue>;
}

/** A rule without the day on which it ends. */
const endless = (rule: string | null) => rule?.replace(/;(UNTIL|COUNT)=[^;]*/g, '') ?? null;

const until = (date: string) => `;UNTIL=${date.replaceAll('-', '')}`;

/** What was said of single days from a civil date on goes along to what takes the place of a reception. */
const daysFrom = (reception: Reception, date: string) =>
	Object.fromEntries(
		Object.entries(reception).filter(([name]) => {
			const day = /^(?:cancelled|held)_(.+)$/.exec(name)?.[1];
			return day !== undefined && day >= date;
		})
	) as Record<string, JsonValue>;

/** The same for whoever makes it, so that two coordinators who end one reception on one day begin one new one, not two. */
const followerId = (id: string, date: string) => idFrom(RECEPTION, 'follower', id, date);

/** One that is not read here goes on as it is: where it would begin anew cannot be told. */
const isRead = (rule: string | null) =>
	rule === null || plainDays(rule, '2026-01-01', '2026-01-01', '2026-01-01') !== undefined;

type Fields = ReturnType<typeof receptionFieldsOf>;

/** Beginning and end are one fact: they are written together. */
function inPlace(fields: Fields, was: Reception): Record<string, JsonValue> {
	const changed = changedFields(fields, was);
	return {
		...changed,
		...(changed.start === undefined && changed.end === undefined
			? {}
			: { start: fields.start, end: fields.end })
	};
}

/** How a filled form stands to a reception that may have begun. @param today civil date; what is held today has been held */
function standing(values: ReceptionValues, desk: string, was: Reception, today: string) {
	/** The first day that is still to come. */
	const first = stopsBetween([was], today, today).length > 0 ? addDays(today, 1) : today;
	const fields = receptionFieldsOf(values, desk, was, first);
	const moved =
		fields.desk !== was.desk ||
		fields.start !== was.start ||
		fields.end !== was.end ||
		endless(fields.rule) !== endless(was.rule) ||
		(isRead(was.rule) && !sameJson(fields.advisers?.toSorted(), was.advisers?.toSorted()));
	const { last } = receptionValues(was);
	const next =
		values.date >= first || fields.rule === null
			? values.date
			: (plainDays(fields.rule, values.date, first, addDays(first, 31))?.[0] ?? first);
	return {
		first,
		fields,
		begun: was.start.slice(0, 10) < first,
		last,
		/** Nothing of it is still to come. */
		over: was.rule === null || (last !== '' && last < first),
		moved: moved || (last !== '' && last < first && fields.rule !== was.rule),
		/** The first day of what takes its place. */
		next,
		/** Nothing takes its place: one that came once in the past, or whose last day lies before. */
		ends: next < first || (values.last !== '' && values.last < next)
	};
}

/** Whether a form wants another time, place or adviser of a reception of which nothing is still to come: it cannot be saved, and says so. */
export function changesWhatIsOver(
	values: ReceptionValues,
	desk: string,
	was: Reception,
	today: string
): boolean {
	const { begun, over, moved, ends } = standing(values, desk, was, today);
	return begun && over && moved && ends;
}

/**
 * What a filled form writes. Receptions that were held stay as they were, because municipalities pay by them: other hours, days, advisers or another
 * desk of one that has begun end it, and begin a new one.
 *
 * @param was as the form was opened on it; undefined: a new one
 * @param today civil date; what is held today has been held
 * @param days the same as it stands now: days that were cancelled or given to somebody meanwhile go along
 */
export async function receptionWrites(
	values: ReceptionValues,
	desk: string,
	was: Reception | undefined,
	today: string,
	days = was
): Promise<ReceptionWrite[]> {
	if (!was) return [{ id: undefined, fields: receptionFieldsOf(values, desk) }];
	const { first, fields, begun, last, over, moved, next, ends } = standing(values, desk, was, today);
	if (!begun) return [{ id: was.id, fields: inPlace(fields, was) }];
	const yesterday = addDays(first, -1);
	if (!moved) {
		// Its last day may be any that is still to come, and yesterday.
		const rule =
			fields.rule !== was.rule && values.last !== '' && values.last < yesterday
				? `${endless(was.rule)}${until(yesterday)}`
				: fields.rule;
		return [{ id: was.id, fields: inPlace({ ...fields, rule }, was) }];
	}
	const end = addDays(next < first ? first : next, -1);
	const ended: ReceptionWrite[] =
		over || (last !== '' && last <= end)
			? []
			: [{ id: was.id, fields: { rule: `${endless(was.rule)}${until(end)}` } }];
	if (ends) return ended;
	const kept = { rule: fields.rule, except: was.except, slots: was.slots };
	const begins = receptionFieldsOf({ ...values, date: next }, desk, kept, first);
	// The new one first: two at once are seen and mended, none would be missed.
	return [
		{ id: await followerId(was.id, next), fields: { ...daysFrom(days ?? was, next), ...begins } },
		...ended
	];
}
