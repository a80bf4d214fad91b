import { removal, shownValues, type RecordState } from '#lib/domain/record.ts';
import { readService, SERVICE } from '#lib/domain/service-record.ts';
import type { Service } from '#lib/domain/service.ts';
import { inIndexOrder } from '#lib/directory/search/build.ts';
import type { PackManifest, PackPart } from '#lib/protocol/pack.ts';
import { recordPages } from '#lib/server/storage/record-pages.ts';
import type { Store } from '#lib/server/storage/store.ts';
import { isInArea, type Area } from './area.ts';
import { unindexedOf, type KnownIndex } from './known-index.ts';
import { Folder, PhraseFinder } from './phrases.ts';
import { endsPart, indexParts, phrasesParts, ServicesGatherer, type MadePart } from './services-part.ts';

/** The phrases of a pack serve the next ones too, until the directory has grown or shrunk by this share. */
const OTHER_SIZE = 0.2;

/** Builds the search index of a pack. */
export type BuildIndex = (services: readonly Service[]) => Uint8Array;

/** What a pack is made of; where a reader stands in sync is said when it is asked for. */
export interface Contents extends Pick<PackManifest, 'services' | 'languages' | 'parts' | 'unindexed'> {
	/** How many services there were when its phrases were chosen. */
	phrasesOf: number;
	/** The form of its index; a phone that does not know it builds its own, which takes long. */
	indexForm?: number | undefined;
	/** Up to which change number its index knows everything; undefined where it has none. */
	indexedTo?: number | undefined;
}

/** Phrases that were chosen for an earlier pack. */
export interface Phrases {
	list: readonly string[];
	of: number;
}

interface Entry {
	service: Service;
	state: RecordState;
}

/** Every entry that stands and that phones of today can read. */
async function* entriesOf(store: Store, organisation: string): AsyncGenerator<Entry> {
	for await (const page of recordPages(store, organisation, SERVICE))
		for (const { id, state } of page) {
			const service = removal(state) === 'yes' ? undefined : readService(id, shownValues(state));
			if (service) yield { service, state };
		}
}

/**
 * Makes the parts of an organisation's pack, one after the other. Its services are held meanwhile, for the sake of their order, their phrases
 * and the index.
 *
 * @param keep takes each part when it is ready, and says how it is named
 */
export async function buildContents(
	store: Store,
	{
		organisation,
		area,
		change,
		phrases: earlier,
		index
	}: {
		organisation: string;
		area: Area;
		/** Up to which change number everything will be in it. */
		change: number;
		phrases: Phrases | undefined;
		index: KnownIndex | undefined;
	},
	keep: (made: MadePart) => Promise<PackPart>,
	buildIndex: BuildIndex | undefined
): Promise<Contents> {
	const found = new Map<string, Entry>();
	const languages = new Set<string>();
	const finder = new PhraseFinder();
	for await (const { service, state } of entriesOf(store, organisation)) {
		if (!isInArea(service.municipalities, area)) continue;
		found.set(service.id, { service, state });
		for (const language of Object.keys(service.name)) languages.add(language);
		for (const language of Object.keys(service.summary ?? {})) languages.add(language);
		finder.add(shownValues(state));
	}
	const fits = earlier && Math.abs(found.size - earlier.of) <= OTHER_SIZE * earlier.of;
	const phrases = fits ? earlier : { list: finder.phrases(), of: found.size };
	const contents: Contents = {
		services: found.size,
		languages: [...languages].sort(),
		parts: [],
		phrasesOf: phrases.of
	};
	const take = async (made: MadePart) => void contents.parts.push(await keep(made));
	for (const made of phrasesParts(phrases.list)) await take(made);
	const gatherer = new ServicesGatherer(new Folder(phrases.list).fold);
	const services = inIndexOrder([...found.values()].map(({ service }) => service));
	for (const { id } of services) {
		const entry = found.get(id);
		if (entry) gatherer.add(id, entry.state);
		if (endsPart(id, gatherer.count)) await take(gatherer.end());
	}
	if (gatherer.count > 0) await take(gatherer.end());
	const ids = services.map(({ id }) => id);
	const unindexed = index && unindexedOf(index, ids);
	if (index && unindexed) {
		contents.parts.push(...index.parts);
		return { ...contents, unindexed, indexedTo: index.change };
	}
	if (!buildIndex) return contents;
	for (const made of indexParts(buildIndex(services))) await take(made);
	return { ...contents, indexedTo: change };
}
