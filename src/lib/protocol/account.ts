import * as z from 'zod/mini';
import { roles } from './accounts.ts';

/** Messages about one's own account: how one is signed in where, and with what. */

/** How a session can be begun: with a one-time code, a passkey, or the organisation's own directory of people. */
const signInWays = ['code', 'passkey', 'directory'] as const;
export type SignInWay = (typeof signInWays)[number];

/** Times are ms since 1970. */
export const accountAnswer = z.object({
	user: z.object({
		membership: z.uuid(),
		name: z.string(),
		role: z.enum(roles),
		organisation: z.uuid(),
		organisationName: z.string(),
		demo: z.boolean()
	}),
	/** Those that are open, the one used last first. */
	sessions: z.array(
		z.object({
			id: z.uuid(),
			/** It is the one that asks. */
			this: z.boolean(),
			device: z.uuid(),
			deviceName: z.string(),
			way: z.enum(signInWays),
			createdAt: z.number(),
			seenAt: z.number(),
			/** When it ends unless it is used until then. */
			endsAt: z.number()
		})
	),
	passkeys: z.array(
		z.object({
			/** Credential id, base64url. */
			id: z.string(),
			name: z.string(),
			createdAt: z.number(),
			usedAt: z.nullable(z.number()),
			/** Whatever made it keeps it on several devices. */
			synced: z.boolean()
		})
	),
	/** Of one's own, also those that were locked out. */
	devices: z.array(
		z.object({
			id: z.uuid(),
			this: z.boolean(),
			name: z.string(),
			createdAt: z.number(),
			seenAt: z.nullable(z.number()),
			revokedAt: z.nullable(z.number())
		})
	)
});
export type Account = z.infer<typeof accountAnswer>;
