import { NOTICE } from '#lib/domain/notice-name.ts';
import { noticeOf, type Notice } from '#lib/domain/notice.ts';
import { inOrganisation } from '#lib/server/storage/reach.ts';
import { readStates } from '#lib/server/storage/record-states.ts';
import type { Store } from '#lib/server/storage/store.ts';

/**
 * As many of an organisation's notices are looked through, newest first: each holds three months at most, and whoever asks for a public page should not
 * wait for those of ten years.
 */
const NEWEST = 100;

/** The notices of an organisation for its public pages, whatever their day; `publicNotices` chooses. */
export const standingNotices = (store: Store, organisation: string): Promise<Notice[]> =>
	inOrganisation(organisation, () => find(store, organisation));

async function find(store: Store, organisation: string): Promise<Notice[]> {
	const rows = await store.db
		.selectFrom('records')
		.select(['id', 'state'])
		.where('organisation_id', '=', organisation)
		.where('collection', '=', NOTICE)
		// Ids begin with the time at which they were made.
		.orderBy('id', 'desc')
		.limit(NEWEST)
		.execute();
	const states = await readStates(
		store.db,
		store,
		organisation,
		rows.map(({ state }) => state)
	);
	return states.flatMap((state, index) => {
		const row = rows[index];
		const notice = row && noticeOf(row.id, state);
		return notice ? [notice] : [];
	});
}
