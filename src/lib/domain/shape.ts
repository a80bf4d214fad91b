/**
 * Checks of plain shapes, for the few rows that the first screen reads: a schema library would be a tenth of the code that the
 * phone loads before it shows anything. Whatever comes from outside is parsed by its zod schema, not here.
 */
export type Check = (value: unknown) => boolean;

export const isText: Check = (value) => typeof value === 'string';
export const isNumber: Check = (value) => typeof value === 'number' && Number.isFinite(value);
export const isFlag: Check = (value) => typeof value === 'boolean';
export const isOneOf =
	(...values: readonly unknown[]): Check =>
	(value) =>
		values.includes(value);
export const isList =
	(of: Check): Check =>
	(value) =>
		Array.isArray(value) && value.every(of);
export const nullOr =
	(of: Check): Check =>
	(value) =>
		value === null || of(value);
/** Absent, or of the kind. */
export const maybe =
	(of: Check): Check =>
	(value) =>
		value === undefined || of(value);

/** One check for each member of a type. */
export type Checks<T> = { readonly [K in keyof T]-?: Check };

/** True if the value has every member of the type; further members do not matter. */
export function isShaped<T extends object>(value: unknown, checks: Checks<T>): value is T {
	if (typeof value !== 'object' || value === null) return false;
	const members = value as Record<string, unknown>;
	return Object.entries<Check>(checks).every(([name, check]) => check(members[name]));
}
