import * as z from 'zod';

/**
 * Schemas for records of the Finnish service catalogue. Every part is optional there, and what is empty is null as often as missing. So
 * each member has a value that stands for "not said" and also for "not of the right kind": one broken member does not lose
 * the record.
 */

/** A text; empty where none is said. Numbers are taken as they are written. */
export const text = z.union([z.string(), z.number().transform(String)]).catch('');

export const flag = z.boolean().catch(false);

/** A list whose items are read one by one: what is not an item is passed over. */
export function list<Item>(item: z.ZodType<Item>) {
	return z
		.unknown()
		.transform((items) =>
			(Array.isArray(items) ? items : []).flatMap((candidate) => {
				const found = item.safeParse(candidate);
				return found.success ? [found.data] : [];
			})
		)
		.prefault(null);
}

/** A part that may be missing. */
export const part = <Part>(schema: z.ZodType<Part>) => z.nullable(schema).catch(null);

/** Members by key; empty where there are none. Members that are not of the kind are passed over. */
export function byKey<Member>(member: z.ZodType<Member>) {
	return z
		.unknown()
		.transform((members) => {
			const found: Record<string, Member> = {};
			if (typeof members !== 'object' || members === null) return found;
			for (const [key, value] of Object.entries(members)) {
				const read = member.safeParse(value);
				if (read.success) found[key] = read.data;
			}
			return found;
		})
		.prefault(null);
}
