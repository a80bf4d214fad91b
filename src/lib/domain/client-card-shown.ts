import { findCode, isSensitiveTopic } from './code-lists.ts';
import type { Visit } from './visit.ts';

/** What a client card opens of one visit: topics and agreed next steps, nothing else and nothing sensitive. */
export interface CardGlance {
	topics: string[];
	/** Where the client was sent. */
	bodies: string[];
	/** Civil date of an open follow-up. */
	followUp: string | null;
}

/** A body that this version does not know may be marked as sensitive in a newer one. */
function isSensitiveBody(to: string): boolean {
	const body = findCode('partner-body', to);
	return !body || body.sensitive === true;
}

/** Where a topic is sensitive, the referrals are left out with it, for they would tell. */
export function cardGlance({
	topics = [],
	referrals = [],
	followUp = null
}: Pick<Visit, 'topics' | 'referrals' | 'followUp'>): CardGlance {
	const open = topics.filter((topic) => !isSensitiveTopic(topic));
	const bodies = referrals.map(({ to }) => to).filter((to) => to !== 'none' && !isSensitiveBody(to));
	return { topics: open, bodies: open.length < topics.length ? [] : bodies, followUp };
}
