import { removal, shownValues } from '#lib/domain/record.ts';
import { readService, SERVICE } from '#lib/domain/service-record.ts';
import type { Service } from '#lib/domain/service.ts';
import { recordPages } from '#lib/server/storage/record-pages.ts';
import type { Store } from '#lib/server/storage/store.ts';

/** Every entry of an organisation's directory that stands, in the order of the ids; what a newer version wrote is left out. */
export async function* servicePages(store: Store, organisation: string): AsyncGenerator<Service[]> {
	for await (const page of recordPages(store, organisation, SERVICE))
		yield page.flatMap(
			({ id, state }) => (removal(state) !== 'yes' && readService(id, shownValues(state))) || []
		);
}

/** The same, one by one. */
export async function* standingServices(store: Store, organisation: string): AsyncGenerator<Service> {
	for await (const page of servicePages(store, organisation)) yield* page;
}
