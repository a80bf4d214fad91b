import { untrack } from 'svelte';
import type { Device } from '#lib/device/device.ts';
import { live, type Live } from '#lib/device/live.svelte.ts';
import { packIndex } from '#lib/device/pack-contents.ts';
import { localServices, services, someServices, type LocalServices } from '#lib/device/services.ts';
import type { Filter } from '#lib/directory/filter.ts';
import { fold, words } from '#lib/directory/fold.ts';
import type { Found } from '#lib/directory/search/search-index.ts';
import type { Service } from '#lib/domain/service.ts';
import type { OpenApp } from './app.svelte.ts';
import type { Answered, Asked } from './search-messages.ts';
import { startSearchWorker } from './start-search-worker.ts';

/** What a search answers. */
export interface SearchAnswer {
	/** Best first, as many as were asked for. */
	services: Service[];
	/** How many there are. */
	total: number;
	/** Terms that led here, folded; see `highlight.ts`. */
	terms: ReadonlySet<string>;
	/** The query with a word that is not known replaced by the nearest one. */
	suggestion: string | undefined;
}

/** What is asked, without the number that the answer is known by. */
type Question = Asked extends infer One ? (One extends Asked ? Omit<One, 'number'> : never) : never;

/** More than these nobody looks through. */
export const MOST = 500;

/**
 * The organisation's directory as it lies on this phone, and the search over it, which runs in a worker. A small one is held whole. Of one that came
 * as a pack only what changed since is, and everything else is read when it is shown.
 */
export class ServiceDirectory {
	#device: Device;
	#local: Live<LocalServices | undefined>;
	#stop: () => void;
	#worker: Worker | undefined;
	#waiting = new Map<number, { resolve: (found: Found) => void; reject: (error: unknown) => void }>();
	#number = 0;
	#indexed: LocalServices | undefined;
	/** One state after the other: an older one that had to read its pack first must not cover a newer one. */
	#taking: Promise<void> = Promise.resolve();
	/** Cursor of the pack whose index the worker has. */
	#opened: string | undefined;
	/** What was read last, for the page that shows it next. */
	#read = new Map<string, Service>();
	/** Counts the states of the directory that the search has taken in; 0: it does not answer yet. */
	version = $state(0);
	/** True where the search did not start. */
	failed = $state(false);

	constructor({ device }: Pick<OpenApp, 'device'>) {
		this.#device = device;
		this.#local = live<LocalServices | undefined>(() => localServices(device), undefined);
		// Read on its own, so that the list and its index outlive the page that asked for them.
		this.#stop = $effect.root(() => {
			$effect(() => {
				void this.#local.current;
				this.#read.clear();
			});
		});
	}

	/** False until the rows were read. */
	get isRead(): boolean {
		return this.#local.current !== undefined;
	}

	/** True where nothing of the directory has come yet. */
	get isEmpty(): boolean {
		const local = this.#local.current;
		return local !== undefined && local.pack === undefined && local.services.length === 0;
	}

	/** All of them, where there are few enough; undefined of a pack, and until the rows were read. */
	get services(): Service[] | undefined {
		const local = this.#local.current;
		return local?.pack === undefined ? local?.services : undefined;
	}

	/** Entries by id as they stand, in the order of these ids; those that are not there are left out. Undefined until they were read. */
	some(ids: readonly string[]): Live<Service[] | undefined> {
		// What is here for the first moment; from then on the rows themselves say what changes.
		const all = untrack(() => this.services);
		const here = ids.map((id) => all?.find((service) => service.id === id) ?? this.#read.get(id));
		const known = all || here.every(Boolean) ? here.filter((service) => service !== undefined) : undefined;
		const device = this.#device;
		return live(async () => inOrder(ids, this.#note(await someServices(device, ids))), known);
	}

	/** True once `find` answers. */
	get ready(): boolean {
		return this.version > 0;
	}

	/** Starts the search and hands it the directory, if that changed since. An older state answers meanwhile. */
	async prepare(): Promise<void> {
		const local = this.#local.current;
		if (!local || this.#indexed === local) return;
		this.#indexed = local;
		const taking = this.#taking.then(() => this.#takeIn(local));
		this.#taking = taking.catch(() => undefined);
		try {
			await taking;
			this.version += 1;
			this.failed = false;
		} catch (error) {
			this.#indexed = undefined;
			this.failed = true;
			reportError(error);
		}
	}

	async #takeIn({ pack, services: own, changed }: LocalServices): Promise<void> {
		const { open, membership } = this.#device;
		if (pack === this.#opened) return void (await this.#ask({ kind: 'own', services: own, hidden: changed }));
		try {
			const index = pack === undefined ? null : await packIndex(open, membership.organisation);
			if (index === undefined) throw new RangeError('The pack has no index.');
			await this.#ask({ kind: 'own', services: own, hidden: changed, pack: index });
			this.#opened = pack;
		} catch (error) {
			if (pack === undefined) throw error;
			// A pack whose index is of a form that this version does not know: the phone makes its own, slowly.
			reportError(error);
			await this.#ask({ kind: 'own', services: await services(this.#device), hidden: [], pack: null });
			this.#opened = undefined;
		}
	}

	/**
	 * Entries that fit a query and a filter (apart from the hours), best first; of an empty query those that pass the filter.
	 *
	 * @param limit how many are read; the answer says how many there are
	 */
	async find(query: string, filter: Filter, limit = MOST): Promise<SearchAnswer> {
		const { hits, total, terms, meant } = await this.#ask({
			kind: 'find',
			query,
			filter: { ...filter },
			limit
		});
		const ids = hits.map(({ id }) => id);
		const all = this.services;
		const found = inOrder(ids, all ?? this.#note(await someServices(this.#device, ids)));
		return {
			services: found,
			total,
			terms: new Set(terms),
			suggestion: meant && suggestion(query, meant, found)
		};
	}

	#note(read: Service[]): Service[] {
		if (this.#read.size > MOST) this.#read.clear();
		for (const service of read) this.#read.set(service.id, service);
		return read;
	}

	#ask(question: Question): Promise<Found> {
		const worker = (this.#worker ??= this.#start());
		this.#number += 1;
		const number = this.#number;
		return new Promise((resolve, reject) => {
			this.#waiting.set(number, { resolve, reject });
			// The index is not copied: it is of no use here.
			const moved = question.kind === 'own' && question.pack ? [question.pack.bytes.buffer] : [];
			worker.postMessage({ ...question, number }, moved);
		});
	}

	#start(): Worker {
		const worker = startSearchWorker();
		worker.addEventListener('message', ({ data }: MessageEvent<Answered>) => {
			const waiting = this.#waiting.get(data.number);
			this.#waiting.delete(data.number);
			if ('found' in data) waiting?.resolve(data.found);
			else waiting?.reject(new Error(data.failed));
		});
		// Its code did not load, or it died: the next question starts another.
		worker.addEventListener('error', (event) => {
			this.#end(new Error(event.message));
			this.failed = true;
		});
		return worker;
	}

	#end(reason: Error): void {
		this.#dropWorker(reason);
		this.#indexed = undefined;
		this.#opened = undefined;
		this.version = 0;
	}

	#dropWorker(reason: Error): void {
		this.#worker?.terminate();
		this.#worker = undefined;
		for (const { reject } of this.#waiting.values()) reject(reason);
		this.#waiting.clear();
	}

	/** Says so to nobody: a page asks for another directory while it reckons, where no state may change. */
	close(): void {
		this.#stop();
		this.#dropWorker(new Error('The directory was closed.'));
	}
}

function inOrder(ids: readonly string[], services: readonly Service[]): Service[] {
	const byId = new Map(services.map((service) => [service.id, service]));
	return ids.flatMap((id) => byId.get(id) ?? []);
}

/** The query with an unknown word replaced by the one that may have been meant, spelt as the entries spell it. */
function suggestion(query: string, { word, term }: { word: string; term: string }, found: Service[]): string {
	const names = found.flatMap((service) => Object.values(service.name).map(({ text }) => text));
	const spelt = names.flatMap((name) => [...occurrences(name, term)])[0] ?? term;
	const typed = [...occurrences(query, word)][0] ?? query;
	return query.replace(typed, spelt).trim();
}

/** The words of a text that are a term, as they stand there. */
function* occurrences(text: string, term: string): Generator<string> {
	for (const { from, to } of words(text)) {
		const written = text.slice(from, to);
		if (fold(written) === term) yield written;
	}
}

/** The directory of the membership that is open. One at a time, in the browser only: its index is worth keeping. */
let current: { of: OpenApp; directory: ServiceDirectory } | undefined;

export function directoryOf(open: OpenApp): ServiceDirectory {
	if (current?.of !== open) {
		current?.directory.close();
		current = { of: open, directory: new ServiceDirectory(open) };
	}
	return current.directory;
}
