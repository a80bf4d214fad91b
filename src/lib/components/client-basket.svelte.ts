import { isList, isText } from '#lib/domain/shape.ts';

const KEY = 'reppu-basket';
/** What a client can carry home and still find (ux.md §6.9). */
const ROOM = 6;
const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

function read(text: string | null): string[] {
	try {
		const value: unknown = JSON.parse(text ?? '[]');
		return isList(isText)(value) ? (value as string[]).filter((id) => UUID.test(id)).slice(0, ROOM) : [];
	} catch {
		// Not ours, or half of it.
		return [];
	}
}

/**
 * The services that the client at the desk takes along, in the order they were put in. Kept like the client's language for the session of this
 * tab, never in the database: what somebody asked for belongs to no record.
 */
export class ClientBasket {
	#storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> | undefined;
	#ids = $state.raw<readonly string[]>([]);

	constructor(storage: () => Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>) {
		try {
			this.#storage = storage();
			this.#ids = read(this.#storage.getItem(KEY));
		} catch {
			// A browser that refuses storage: the basket lasts until the page is closed.
			this.#storage = undefined;
		}
	}

	/** Ids of services; some may have left the directory since. */
	get ids(): readonly string[] {
		return this.#ids;
	}

	has(id: string): boolean {
		return this.#ids.includes(id);
	}

	/** Puts a service in; false where there is no room for it. */
	put(id: string): boolean {
		if (this.has(id)) return true;
		if (this.#ids.length >= ROOM || !UUID.test(id)) return false;
		this.#become([...this.#ids, id]);
		return true;
	}

	take(id: string): void {
		this.#become(this.#ids.filter((other) => other !== id));
	}

	empty(): void {
		this.#become([]);
	}

	#become(ids: readonly string[]): void {
		this.#ids = ids;
		try {
			if (ids.length > 0) this.#storage?.setItem(KEY, JSON.stringify(ids));
			else this.#storage?.removeItem(KEY);
		} catch {
			// Full or refused: what is in memory counts.
			this.#storage = undefined;
		}
	}
}

/** One for all pages of the tab; they exist in the browser only. */
export const clientBasket = new ClientBasket(() => sessionStorage);
