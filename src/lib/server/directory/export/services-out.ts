import type { JsonValue } from '#lib/domain/json.ts';
import type { Service } from '#lib/domain/service.ts';
import type { HsdsRecord } from '#lib/server/directory/import/hsds-record.ts';
import { servicePages } from '#lib/server/directory/standing-services.ts';
import { among } from '#lib/server/storage/many-rows.ts';
import type { Store } from '#lib/server/storage/store.ts';
import { hsdsService } from './hsds.ts';

/** A service of the directory with what it came from. */
interface Kept {
	service: Service;
	/** The record as it came, if it came as HSDS. */
	raw: JsonValue | undefined;
	/** Name of the source; empty for what was written here. */
	source: string;
}

/** Everything of an organisation's directory, in the order of the ids. What was removed is left out. */
async function* kept(store: Store, organisation: string): AsyncGenerator<Kept> {
	for await (const page of servicePages(store, organisation)) {
		const entries = await store.db
			.selectFrom('imported_entries')
			.select(['record_id', 'source', 'raw'])
			.where('organisation_id', '=', organisation)
			.where(
				among(
					store,
					'record_id',
					page.map(({ id }) => id)
				)
			)
			.execute();
		const came = new Map(entries.map((entry) => [entry.record_id, entry]));
		for (const service of page) {
			const entry = came.get(service.id);
			const raw = entry?.raw == null ? undefined : (JSON.parse(entry.raw) as JsonValue);
			yield { service, raw, source: entry?.source ?? '' };
		}
	}
}

/** With what each source was brought in last: an entry that nobody has changed since goes out as it came. */
async function lastOptions(
	store: Store,
	organisation: string
): Promise<Map<string, { language: string; on: string }>> {
	const runs = await store.db
		.selectFrom('import_runs')
		.select(['source', 'language', 'result'])
		.where('organisation_id', '=', organisation)
		.where('state', '=', 'applied')
		.orderBy('changed_at')
		.execute();
	const found = new Map<string, { language: string; on: string }>();
	for (const { source, language, result } of runs) {
		// Written by us with each import.
		const { date } = JSON.parse(result ?? '{}') as { date?: string };
		if (date !== undefined) found.set(source, { language, on: date });
	}
	return found;
}

/** An organisation's directory as services of HSDS. */
export async function* hsdsServices(
	store: Store,
	organisation: string,
	today: string
): AsyncGenerator<HsdsRecord> {
	const options = await lastOptions(store, organisation);
	for await (const { service, raw, source } of kept(store, organisation)) {
		const { language, on } = options.get(source) ?? { language: 'fi', on: today };
		yield hsdsService(service, raw, { language, country: 'FI', from: source, on });
	}
}

/** Services as one JSON list, a line for each. */
export async function* jsonList(services: AsyncIterable<HsdsRecord>): AsyncGenerator<string> {
	let lead = '[\n';
	for await (const service of services) {
		yield `${lead}${JSON.stringify(service)}`;
		lead = ',\n';
	}
	yield lead === '[\n' ? '[]\n' : '\n]\n';
}
