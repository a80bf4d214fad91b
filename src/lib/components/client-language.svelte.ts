/** A tag as it is put into a link; anything else in the storage or in an address is not taken over. */
const TAG = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/;

const KEY = 'reppu-client-language';

/** The tag if it is one. */
export const languageTag = (value: string | null | undefined): string | undefined =>
	value && TAG.test(value) ? value : undefined;

/**
 * The language of the client at the desk. Kept for the session of this tab only, never in the database: it belongs to no
 * record, and the language of a visit is asked for on its own (ux.md §3.1).
 */
export class ClientLanguage {
	#storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> | undefined;
	#current = $state.raw<string>();

	constructor(storage: () => Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>) {
		try {
			this.#storage = storage();
			this.#current = languageTag(this.#storage.getItem(KEY));
		} catch {
			// A browser that refuses storage: the language lasts until the page is closed.
			this.#storage = undefined;
		}
	}

	get current(): string | undefined {
		return this.#current;
	}

	choose(language: string): void {
		this.#current = language;
		this.#try(() => this.#storage?.setItem(KEY, language));
	}

	/** The next client may speak another one. */
	forget(): void {
		this.#current = undefined;
		this.#try(() => this.#storage?.removeItem(KEY));
	}

	#try(write: () => void): void {
		try {
			write();
		} catch {
			// Full or refused: what is in memory counts.
			this.#storage = undefined;
		}
	}
}

/** One for all pages of the tab; they exist in the browser only. */
export const clientLanguage = new ClientLanguage(() => sessionStorage);
