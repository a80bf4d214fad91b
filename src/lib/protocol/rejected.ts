import * as z from 'zod/mini';
import { rejectionStates } from '#lib/domain/rejection.ts';
import { jsonValue } from './json-value.ts';

/** What the server rejected and still has no effect, for the coordinator: the newest first. */
export const rejectedAnswer = z.object({
	rejected: z.array(
		z.object({
			opId: z.uuid(),
			recordId: z.uuid(),
			/** Who wrote it. */
			member: z.string(),
			/** ms since 1970. */
			receivedAt: z.number(),
			code: z.string(),
			field: z.nullable(z.string()),
			/** What it says. */
			fields: z.record(z.string(), jsonValue),
			/** What its author has decided; null: nothing yet. */
			state: z.nullable(z.enum(rejectionStates))
		})
	)
});

export const decisionRequest = z.strictObject({ state: z.enum(rejectionStates) });
