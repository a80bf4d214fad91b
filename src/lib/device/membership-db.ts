import { Dexie, type EntityTable, type Table } from 'dexie';
import type { KeyRange } from './follow.ts';
import { guardedStorage } from './schema-guard.ts';
import type { DraftRow, OutboxRow, RecordRow, RejectedRow, SentRow, VisitRow } from './rows.ts';

/** What the database knows about itself and the server, one row a fact. */
export interface MetaRow {
	key: string;
	value: unknown;
}

/**
 * Version of the device schema. Dexie would open a newer database with older code without complaint and write into it;
 * `openGuarded` refuses.
 */
export const DEVICE_SCHEMA = 1;

/** What seals rows on their way in; see vault/guard.ts. */
export interface RowGuard {
	/** No key is here that opens what lies there. */
	readonly locked: boolean;
	sealRow: <R extends object>(table: string, row: R) => Promise<R>;
	openRow: <R>(table: string, row: R) => Promise<R>;
	/** Whether this very row came out sealed because the vault was locked when it was read, and not because it was altered. */
	cameLocked: (row: object) => boolean;
	/** Has what a transaction reads come out as it lies: whoever reads much at once opens it when the transaction is over. */
	leaveSealed: (transaction: IDBTransaction) => void;
	/** Where a table is better read part by part, which rows come first; called in a transaction. */
	firstRows?: (table: Table) => PromiseLike<FirstRows> | undefined;
}

/** Rows of a table that are read first, and the ranges of keys that are read after them, in this order. */
export interface FirstRows {
	rows: unknown[];
	rest: KeyRange[];
}

/** The database of one membership on this device: what one user logged for one organisation. Its name is opaque. */
export class MembershipDb extends Dexie {
	declare visits: EntityTable<VisitRow, 'id'>;
	declare outbox: EntityTable<OutboxRow, 'seq'>;
	declare rejected: EntityTable<RejectedRow, 'opId'>;
	declare sent: EntityTable<SentRow, 'id'>;
	declare drafts: EntityTable<DraftRow, 'id'>;
	declare records: Table<RecordRow, [string, string]>;
	declare meta: EntityTable<MetaRow, 'key'>;
	/** Absent: the membership has no vault. */
	guard?: RowGuard;

	constructor(name: string) {
		// Saved means saved: every transaction waits for the medium (design.md §5.1), and a query tells what stands there. Dexie's
		// cache would tell of writes that are not committed yet, and would not see those of add-rows.ts.
		super(name, { indexedDB: guardedStorage, chromeTransactionDurability: 'strict', cache: 'disabled' });
		this.version(DEVICE_SCHEMA).stores({
			visits: 'id',
			// What waits needs its key alone: each index would be one write more in every save.
			outbox: '++seq',
			rejected: 'opId, recordId',
			sent: '++id, *records',
			drafts: 'id',
			records: '[collection+id], collection',
			meta: 'key'
		});
	}
}
