import * as z from 'zod/mini';

/** Where an organisation's sealed ops go. Apart from sealing itself, which only loads where something is sealed. */
export const organisationKey = z.object({
	/** Names the key: 6 random bytes, base64url. */
	kid: z.string().check(z.regex(/^[A-Za-z0-9_-]{8}$/)),
	/** An uncompressed point of P-256, base64url. */
	publicKey: z.string().check(z.regex(/^B[A-Za-z0-9_-]{86}$/))
});
export type OrganisationKey = z.infer<typeof organisationKey>;
