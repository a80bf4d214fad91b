import { addDays } from '#lib/domain/dates.ts';
import type { JsonValue } from '#lib/domain/json.ts';
import { plainDays } from '#lib/domain/recurrence.ts';
import type { Reception } from '#lib/domain/tour.ts';
import { changedFields, receptionFieldsOf, type ReceptionValues } from './tour-values.ts';

/** Fields to write of a reception; of a new one where `id` is undefined. */
export interface ReceptionWrite {
	id: string | undefined;
	fields: Record<string, JsonValue>;
}

/** What says when and where a reception was held. */
const WHEN = ['desk', 'start', 'end', 'rule'] as const;

/** A rule without the day on which it ends. */
const endless = (rule: string | null) => rule?.replace(/;(UNTIL|COUNT)=[^;]*/g, '') ?? null;

const endingBefore = (rule: string | null, date: string): string =>
	`${endless(rule)};UNTIL=${addDays(date, -1).replaceAll('-', '')}`;

/** Days from a civil date on that are cancelled go along to what takes the place of a reception. */
const cancelledFrom = (reception: Reception, date: string) =>
	Object.fromEntries(
		Object.entries(reception).filter(([name]) => name.startsWith('cancelled_') && name >= `cancelled_${date}`)
	) as Record<string, JsonValue>;

/**
 * What a filled form writes. Receptions that were held stay as they were, because municipalities pay by them: other hours, days or another
 * desk of one that has begun end it, and begin a new one.
 *
 * @param was undefined: a new one
 * @param today civil date
 */
export function receptionWrites(
	values: ReceptionValues,
	desk: string,
	was: Reception | undefined,
	today: string
): ReceptionWrite[] {
	const fields = receptionFieldsOf(values, desk, was, was && today);
	const begun = was !== undefined && was.rule !== null && was.start.slice(0, 10) < today;
	const moved =
		begun &&
		WHEN.some((name) =>
			name === 'rule' ? endless(fields.rule) !== endless(was.rule) : fields[name] !== was[name]
		);
	if (!moved) return [{ id: was?.id, fields: changedFields(fields, was) as Record<string, JsonValue> }];
	const next =
		values.date >= today || fields.rule === null
			? values.date
			: (plainDays(fields.rule, values.date, today, addDays(today, 31))?.[0] ?? today);
	const ended = { id: was.id, fields: { rule: endingBefore(was.rule, next < today ? today : next) } };
	// One that came once, in the past: what was left of the old one is over.
	if (next < today) return [ended];
	const kept = { rule: fields.rule, except: was.except };
	const begins = receptionFieldsOf({ ...values, date: next }, desk, kept, today);
	// The new one first: two at once are seen and mended, none would be missed.
	return [{ id: undefined, fields: { ...cancelledFrom(was, next), ...begins } }, ended];
}
