/** What of a page this file needs; a worker's code, where nothing of it happens, knows neither. */
type Leaving = Event & { readonly persisted?: boolean };
type Page = { readonly history: { go(steps: 0): void } };

/**
 * Has a page that is left leave no transaction behind. What goes into the browser's memory for "back" is halted as it is, and WebKit halts
 * its transactions, too: each holds up every page that comes later, until that memory is emptied. So they are broken off, as they would be
 * with a page that is closed; a page that comes back without them loads anew. Connections are closed by Dexie, before this.
 */
export function leaveNothing(db: IDBDatabase): void {
	const running = new Set<IDBTransaction>();
	let broken = false;
	db.transaction = (...asked) => {
		const transaction = IDBDatabase.prototype.transaction.apply(db, asked);
		const over = () => running.delete(transaction);
		transaction.addEventListener('complete', over);
		transaction.addEventListener('abort', over);
		running.add(transaction);
		return transaction;
	};
	addEventListener('pagehide', ({ persisted }: Leaving) => {
		for (const transaction of persisted ? running : []) {
			try {
				transaction.abort();
				broken = true;
			} catch {
				// It has ended, or is handed over and ends without this page, as a save and a last draft do.
			}
		}
	});
	addEventListener('pageshow', () => {
		if (broken) (globalThis as unknown as Page).history.go(0);
		broken = false;
	});
}
