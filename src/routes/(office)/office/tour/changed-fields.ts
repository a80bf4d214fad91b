import { sameJson } from '#lib/domain/same-json.ts';

/** Only what differs is written (what is absent is nothing, as null is), so that two who work at once write over nothing that the other did. */
export function changedFields<T extends Record<string, unknown>>(
	fields: T,
	was: object | undefined
): Partial<T> {
	// A new record says everything, also what it has not.
	if (was === undefined) return fields;
	const before = was as Partial<T>;
	const entries = Object.entries(fields).filter(([name, value]) => !sameJson(value, before[name] ?? null));
	return Object.fromEntries(entries) as Partial<T>;
}
