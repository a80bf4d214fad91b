import { packIndex } from '../../../src/lib/device/pack-contents.ts';
import { installPack, wantPack } from '../../../src/lib/device/pack.ts';
import { PublicDb } from '../../../src/lib/device/public-db.ts';
import { inIndexOrder } from '../../../src/lib/directory/search/build.ts';
import { SearchIndex } from '../../../src/lib/directory/search/search-index.ts';
import type { PackManifest } from '../../../src/lib/protocol/pack.ts';
import type { Service } from '../../../src/lib/domain/service.ts';
import { benchDirectory } from './directory.ts';
import { documentOf, type SearchDocument } from './documents.ts';
import { answers, type Answers, type Budget } from './answers.ts';
import { flexsearch } from './peers/flexsearch.ts';
import { fuse } from './peers/fuse.ts';
import { lunrStemmed } from './peers/lunr.ts';
import { minisearch } from './peers/minisearch.ts';
import { orama, oramaStemmed } from './peers/orama.ts';
import type { Find, Peer } from './peers/peer.ts';

/** The phone's own database of what is nobody's secret, where a pack and its index lie. */
const device = new PublicDb();
const ORGANISATION = 'bench';
/** Services of a part, and bytes of a piece of the index, as a pack has them. */
const IN_PART = 512;
const PIECE = 256 * 1024;

/** Puts a pack on the phone as the app does: the ids of its services, and its index in pieces. Answers the size of both. */
async function keepPack(ids: readonly string[], index: Uint8Array<ArrayBuffer>): Promise<{ size: number }> {
	const parts: PackManifest['parts'] = [];
	const part = (kind: PackManifest['parts'][number]['kind'], bytes: number) => {
		const hash = `${kind} ${parts.length}`;
		parts.push({ hash, bytes, wire: bytes, kind });
		return hash;
	};
	for (let from = 0; from < ids.length; from += IN_PART) {
		const hash = part('services', 1);
		await device.packParts.put({ hash, bytes: new Uint8Array(1) });
		await device.packIds.put({ hash, ids: ids.slice(from, from + IN_PART) });
	}
	for (let from = 0; from < index.length; from += PIECE) {
		const bytes = index.slice(from, from + PIECE);
		await device.packParts.put({ hash: part('index', bytes.length), bytes });
	}
	const [cursor, epoch, made] = ['', '', ''];
	const services = ids.length;
	const manifest = {
		format: 1,
		organisation: ORGANISATION,
		change: 1,
		epoch,
		cursor,
		made,
		services
	} as const;
	const pack = { ...manifest, languages: [], parts };
	await wantPack(device, pack, 0);
	if (!(await installPack(device, pack))) throw new Error('The pack was not taken into use.');
	return { size: index.length + new Blob([...ids]).size };
}

/** The app's own: its index comes ready, as a pack carries it, and is read by the app's own functions. */
const reppu: Peer = {
	build: async (documents) => {
		const ids = inIndexOrder(benchDirectory(documents.length, 1)).map(({ id }) => id);
		return keepPack(ids, new Uint8Array(await (await fetch('/index')).arrayBuffer()));
	},
	open: async () => {
		const kept = await packIndex(device, ORGANISATION);
		if (!kept) throw new Error('There is no index.');
		const index = new SearchIndex(kept.bytes, kept.ids);
		return (query) => index.find(query, 5).hits.map(({ id }) => id);
	}
};

const engines = { reppu, minisearch, flexsearch, orama, oramaStemmed, lunr: lunrStemmed, fuse };

export type EngineName = keyof typeof engines;

/** Services in one transaction while the directory is written. */
const BATCH = 2000;

const done = <T>(request: IDBRequest<T>) =>
	new Promise<T>((resolve, reject) => {
		request.onsuccess = () => resolve(request.result);
		request.onerror = () => reject(request.error);
	});

function openStorage(): Promise<IDBDatabase> {
	const request = indexedDB.open('search', 1);
	request.onupgradeneeded = () => {
		request.result.createObjectStore('services', { keyPath: 'id' });
		request.result.createObjectStore('indexes');
	};
	return done(request);
}

const storage = openStorage();

const store = async (name: 'services' | 'indexes', mode: IDBTransactionMode) =>
	(await storage).transaction(name, mode).objectStore(name);

/** Puts the directory into IndexedDB, every language of it. */
export async function fill(records: number): Promise<void> {
	const all = benchDirectory(records, 1);
	for (let from = 0; from < all.length; from += BATCH) {
		const services = await store('services', 'readwrite');
		await Promise.all(all.slice(from, from + BATCH).map((service) => done(services.put(service))));
	}
}

async function readDocuments(): Promise<SearchDocument[]> {
	const services: Service[] = await done((await store('services', 'readonly')).getAll());
	return services.map(documentOf);
}

function bytesOf(kept: unknown): number {
	if (typeof kept === 'object' && kept !== null && 'size' in kept) return Number(kept.size);
	const texts = typeof kept === 'string' ? [kept] : (kept as string[][]).flat();
	return new Blob(texts).size;
}

/** Builds an engine's index and keeps it in IndexedDB. */
export async function build(engine: EngineName): Promise<{ ms: number; bytes: number }> {
	const documents = await readDocuments();
	const start = performance.now();
	const kept = await engines[engine].build(documents);
	const ms = performance.now() - start;
	const indexes = await store('indexes', 'readwrite');
	const { transaction } = indexes;
	const written = new Promise<void>((resolve, reject) => {
		transaction.oncomplete = () => resolve();
		// Hundreds of megabytes may be refused when they are written, long after the request was answered.
		transaction.onabort = () =>
			reject(new Error(`The index of ${engine} was not kept: ${transaction.error}`));
	});
	indexes.put(kept, engine);
	await written;
	return { ms, bytes: bytesOf(kept) };
}

let find: Find | undefined;

/** Reads an index from IndexedDB, opens it and answers once; ms of all that. */
export async function load(engine: EngineName, query: string): Promise<number> {
	await Promise.all([storage, device.open()]);
	const start = performance.now();
	const kept: unknown = await done((await store('indexes', 'readonly')).get(engine));
	find = await engines[engine].open(kept, readDocuments);
	const hits = await find(query);
	const ms = performance.now() - start;
	if (hits.length === 0) throw new Error(`${engine} finds nothing for ${query}.`);
	return ms;
}

/** Asks the engine that was loaded. */
export function ask(queries: readonly string[], budget: Budget): Promise<Answers> {
	if (!find) throw new Error('No engine was loaded.');
	return answers(find, queries, budget);
}

export interface SearchPage {
	fill: typeof fill;
	build: typeof build;
	load: typeof load;
	ask: typeof ask;
}
