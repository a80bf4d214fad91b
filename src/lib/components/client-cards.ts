import { askServer } from '#lib/components/office/api.ts';
import type { Device } from '#lib/device/device.ts';
import { visitOf } from '#lib/device/visit-of.ts';
import type { VisitEntry } from '#lib/device/visit-set.svelte.ts';
import { cardGlance } from '#lib/domain/client-card-shown.ts';
import { cardAnswer, type CardVisit } from '#lib/protocol/client-card.ts';

const MOST = 10;

/** What is remembered under a card on this phone, the latest first. */
export function cardVisits(visits: readonly VisitEntry[], card: string): CardVisit[] {
	const found: CardVisit[] = [];
	for (const entry of visits) {
		if (entry.state.heads['clientCard']?.at(-1)?.value !== card) continue;
		found.push({ id: entry.id, at: entry.at, ...cardGlance(visitOf(entry)) });
		if (found.length === MOST) break;
	}
	return found;
}

/** What colleagues have logged under it, where the server can be asked now; undefined: it cannot. */
export async function colleaguesVisits(
	{ membership }: Pick<Device, 'membership'>,
	card: string
): Promise<CardVisit[] | undefined> {
	const request = { path: '/api/v1/client-card', method: 'POST', body: { code: card } } as const;
	const answer = await askServer(membership, request, cardAnswer);
	return answer.ok ? answer.value.visits : undefined;
}

/** Both together, each visit once, the latest first. What lies here is newer than what the server has of it. */
export function allVisits(here: readonly CardVisit[], others: readonly CardVisit[]): CardVisit[] {
	const own = new Set(here.map(({ id }) => id));
	return [...here, ...others.filter(({ id }) => !own.has(id))].sort((a, b) => b.at - a.at).slice(0, MOST);
}
