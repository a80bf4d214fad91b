import { newId, newReplica } from '#lib/domain/ids.ts';
import type { ChangeRange } from '#lib/protocol/sync.ts';
import { MembershipDb } from './membership-db.ts';
import { PublicDb, type MembershipRow } from './public-db.ts';
import { openGuarded } from './schema-guard.ts';

/** One membership's database, open. */
export interface Device {
	db: MembershipDb;
	open: PublicDb;
	membership: MembershipRow;
}

/** Facts in the table `meta`, by key. */
export interface MetaFacts {
	/** The replica that numbers new ops; a fork mints another. */
	replica: string;
	/** Sequence number on the wire = key in the outbox − offset; a fork moves it, so that each replica counts from 1. */
	seqOffset: number;
	/** Highest sequence number that was sent with this replica. */
	highSeq: number;
	/** Server's time − device's time, ms, as measured at the last answer. */
	clockOffset: number;
	/** Where each part of the scope ends here; empty: it is read from zero. */
	cursors: Record<string, string>;
	/** Runs of change numbers of ops delivered since then; see `have` in protocol/sync.ts. */
	have: ChangeRange[];
	epoch: string;
	/** Another life of the server's database, heard of while the vault was locked: it may have lost what is on the sent list. */
	unmet: string;
	durable: number | null;
	/** Records that were erased for good: what of them is still on the sent list is emptied. `at`: ms since 1970. */
	erased: { id: string; at: number }[];
	/** Records of which values have been trimmed; see trimmed.ts. */
	trimmed: { collection: string; id: string }[];
	/** The last request and how it ended; see sync/contact-row.ts. */
	contact: unknown;
	/** What the server said last of the directory's links; see components/office/directory-checks.ts. */
	directoryChecks: unknown;
	/** Who sends at present; see sync/lease.ts. */
	lease: unknown;
}

export async function readMeta<K extends keyof MetaFacts>(
	db: MembershipDb,
	key: K
): Promise<MetaFacts[K] | undefined> {
	return (await db.meta.get(key))?.value as MetaFacts[K] | undefined;
}

export async function writeMeta<K extends keyof MetaFacts>(
	db: MembershipDb,
	key: K,
	value: MetaFacts[K]
): Promise<void> {
	await db.meta.put({ key, value });
}

export function openPublic(): Promise<PublicDb> {
	return openGuarded(new PublicDb());
}

/** A name for a new membership database that says nothing about whose it is. */
export function newDatabaseName(): string {
	return `reppu-${newId().slice(-12)}`;
}

/**
 * Opens the database of a membership; a new one gets its replica id.
 *
 * @param putGuard for a membership with a vault: what seals its rows
 */
export async function openDeviceWith(
	open: PublicDb,
	membership: MembershipRow,
	putGuard: ((db: MembershipDb, membership: MembershipRow) => void) | undefined
): Promise<Device> {
	const db = new MembershipDb(membership.database);
	putGuard?.(db, membership);
	await openGuarded(db);
	if ((await readMeta(db, 'replica')) === undefined) await nameReplica(db);
	return { db, open, membership };
}

async function nameReplica(db: MembershipDb): Promise<void> {
	await db.transaction('rw', db.meta, async () => {
		// Another tab may have been first.
		if ((await readMeta(db, 'replica')) !== undefined) return;
		await db.meta.bulkPut([
			{ key: 'replica', value: newReplica() },
			{ key: 'seqOffset', value: 0 },
			{ key: 'highSeq', value: 0 }
		]);
	});
}
