import * as z from 'zod/mini';
import { shareKinds } from '#lib/domain/shared.ts';
import { jsonValue } from './json-value.ts';

/** Messages about what organisations let each other see: `/api/v1/sharing`. */

const kinds = z.array(z.enum(shareKinds)).check(
	z.minLength(1),
	z.refine((chosen) => new Set(chosen).size === chosen.length)
);

/** Begins a share, or changes what is seen. */
export const shareRequest = z.strictObject({ kinds });

/** A share that was begun, with the code for whoever is to accept it. */
export const shareMade = z.object({
	id: z.uuid(),
	code: z.string(),
	/** ms since 1970. */
	expires: z.number()
});

/** Looks at what a code is for, or accepts it. */
export const shareCodeRequest = z.strictObject({
	code: z.string().check(z.maxLength(40)),
	accept: z.boolean()
});

/** Who shares, and every line as it comes to this organisation's phones. */
export const shareOffer = z.object({
	/** Name of the organisation that shares. */
	name: z.string(),
	/** In the form of domain/shared.ts. */
	lines: z.array(z.object({ id: z.string(), fields: z.record(z.string(), jsonValue) }))
});
export type ShareOffer = z.infer<typeof shareOffer>;

export const sharingAnswer = z.object({
	/** What others see of this organisation. */
	given: z.array(
		z.object({
			id: z.uuid(),
			kinds: z.array(z.string()),
			/** Who receives; null: nobody has accepted yet. */
			name: z.nullable(z.string()),
			/** When it was accepted; where nobody has, until when the code works. ms since 1970. */
			at: z.number()
		})
	),
	/** What this organisation sees of others. */
	received: z.array(z.object({ id: z.uuid(), kinds: z.array(z.string()), name: z.string(), at: z.number() }))
});
export type SharingAnswer = z.infer<typeof sharingAnswer>;
