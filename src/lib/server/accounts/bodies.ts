import type * as z from 'zod/mini';
import { ApiError } from '#lib/server/api-error.ts';
import { readJsonBody } from '#lib/server/body.ts';

/** Small bodies only: names, codes, a key, a signature. */
export const ACCOUNT_LIMITS = { bytes: 16 * 1024, json: { depth: 6, keys: 40 } };

/** What was sent, as the schema has it. Throws 422. */
export function parsed<T>(schema: z.ZodMiniType<T>, json: unknown): T {
	const { success, data } = schema.safeParse(json);
	if (!success) throw new ApiError(422, 'bad_request');
	return data;
}

/** The body of a request about accounts. */
export async function read<T>(schema: z.ZodMiniType<T>, request: Request): Promise<T> {
	const { json } = await readJsonBody(request, ACCOUNT_LIMITS);
	return parsed(schema, json);
}
