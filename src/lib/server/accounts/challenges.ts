import { randomBytes } from 'node:crypto';
import type { Database } from '#lib/server/storage/schema.ts';
import type { Store } from '#lib/server/storage/store.ts';
import { secretHash } from './secrets.ts';

/** How long a challenge may be answered, ms. */
export const CHALLENGE_LIFE = 5 * 60_000;

type Purpose = Database['challenges']['purpose'];

/**
 * Makes a challenge for a passkey to sign, or for the directory to answer, 256 random bits. It is kept in the database, so that any app server can take the answer.
 *
 * @param subject the session for which it is made; empty: nobody is signed in yet
 * @param life how long it may be answered, ms
 */
export async function newChallenge(
	{ db }: Store,
	purpose: Purpose,
	subject: string,
	now: number,
	life = CHALLENGE_LIFE
): Promise<Uint8Array<ArrayBuffer>> {
	const challenge = new Uint8Array(randomBytes(32));
	await db.deleteFrom('challenges').where('expires_at', '<=', now).execute();
	await db
		.insertInto('challenges')
		.values({
			hash: secretHash(Buffer.from(challenge).toString('base64url')),
			purpose,
			subject,
			expires_at: now + life
		})
		.execute();
	return challenge;
}

/** Whether this challenge was made for this, and nobody has answered it yet. From now on somebody has, rightly or wrongly. */
export async function spendChallenge(
	{ db }: Store,
	challenge: string,
	purpose: Purpose,
	subject: string,
	now: number
): Promise<boolean> {
	const spent = await db
		.deleteFrom('challenges')
		.where('hash', '=', secretHash(challenge))
		.where('purpose', '=', purpose)
		.where('subject', '=', subject)
		.where('expires_at', '>', now)
		.returning('hash')
		.executeTakeFirst();
	return spent !== undefined;
}
