import * as z from 'zod/mini';

/** Tokens with which programs of a municipality read the public figures, as the office sees and makes them. */

/** A token lives at most so many days. */
export const LONGEST_DAYS = 400;
/** Longest name of who reads with one, characters. */
export const TOKEN_NAME_LENGTH = 80;

export const tokenRequest = z.strictObject({
	/** Who reads with it. */
	name: z.string().check(z.trim(), z.minLength(1), z.maxLength(TOKEN_NAME_LENGTH)),
	days: z.int().check(z.minimum(1), z.maximum(LONGEST_DAYS))
});

/** Told once. Times are ms since 1970. */
export const tokenMade = z.object({ id: z.uuid(), token: z.string(), expiresAt: z.number() });
export type TokenMade = z.infer<typeof tokenMade>;

export const tokensAnswer = z.object({
	/** The newest first; those that are over or were taken back, too. */
	tokens: z.array(
		z.object({
			id: z.uuid(),
			name: z.string(),
			createdAt: z.number(),
			expiresAt: z.number(),
			usedAt: z.nullable(z.number()),
			revokedAt: z.nullable(z.number())
		})
	)
});
export type TokensAnswer = z.infer<typeof tokensAnswer>;
