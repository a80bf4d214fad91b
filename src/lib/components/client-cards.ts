import { askServer } from '#lib/components/office/api.ts';
import type { Device } from '#lib/device/device.ts';
import { visitOf } from '#lib/device/visit-of.ts';
import type { VisitEntry } from '#lib/device/visit-set.svelte.ts';
import { cardGlance, latestConsent } from '#lib/domain/card-glance.ts';
import type { RegisterSettings } from '#lib/domain/register-settings.ts';
import type { CardConsent, Visit } from '#lib/domain/visit.ts';
import { cardAnswer, type CardVisit } from '#lib/protocol/client-card.ts';

const MOST = 10;

type CardSettings = Pick<RegisterSettings, 'topics' | 'onCards'>;

/** What lies under a card: visits, the latest first, and the consent that was written down last. */
export interface UnderCard {
	visits: CardVisit[];
	consent: CardConsent | null;
}

/** What is remembered under a card on this phone. */
export function cardVisits(visits: readonly VisitEntry[], card: string, settings: CardSettings): UnderCard {
	const found: CardVisit[] = [];
	const consents: { consent: Visit['cardConsent'] }[] = [];
	for (const entry of visits) {
		if (entry.state.heads['clientCard']?.at(-1)?.value !== card) continue;
		const visit = visitOf(entry);
		consents.push({ consent: visit.cardConsent });
		if (found.length < MOST) found.push({ id: entry.id, at: entry.at, ...cardGlance(visit, settings) });
	}
	return { visits: found, consent: latestConsent(consents) };
}

/** What colleagues have logged under it, where the server can be asked now; undefined: it cannot. */
export async function underColleagues(
	{ membership }: Pick<Device, 'membership'>,
	card: string
): Promise<UnderCard | undefined> {
	const request = { path: '/api/v1/client-card', method: 'POST', body: { code: card } } as const;
	const answer = await askServer(membership, request, cardAnswer);
	return answer.ok ? { visits: answer.value.visits, consent: answer.value.consent ?? null } : undefined;
}

/** Both together, each visit once, the latest first. What lies here is newer than what the server has of it. */
export function allVisits(here: readonly CardVisit[], others: readonly CardVisit[]): CardVisit[] {
	const own = new Set(here.map(({ id }) => id));
	return [...here, ...others.filter(({ id }) => !own.has(id))].sort((a, b) => b.at - a.at).slice(0, MOST);
}
