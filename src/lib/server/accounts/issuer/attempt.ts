import { createHmac } from 'node:crypto';
import { secretHash } from '#lib/server/accounts/secrets.ts';

/** What one sign-in by the directory is tied together with. */
interface Attempt {
	/** Comes back with the answer (OAuth 2, RFC 6749 §10.12). */
	state: string;
	/** Stands in the identity token (OpenID Connect Core §3.1.2.1). */
	nonce: string;
	/** Shows that whoever brings the code is who asked for it (PKCE, RFC 7636 §4.1). */
	verifier: string;
	/** By which the database knows the browser that may redeem what came of it. */
	browser: string;
}

/** All of it comes from one secret of 256 bits, which only the browser keeps: the database need not hold any of it. */
export function attemptOf(secret: string): Attempt {
	const derived = (what: string) => createHmac('sha256', secret).update(what).digest('base64url');
	return {
		state: derived('state'),
		nonce: derived('nonce'),
		verifier: derived('verifier'),
		browser: secretHash(derived('browser'))
	};
}
