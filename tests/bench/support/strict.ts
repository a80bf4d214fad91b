let transactions = 0;
let strict = 0;

/** From here on every transaction of this page that writes is as durable as Reppu's: peers have no setting for it. */
export function makeStrict(): void {
	const original = IDBDatabase.prototype.transaction;
	IDBDatabase.prototype.transaction = function (names, mode, options) {
		if (mode !== 'readwrite') return original.call(this, names, mode, options);
		const transaction = original.call(this, names, mode, { ...options, durability: 'strict' });
		transactions += 1;
		if (transaction.durability === 'strict') strict += 1;
		return transaction;
	};
}

/** How many transactions wrote, and how many of them were strict. */
export function durability(): { transactions: number; strict: number } {
	return { transactions, strict };
}
