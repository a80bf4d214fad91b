import { live, type Live } from '#lib/device/live.svelte.ts';
import { services } from '#lib/device/services.ts';
import type { Filter } from '#lib/directory/filter.ts';
import { fold, words } from '#lib/directory/fold.ts';
import type { Found } from '#lib/directory/search/search-index.ts';
import type { Service } from '#lib/domain/service.ts';
import type { OpenApp } from './app.svelte.ts';
import type { Answered, Asked } from './search-messages.ts';
import { startSearchWorker } from './start-search-worker.ts';

/** What a search answers. */
export interface SearchAnswer {
	/** Best first. */
	services: Service[];
	/** Terms that led here, folded; see `highlight.ts`. */
	terms: ReadonlySet<string>;
	/** The query with a word that is not known replaced by the nearest one. */
	suggestion: string | undefined;
}

/** What is asked, without the number that the answer is known by. */
type Question = Asked extends infer One ? (One extends Asked ? Omit<One, 'number'> : never) : never;

/** More than these nobody looks through. */
const MOST = 500;

/** The organisation's directory as it lies on this phone, and the search over it, which runs in a worker. */
export class ServiceDirectory {
	#list: Live<Service[] | undefined>;
	#stop: () => void;
	#worker: Worker | undefined;
	#waiting = new Map<number, { resolve: (found: Found) => void; reject: (error: unknown) => void }>();
	#number = 0;
	#indexed: readonly Service[] | undefined;
	/** Counts the states of the directory that the search has taken in; 0: it does not answer yet. */
	version = $state(0);
	/** True where the search did not start. */
	failed = $state(false);

	constructor({ device }: Pick<OpenApp, 'device'>) {
		this.#list = live<Service[] | undefined>(() => services(device), undefined);
		// Read on its own, so that the list and its index outlive the page that asked for them.
		this.#stop = $effect.root(() => {
			$effect(() => void this.#list.current);
		});
	}

	/** Undefined until the rows were read. */
	get services(): Service[] | undefined {
		return this.#list.current;
	}

	byId(id: string): Service | undefined {
		return this.services?.find((service) => service.id === id);
	}

	/** True once `find` answers. */
	get ready(): boolean {
		return this.version > 0;
	}

	/** Starts the search and hands it the directory, if that changed since. An older state answers meanwhile. */
	async prepare(): Promise<void> {
		const all = this.services;
		if (!all || this.#indexed === all) return;
		this.#indexed = all;
		try {
			await this.#ask({ kind: 'own', services: all, hidden: [] });
			this.version += 1;
			this.failed = false;
		} catch (error) {
			this.#indexed = undefined;
			this.failed = true;
			reportError(error);
		}
	}

	/** Entries that fit a query and a filter (apart from the hours), best first. */
	async find(query: string, filter: Filter): Promise<SearchAnswer> {
		const { hits, terms, meant } = await this.#ask({
			kind: 'find',
			query,
			filter: { ...filter },
			limit: MOST
		});
		const byId = new Map(this.services?.map((service) => [service.id, service]));
		const found = hits.flatMap(({ id }) => byId.get(id) ?? []);
		return { services: found, terms: new Set(terms), suggestion: meant && suggestion(query, meant, found) };
	}

	#ask(question: Question): Promise<Found> {
		const worker = (this.#worker ??= this.#start());
		this.#number += 1;
		const number = this.#number;
		return new Promise((resolve, reject) => {
			this.#waiting.set(number, { resolve, reject });
			worker.postMessage({ ...question, number });
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
		this.#worker?.terminate();
		this.#worker = undefined;
		this.#indexed = undefined;
		this.version = 0;
		for (const { reject } of this.#waiting.values()) reject(reason);
		this.#waiting.clear();
	}

	close(): void {
		this.#stop();
		this.#end(new Error('The directory was closed.'));
	}
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
