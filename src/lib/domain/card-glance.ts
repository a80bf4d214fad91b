import { findCode } from './code-lists.ts';
import { opensOnCard, type RegisterSettings } from './register-settings.ts';
import type { CardConsent, Visit } from './visit.ts';

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
export function cardGlance(
	{ topics = [], referrals = [], followUp = null }: Pick<Visit, 'topics' | 'referrals' | 'followUp'>,
	settings: Pick<RegisterSettings, 'topics' | 'onCards'>
): CardGlance {
	const open = topics.filter((topic) => opensOnCard(topic, settings));
	const bodies = referrals.map(({ to }) => to).filter((to) => to !== 'none' && !isSensitiveBody(to));
	return { topics: open, bodies: open.length < topics.length ? [] : bodies, followUp };
}

/** The consent under a card that was given last; null: none was written down. */
export const latestConsent = (
	visits: readonly { consent?: CardConsent | null | undefined }[]
): CardConsent | null =>
	visits.reduce<CardConsent | null>(
		(latest, { consent }) => (consent && (!latest || consent.on > latest.on) ? consent : latest),
		null
	);
