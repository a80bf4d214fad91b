import * as z from 'zod/mini';
import type { JsonValue } from './json.ts';

/**
 * The first field of an op whose value has not the form of its schema, or undefined. Fields without a schema come from a newer version and
 * are kept.
 */
export function fieldFault(
	shapes: Readonly<Record<string, z.ZodMiniType>>,
	fields: Readonly<Record<string, JsonValue>>
): string | undefined {
	return Object.keys(fields).find((name) => {
		const shape = Object.hasOwn(shapes, name) ? shapes[name] : undefined;
		return shape && !shape.safeParse(fields[name]).success;
	});
}

/** An instant, ISO 8601 UTC. */
export const instant = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?Z$/));
