import { helsinki } from '#lib/domain/dates.ts';
import { LANGUAGE_HELP } from '#lib/domain/language-help-records.ts';
import { removal, shownValues } from '#lib/domain/record.ts';
import {
	MOST_SHARED,
	sharedLines,
	type ShareKind,
	type SharedLine,
	type ShareSources,
	type Source
} from '#lib/domain/shared.ts';
import { DESK, RECEPTION } from '#lib/domain/tour-records.ts';
import { readStates } from '#lib/server/storage/record-states.ts';
import type { Store, Trx } from '#lib/server/storage/store.ts';

/** The collections that are shared from. What an organisation itself receives is none of them, so nothing is handed on. */
export const SHARED_FROM: readonly string[] = [DESK, RECEPTION, LANGUAGE_HELP];

/** The lines that an organisation shares now. What does not fit is left out. */
export async function linesOf(
	trx: Trx,
	store: Pick<Store, 'kind'>,
	organisation: string,
	kinds: readonly ShareKind[],
	now: number
): Promise<SharedLine[]> {
	const rows = await trx
		.selectFrom('records')
		.select(['collection', 'id', 'state'])
		.where('organisation_id', '=', organisation)
		.where('collection', 'in', SHARED_FROM)
		.execute();
	const states = await readStates(
		trx,
		store,
		organisation,
		rows.map(({ state }) => state)
	);
	const found = Map.groupBy(
		rows.map(({ collection, id }, index) => ({ collection, id, state: states[index]! })),
		({ collection }) => collection
	);
	const standing = (collection: string): Source[] =>
		(found.get(collection) ?? []).flatMap(({ id, state }) =>
			removal(state) === 'yes' ? [] : [{ id, values: shownValues(state) }]
		);
	const sources: ShareSources = {
		desks: standing(DESK),
		receptions: standing(RECEPTION),
		help: standing(LANGUAGE_HELP)
	};
	return sharedLines(kinds, sources, helsinki(now).date).slice(0, MOST_SHARED);
}
