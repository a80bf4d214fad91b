import * as z from 'zod/mini';
import { rejectionStates } from '#lib/domain/rejection.ts';
import { jsonValue } from './json-value.ts';
import { wireOp } from './sync.ts';

/** What the server rejected and still has no effect, for the coordinator: the newest first. */
export const rejectedAnswer = z.object({
	rejected: z.array(
		z.object({
			opId: z.uuid(),
			recordId: z.uuid(),
			/** What it changes; absent: a visit. */
			collection: z.optional(z.string()),
			/** Who wrote it. */
			member: z.string(),
			/** The phone that brought it, where it waits because that one is revoked. */
			revokedDevice: z.optional(z.object({ id: z.uuid(), name: z.string() })),
			/** ms since 1970. */
			receivedAt: z.number(),
			code: z.string(),
			field: z.nullable(z.string()),
			/** What it says. */
			fields: z.record(z.string(), jsonValue),
			/** What its author has decided; null: nothing yet. */
			state: z.nullable(z.enum(rejectionStates))
		})
	),
	/** Desks that are open, to choose another one. */
	desks: z.array(z.object({ id: z.uuid(), name: z.string() }))
});

/** `taken-in`: as it was written, by its author; only what a revoked device has brought. `mended`: with values in the place of the faulty ones, and names of fields that are left out. */
export const decisionRequest = z.discriminatedUnion('state', [
	z.strictObject({ state: z.enum(['handed-over', 'discarded', 'taken-in']) }),
	z.strictObject({
		state: z.literal('mended'),
		fields: wireOp.shape.fields,
		without: z.array(z.string())
	})
]);
