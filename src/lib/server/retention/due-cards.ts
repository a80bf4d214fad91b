import { among } from '#lib/server/storage/many-rows.ts';
import { ERASED } from '#lib/server/storage/record-states.ts';
import type { TrimmedRecord } from '#lib/server/storage/erased-list.ts';
import { cardValues } from '#lib/server/subject-access/card-values.ts';
import type { Search } from './due.ts';

/**
 * Visits of client cards that nobody has used since an instant: a card was last used when the server received the last op of any of its visits.
 */
export async function dueCards(
	{ store, organisation, most }: Search,
	before: number
): Promise<TrimmedRecord[]> {
	const cards = await store.db
		.selectFrom('card_links')
		.innerJoin('journal', (join) =>
			join
				.onRef('journal.organisation_id', '=', 'card_links.organisation_id')
				.onRef('journal.record_id', '=', 'card_links.visit_id')
		)
		.select('card_links.card')
		.where('card_links.organisation_id', '=', organisation)
		.groupBy('card_links.card')
		.having(({ fn }) => fn.max('journal.received_at'), '<', before)
		.execute();
	if (cards.length === 0) return [];
	const visits = await store.db
		.selectFrom('records')
		.select(['id', 'part', 'state'])
		.where('organisation_id', '=', organisation)
		.where('collection', '=', 'visit')
		.where('state', '!=', ERASED)
		.where(({ eb, selectFrom }) =>
			eb(
				'id',
				'in',
				selectFrom('card_links')
					.select('card_links.visit_id')
					.where('card_links.organisation_id', '=', organisation)
					.where(
						among(
							store,
							'card_links.card',
							cards.map(({ card }) => card)
						)
					)
			)
		)
		.orderBy('id')
		.execute();
	const held = visits.slice(0, most).map((visit) => ({ ...visit, rejected: [] }));
	return cardValues(store.db, store, organisation, held);
}
