import { Dexie, RangeSet, type IndexableType, type ObservabilitySet, type Table } from 'dexie';
import type { RowGuard } from './membership-db.ts';

/** What one transaction does: rows that must be new, each with its table, and keys that go. */
export interface Rows {
	add: readonly (readonly [Table, object])[];
	drop?: readonly (readonly [Table, IDBValidKey])[];
}

/**
 * Adds rows in one strict transaction, all or none, and tells every tab's live queries. It does what a Dexie transaction does
 * without awaiting in between, on the connection that Dexie keeps: saving a visit takes little longer than IndexedDB itself
 * needs, where Dexie's own way takes 1.7 times as long (`npm run bench -- save`). Not for use inside a Dexie transaction.
 *
 * Dexie's cache of queries does not see these writes: the database must have it disabled.
 */
export async function addRows(db: Dexie, { add: given, drop = [] }: Rows): Promise<void> {
	// Asked of it here: as a parameter's type TypeScript would lose its way in it.
	const { guard } = db as { guard?: RowGuard };
	const add = guard ? await Promise.all(given.map((one) => sealed(guard, one))) : given;
	const tables = [...add, ...drop].map(([table]) => table.name);
	const transaction = begin(db, tables);
	if (!transaction) {
		// The connection is gone, as after a page came back from the browser's memory: Dexie opens it again.
		await db.transaction('rw', tables, async () => {
			for (const [table, row] of add) await table.add(row);
			for (const [table, key] of drop) await table.delete(key);
		});
		return;
	}
	await new Promise<void>((resolve, reject) => {
		const added: IDBRequest<IDBValidKey>[] = [];
		transaction.onabort = () => reject(transaction.error ?? new DOMException('Not saved.', 'AbortError'));
		transaction.oncomplete = () => {
			const parts: ObservabilitySet = {};
			add.forEach(([table, row], index) => note(parts, table, added[index]!.result, row));
			for (const [table, key] of drop) note(parts, table, key);
			// It is saved, whoever can be told of it: in a page that comes back from the browser's memory Dexie may not be there again.
			resolve();
			Dexie.on.storagemutated.fire(parts);
		};
		try {
			for (const [table, row] of add) added.push(transaction.objectStore(table.name).add(row));
			for (const [table, key] of drop) transaction.objectStore(table.name).delete(key);
			// A request that fails from here on still aborts the whole.
			transaction.commit();
		} catch (error) {
			transaction.abort();
			reject(error);
		}
	});
}

async function sealed(guard: RowGuard, [table, row]: Rows['add'][number]): Promise<Rows['add'][number]> {
	return [table, await guard.sealRow(table.name, row)];
}

function begin(db: Dexie, tables: string[]): IDBTransaction | undefined {
	try {
		return db.backendDB().transaction(tables, 'readwrite', { durability: 'strict' });
	} catch {
		return undefined;
	}
}

/** Notes a written row in the form in which Dexie tells its live queries (`ObservabilitySet` in its types). */
function note(parts: ObservabilitySet, table: Table, key: IDBValidKey, row?: object): void {
	const keysOf = (index: string) => {
		const part = `idb://${table.db.name}/${table.name}/${index}`;
		const set = (parts[part] ?? new RangeSet()) as RangeSet;
		parts[part] = set;
		return set;
	};
	keysOf('').addKey(key as IndexableType);
	keysOf(':dels').addKey(key as IndexableType);
	for (const { name, keyPath } of row ? table.schema.indexes : []) {
		const value: unknown =
			typeof keyPath === 'string' ? (row as Record<string, unknown>)[keyPath] : undefined;
		if (typeof value === 'string' || typeof value === 'number') keysOf(name).addKey(value);
		else keysOf(name).add({ from: Dexie.minKey, to: Dexie.maxKey });
	}
}
