import { removal, shownValues } from '#lib/domain/record.ts';
import { readService, SERVICE } from '#lib/domain/service-record.ts';
import type { Service } from '#lib/domain/service.ts';
import { readStates } from '#lib/server/storage/record-states.ts';
import { inOrganisation } from '#lib/server/storage/reach.ts';
import type { Store } from '#lib/server/storage/store.ts';

/** An entry of a directory for everybody who has its address. */
export interface PublicService {
	service: Service;
	/** The organisation is a demonstration's. */
	demo: boolean;
}

/** The entry of the organisation that stands in a public address. */
export const publicService = (
	store: Store,
	organisation: string,
	id: string
): Promise<PublicService | undefined> => inOrganisation(organisation, () => find(store, organisation, id));

/** Undefined where the organisation or the entry does not exist, was removed, or is of a form unknown here. */
async function find(store: Store, organisation: string, id: string): Promise<PublicService | undefined> {
	const row = await store.db
		.selectFrom('records')
		.innerJoin('organisations', 'organisations.id', 'records.organisation_id')
		.select(['records.state', 'organisations.demo'])
		.where('records.organisation_id', '=', organisation)
		.where('records.collection', '=', SERVICE)
		.where('records.id', '=', id)
		.executeTakeFirst();
	if (!row) return undefined;
	const [state] = await readStates(store.db, store, organisation, [row.state]);
	if (!state || removal(state) === 'yes') return undefined;
	const service = readService(id, shownValues(state));
	return service && { service, demo: row.demo === 1 };
}
