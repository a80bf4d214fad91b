import { live, type Live } from '#lib/device/live.svelte.ts';
import { services } from '#lib/device/services.ts';
import type { DirectorySearch, Hit } from '#lib/directory/search.ts';
import type { Service } from '#lib/domain/service.ts';
import type { OpenApp } from './app.svelte.ts';

/** How long the index may be built at a stretch before the page gets its turn, ms. */
const STRETCH = 8;

/** Answers with a promise to wait for whenever the stretch is over. */
function giveWay(): () => Promise<void> | undefined {
	let since = performance.now();
	return () => {
		if (performance.now() - since < STRETCH) return undefined;
		return new Promise((resolve) =>
			setTimeout(() => {
				since = performance.now();
				resolve();
			})
		);
	};
}

/** The organisation's directory as it lies on this phone, and the search over it. */
export class ServiceDirectory {
	#list: Live<Service[] | undefined>;
	#stop: () => void;
	#index = $state.raw<{ of: readonly Service[]; search: DirectorySearch }>();
	#building: readonly Service[] | undefined;
	/** True where the code of the search did not load. */
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
		return this.#index !== undefined;
	}

	/** Loads the search and builds the index, if the directory changed since. An older index answers meanwhile. */
	async prepare(): Promise<void> {
		const all = this.services;
		if (!all || this.#index?.of === all || this.#building === all) return;
		this.#building = all;
		try {
			const { DirectorySearch } = await import('#lib/directory/search.ts');
			const search = await DirectorySearch.build(all, giveWay());
			if (this.#building === all) this.#index = { of: all, search };
			this.failed = false;
		} catch (error) {
			this.failed = true;
			reportError(error);
		} finally {
			if (this.#building === all) this.#building = undefined;
		}
	}

	find(query: string): Hit[] {
		return this.#index?.search.find(query) ?? [];
	}

	didYouMean(query: string): string | undefined {
		return this.#index?.search.didYouMean(query);
	}

	close(): void {
		this.#stop();
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
