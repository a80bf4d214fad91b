import { Dexie, type EntityTable, type Table } from 'dexie';
import type { MetaRow } from './membership-db.ts';
import type { Sealed } from './rows.ts';
import { guardedStorage } from './schema-guard.ts';

/** One membership that this device was enrolled for. */
export interface MembershipRow {
	/** Membership id of the server. */
	id: string;
	organisation: string;
	organisationName: string;
	role: 'adviser' | 'coordinator' | 'administrator' | 'viewer';
	name: string;
	device: string;
	/** Name of this membership's database: opaque. */
	database: string;
	/** Signs what this device delivers; non-extractable (design.md §5.7). */
	key: CryptoKeyPair;
	/** Set when the server said that the device was revoked, ms. */
	revokedAt?: number | undefined;
	/** True while the server asks for a new sign-in before it lets this device read. */
	signInNeeded?: boolean | undefined;
	/** Sample data: shown as such everywhere. */
	demo?: boolean | undefined;
	usedAt: number;
}

export interface ServiceRow extends Sealed {
	organisation: string;
	id: string;
}

export const PUBLIC_SCHEMA = 1;

/** What is nobody's secret: the directory, settings of this device, and which memberships it has. */
export class PublicDb extends Dexie {
	memberships!: EntityTable<MembershipRow, 'id'>;
	services!: Table<ServiceRow, [string, string]>;
	/** Cursors of the directory, in the same database and transaction as its rows. */
	cursors!: Table<{ organisation: string; part: string; cursor: string }, [string, string]>;
	settings!: EntityTable<MetaRow, 'key'>;

	constructor(name = 'reppu-public') {
		super(name, { indexedDB: guardedStorage, chromeTransactionDurability: 'strict' });
		this.version(PUBLIC_SCHEMA).stores({
			memberships: 'id',
			services: '[organisation+id], organisation',
			cursors: '[organisation+part]',
			settings: 'key'
		});
	}
}
