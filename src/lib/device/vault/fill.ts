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
	for (const table of [db.visits, db.outbox, db.rejected, db.sent, db.drafts, db.records])
		await sealTable(db, table as Table);
	if (!membership.vault) return;
	membership.vault = { ...membership.vault, filling: false };
	// Only this: another tab may have changed meanwhile how the vault opens.
	await open.memberships.update(membership.id, (row) => {
		if (row.vault) row.vault.filling = false;
	});
}

async function sealTable(db: MembershipDb, table: Table): Promise<void> {
	const keys = await table.toCollection().primaryKeys();
	for (let first = 0; first < keys.length; first += AT_ONCE) {
		const some = keys.slice(first, first + AT_ONCE);
		await db.transaction('rw', [table, db.meta], async () => {
			const rows = (await table.bulkGet(some)) as (Sealed | undefined)[];
			const lost = some.filter((_, index) => rows[index] && isLost(table.name, rows[index]));
			// What has gone meanwhile stays gone.
			await table.bulkPut(rows.filter((row) => row && !isLost(table.name, row)));
			if (lost.length === 0) return;
			await table.bulkDelete(lost);
			await readAllAgain(db);
		});
	}
}

/** Sealed under a key that is gone, and of use to nobody as it lies. */
function isLost(table: string, row: Sealed): boolean {
	if (!['aes', 'own'].includes(row.codec)) return false;
	if (table === 'outbox') return (row as OutboxRow).sealed === undefined;
	// What the server never saw is kept, though only its reason can be read.
	return table !== 'rejected' || (row as RejectedRow).numbered !== undefined;
}

/** What is let go comes back from the server; decided with it, for nobody would know later that something is missing. */
async function readAllAgain(db: MembershipDb): Promise<void> {
	const parts = Object.keys((await readMeta(db, 'cursors')) ?? {});
	await writeMeta(db, 'cursors', Object.fromEntries(parts.map((part) => [part, ''])));
	await writeMeta(db, 'have', []);
}
