import type { Table } from 'dexie';
import { readMeta, writeMeta } from '#lib/device/device.ts';
import type { MembershipDb } from '#lib/device/membership-db.ts';
import type { MembershipRow, PublicDb } from '#lib/device/public-db.ts';
import type { OutboxRow, RejectedRow, Sealed } from '#lib/device/rows.ts';

/** Rows that are sealed in one transaction: a phone that dies in between has sealed as many, and goes on with the rest. */
const AT_ONCE = 200;

/**
 * Seals what was stored before there was this vault, in place: every row is read and written back through the guard. It can end at any
 * moment; until it has come to its end the next start goes on with it, and rows of both kinds are read alike. What lies there under the
 * key of a vault whose passphrase was forgotten goes: the server has it, or gets it, for what waits was sealed to the server, too.
 */
export async function fillVault(db: MembershipDb, open: PublicDb, membership: MembershipRow): Promise<void> {
	let dropped = 0;
	for (const table of [db.visits, db.outbox, db.rejected, db.sent, db.drafts, db.records])
		dropped += await sealTable(table as Table);
	if (dropped > 0) await readAllAgain(db);
	if (!membership.vault) return;
	membership.vault = { ...membership.vault, filling: false };
	// Only this: another tab may have changed meanwhile how the vault opens.
	await open.memberships.update(membership.id, (row) => {
		if (row.vault) row.vault.filling = false;
	});
}

/** How many rows of a table were let go. */
async function sealTable(table: Table): Promise<number> {
	const keys = await table.toCollection().primaryKeys();
	let dropped = 0;
	for (let first = 0; first < keys.length; first += AT_ONCE) {
		const some = keys.slice(first, first + AT_ONCE);
		await table.db.transaction('rw', table, async () => {
			const rows = (await table.bulkGet(some)) as (Sealed | undefined)[];
			const lost = some.filter((_, index) => rows[index] && isLost(table.name, rows[index]));
			// What has gone meanwhile stays gone.
			await table.bulkPut(rows.filter((row) => row && !isLost(table.name, row)));
			await table.bulkDelete(lost);
			dropped += lost.length;
		});
	}
	return dropped;
}

/** Sealed under a key that is gone, and of use to nobody as it lies. */
function isLost(table: string, row: Sealed): boolean {
	if (!['aes', 'own'].includes(row.codec)) return false;
	if (table === 'outbox') return (row as OutboxRow).sealed === undefined;
	// What the server never saw is kept, though only its reason can be read.
	return table !== 'rejected' || (row as RejectedRow).numbered !== undefined;
}

/** What was let go comes back from the server. */
async function readAllAgain(db: MembershipDb): Promise<void> {
	await db.transaction('rw', db.meta, async () => {
		const parts = Object.keys((await readMeta(db, 'cursors')) ?? {});
		await writeMeta(db, 'cursors', Object.fromEntries(parts.map((part) => [part, ''])));
		await writeMeta(db, 'have', []);
	});
}
