import { hash } from 'node:crypto';
import { CLIENT_CARD } from '#lib/domain/client-card.ts';
import type { RecordState } from '#lib/domain/record.ts';
import { among, insertRows } from './many-rows.ts';
import type { Store, Trx } from './store.ts';

/** How a card is called here: one organisation's tells nothing of another's. */
export const cardHash = (organisation: string, code: string): string =>
	hash('sha256', `${organisation} ${code}`);

/** Codes that a visit has: two, where two sides gave it one without knowing of each other. */
export const cardsOf = ({ heads }: Pick<RecordState, 'heads'>): string[] => [
	...new Set(
		(heads.clientCard ?? []).flatMap(({ value }) =>
			typeof value === 'string' && CLIENT_CARD.test(value) ? [value] : []
		)
	)
];

/** Writes anew which cards these visits have, inside the caller's transaction. `fresh`: none of them was there before. */
export async function linkCards(
	trx: Trx,
	store: Store,
	organisation: string,
	visits: readonly { id: string; cards: readonly string[]; fresh: boolean }[]
): Promise<void> {
	const known = visits.filter(({ fresh }) => !fresh).map(({ id }) => id);
	await unlinkCards(trx, store, organisation, known);
	const rows = visits.flatMap(({ id, cards }) =>
		cards.map((code) => ({ organisation_id: organisation, visit_id: id, card: cardHash(organisation, code) }))
	);
	await insertRows(trx, store, 'card_links', rows);
}

export async function unlinkCards(
	trx: Trx,
	store: Store,
	organisation: string,
	visits: readonly string[]
): Promise<void> {
	if (visits.length === 0) return;
	await trx
		.deleteFrom('card_links')
		.where('organisation_id', '=', organisation)
		.where(among(store, 'visit_id', visits))
		.execute();
}
