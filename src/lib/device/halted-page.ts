/** What of a page this file needs; a worker's code, where nothing of it happens, knows neither. */
type Leaving = Event & { readonly persisted?: boolean };
type Page = { readonly history: { go(steps: 0): void } };

/** Transactions of this page that have not ended. */
const running = new Set<IDBTransaction>();
let broken = false;

function note(transaction: IDBTransaction): void {
	const over = () => running.delete(transaction);
	transaction.addEventListener('complete', over);
	transaction.addEventListener('abort', over);
	running.add(transaction);
}

function breakOff({ persisted }: Leaving): void {
	for (const transaction of persisted ? running : []) {
		try {
			transaction.abort();
			broken = true;
		} catch {
			// It has ended, or is handed over and ends without this page, as a save and a last draft do.
		}
	}
}

function beginAnew(): void {
	if (broken) (globalThis as unknown as Page).history.go(0);
	broken = false;
}

/**
 * Has a page that is left leave no transaction behind. What goes into the browser's memory for "back" is halted as it is, and WebKit halts
 * its transactions, too: each holds up every page that comes later, until that memory is emptied. So they are broken off, as they would be
 * with a page that is closed; a page that comes back without them loads anew. Connections are closed by Dexie, before this.
 */
export function leaveNothing(request: IDBOpenDBRequest): void {
	// Added once, however often this is called.
	addEventListener('pagehide', breakOff);
	addEventListener('pageshow', beginAnew);
	request.addEventListener('upgradeneeded', () => request.transaction && note(request.transaction));
	request.addEventListener('success', () => {
		const db = request.result;
		db.transaction = (...asked) => {
			const transaction = IDBDatabase.prototype.transaction.apply(db, asked);
			note(transaction);
			return transaction;
		};
	});
}
