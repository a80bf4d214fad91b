import type { CountSheet } from './event.ts';

/** What was counted at an event: of each language, of each topic, so many. */
export interface EventCounts {
	/** People by language; none below one. */
	people: ReadonlyMap<string, number>;
	/** Questions by topic group; none below one. */
	topics: ReadonlyMap<string, number>;
	/** All people. */
	total: number;
}

/** One language holds at most so many people: a visit's field takes no more. */
export const MOST_PEOPLE = 9999;

/** Above this it is asked whether the number is right: a slip of the hand is likelier than so large a hall. */
export const MANY_PEOPLE = 500;

function summed(parts: readonly Readonly<Record<string, number>>[]): Map<string, number> {
	const sums = new Map<string, number>();
	for (const part of parts)
		for (const [name, count] of Object.entries(part)) sums.set(name, (sums.get(name) ?? 0) + count);
	// Two who take back the same tap leave nothing, and never less than nothing.
	return new Map(
		[...sums].flatMap(([name, count]) =>
			count > 0 ? [[name, Math.min(count, MOST_PEOPLE)] as [string, number]] : []
		)
	);
}

/** The sum of all sheets of an event's day, in whatever order they came. */
export function countsOf(sheets: readonly Pick<CountSheet, 'people' | 'topics'>[]): EventCounts {
	const people = summed(sheets.map((sheet) => sheet.people));
	const topics = summed(sheets.map((sheet) => sheet.topics));
	return { people, topics, total: [...people.values()].reduce((sum, count) => sum + count, 0) };
}
