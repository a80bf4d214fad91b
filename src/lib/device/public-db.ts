import { Dexie, type EntityTable, type Table } from 'dexie';
import type { MetaRow } from './membership-db.ts';
import type { Sealed } from './rows.ts';
import type { PackManifest } from '#lib/protocol/pack.ts';
import type { OrganisationKey } from '#lib/protocol/sealing-key.ts';
import { guardedStorage } from './schema-guard.ts';
import type { VaultRow } from './vault/vault-row.ts';

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
	/** Absent: rows lie as they are, as in the demo, or until its user has chosen how to lock. */
	vault?: VaultRow | undefined;
	/** The organisation's key on its server, for what waits while the vault is locked. */
	sealTo?: OrganisationKey | undefined;
	/** When the server was heard of last, ms: without it the vault stays locked after two weeks. */
	heardAt?: number | undefined;
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
	/** Change number under which it came; absent in rows of version 1. */
	change?: number | undefined;
}

/** What this device knows of the pack of one organisation's directory; see pack.ts. */
export interface PackRow {
	organisation: string;
	/** When the server was asked for it last, ms, and which life of its database that was. */
	askedAt: number;
	epoch?: string | undefined;
	/** The one in use, and the one that is being fetched. */
	installed?: PackManifest | undefined;
	wanted?: PackManifest | undefined;
	/** When there was no room for it, ms. */
	fullAt?: number | undefined;
}

/** One part as it came. */
export interface PackPartRow {
	/** SHA-256 of its bytes, hex; of an index that was joined, `indexKey` of its pack. */
	hash: string;
	/** Of an index that was joined: none. */
	bytes: Uint8Array<ArrayBuffer>;
	/** A whole index, which the browser reads three times as fast as its parts. */
	whole?: Blob | undefined;
}

/** Which services a part holds, in their order. */
export interface PackIdsRow {
	/** The part's hash. */
	hash: string;
	ids: string[];
}

export const PUBLIC_SCHEMA = 2;

/** What is nobody's secret: the directory, settings of this device, and which memberships it has. */
export class PublicDb extends Dexie {
	declare memberships: EntityTable<MembershipRow, 'id'>;
	declare services: Table<ServiceRow, [string, string]>;
	/** Cursors of the directory, in the same database and transaction as its rows. */
	declare cursors: Table<{ organisation: string; part: string; cursor: string }, [string, string]>;
	declare settings: EntityTable<MetaRow, 'key'>;
	declare packs: EntityTable<PackRow, 'organisation'>;
	declare packParts: EntityTable<PackPartRow, 'hash'>;
	declare packIds: EntityTable<PackIdsRow, 'hash'>;

	constructor(name = 'reppu-public') {
		super(name, { indexedDB: guardedStorage, chromeTransactionDurability: 'strict', cache: 'disabled' });
		this.version(PUBLIC_SCHEMA).stores({
			memberships: 'id',
			services: '[organisation+id], organisation',
			cursors: '[organisation+part]',
			settings: 'key',
			// Since version 2.
			packs: 'organisation',
			packParts: 'hash',
			packIds: 'hash, *ids'
		});
	}
}
