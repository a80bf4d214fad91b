import * as z from 'zod/mini';
import type { JsonValue } from '#lib/domain/json.ts';

/**
 * A value of a message. Whoever reads a message has it from a JSON parser, so it is JSON: to look through every value once more
 * would cost the server as much as storing them. Its limits (`domain/json.ts`) are held before any schema.
 */
export const jsonValue = z.any() as z.ZodMiniType<JsonValue, JsonValue>;
