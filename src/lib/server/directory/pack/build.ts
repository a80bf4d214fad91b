import { removal, shownValues, type RecordState } from '#lib/domain/record.ts';
import { readService } from '#lib/domain/service-record.ts';
import type { Service } from '#lib/domain/service.ts';
import type { PackManifest } from '#lib/protocol/pack.ts';
import { DIRECTORY_PART } from '#lib/protocol/parts.ts';
import { ERASED, readStates } from '#lib/server/storage/record-states.ts';
import type { Store } from '#lib/server/storage/store.ts';
import { isInArea, type Area } from './area.ts';
import { endsPart, indexParts, ServicesGatherer, type ReadyPart } from './services-part.ts';

/** Records read at once. */
const AT_ONCE = 200;

/** Builds the search index of a pack; it numbers services by their place in the list. */
export type BuildIndex = (services: readonly Service[]) => Uint8Array;

/** What a pack is made of; where a reader stands in sync is said when it is asked for. */
export type Contents = Pick<PackManifest, 'services' | 'languages' | 'parts'>;

/** Every entry that stands and that phones of today can read, in the order of ids. */
async function* entriesOf(
	store: Store,
	organisation: string
): AsyncGenerator<{ service: Service; state: RecordState }> {
	for (let after = ''; ;) {
		const rows = await store.db
			.selectFrom('records')
			.select(['id', 'state'])
			.where('organisation_id', '=', organisation)
			.where('collection', '=', 'service')
			.where('part', '=', DIRECTORY_PART)
			.where('id', '>', after)
			.orderBy('id')
			.limit(AT_ONCE)
			.execute();
		const texts = rows.map(({ state }) => state);
		const states = await readStates(store.db, store, organisation, texts);
		for (const [index, { id, state: text }] of rows.entries()) {
			const state = states[index];
			if (!state || text === ERASED || removal(state) === 'yes') continue;
			const service = readService(id, shownValues(state));
			if (service) yield { service, state };
		}
		const last = rows.at(-1);
		if (!last || rows.length < AT_ONCE) return;
		after = last.id;
	}
}

/**
 * Makes the parts of an organisation's pack, one after the other: the services need little memory, however many they are. Only an index
 * needs all of them at once.
 *
 * @param keep takes each part when it is ready
 */
export async function buildContents(
	store: Store,
	{ organisation, area }: { organisation: string; area: Area },
	keep: (ready: ReadyPart) => Promise<void>,
	buildIndex: BuildIndex | undefined
): Promise<Contents> {
	const contents: Contents = { services: 0, languages: [], parts: [] };
	const languages = new Set<string>();
	const indexed: Service[] = [];
	const gatherer = new ServicesGatherer();
	const take = async (ready: ReadyPart) => {
		await keep(ready);
		contents.parts.push(ready.part);
	};
	for await (const { service, state } of entriesOf(store, organisation)) {
		if (!isInArea(service.municipalities, area)) continue;
		gatherer.add(service.id, state);
		contents.services += 1;
		for (const language of Object.keys(service.name)) languages.add(language);
		for (const language of Object.keys(service.summary ?? {})) languages.add(language);
		if (buildIndex) indexed.push(service);
		if (endsPart(service.id, gatherer.count)) await take(await gatherer.end());
	}
	if (gatherer.count > 0) await take(await gatherer.end());
	if (buildIndex) for await (const piece of indexParts(buildIndex(indexed))) await take(piece);
	return { ...contents, languages: [...languages].sort() };
}
