import type { Table } from 'dexie';
import type { FirstRows } from '#lib/device/membership-db.ts';

/** Rows that are read first: more than two weeks of a busy adviser, and a tenth of a second of a slow phone. */
const FIRST = 300;
/** Rows of each later part: the page is asked for something else in between. */
const PART = 500;

/**
 * Reads the newest rows of a table, and tells in which parts the rest is to be read; all of them where there are few. Keys are UUIDs of
 * version 7, in the order in which their visits were begun. For use inside a transaction.
 */
export async function newestFirst(table: Table): Promise<FirstRows> {
	const keys = (await table.toCollection().primaryKeys()) as string[];
	const rest: FirstRows['rest'] = [];
	const first = keys.length - FIRST;
	if (first < PART) return { rows: await table.toArray(), rest };
	for (let end = first; end > 0; end -= PART)
		rest.push({ from: keys[Math.max(0, end - PART)]!, to: keys[end - 1]! });
	return { rows: await table.where(':id').aboveOrEqual(keys[first]!).toArray(), rest };
}
