/**
 * Has a page that is left leave no transaction behind. What goes into the browser's memory for "back" is halted as it is, and WebKit halts
 * its transactions, too: each holds up every page that comes later, until that memory is emptied. So they are broken off, as they would be
 * with a page that is closed; a page that comes back without them loads anew.
 */
export function leaveNothing(db: IDBDatabase): void {
	const running = new Set<IDBTransaction>();
	let halted = false;
	let broken = false;
	const breakOff = (transaction: IDBTransaction) => {
		try {
			transaction.abort();
			broken = true;
		} catch {
			// It has ended, or is handed over and ends without this page, as a save and a last draft do.
		}
	};
	db.transaction = (...asked) => {
		const transaction = IDBDatabase.prototype.transaction.apply(db, asked);
		const over = () => running.delete(transaction);
		transaction.addEventListener('complete', over);
		transaction.addEventListener('abort', over);
		running.add(transaction);
		// The last draft of a form is put and handed over in one go.
		if (halted) queueMicrotask(() => breakOff(transaction));
		return transaction;
	};
	addEventListener('pagehide', ({ persisted }) => {
		halted = persisted;
		if (halted) running.forEach(breakOff);
	});
	addEventListener('pageshow', () => {
		halted = false;
		if (broken) location.reload();
	});
}
