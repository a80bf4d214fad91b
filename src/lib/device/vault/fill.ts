import type { Table } from 'dexie';
import type { MembershipDb } from '#lib/device/membership-db.ts';
import type { MembershipRow, PublicDb } from '#lib/device/public-db.ts';

/** Rows that are sealed in one transaction: a phone that dies in between has sealed as many, and goes on with the rest. */
const AT_ONCE = 200;

/**
 * Seals what was stored before there was a vault, in place: every row is read and written back through the guard. It can end at any
 * moment; until it has come to its end the next start goes on with it, and rows of both kinds are read alike.
 */
export async function fillVault(db: MembershipDb, open: PublicDb, membership: MembershipRow): Promise<void> {
	for (const table of [db.visits, db.outbox, db.rejected, db.sent, db.drafts, db.records])
		await sealTable(table as Table);
	const vault = membership.vault;
	if (!vault) return;
	membership.vault = { ...vault, filling: false };
	await open.memberships.update(membership.id, { vault: membership.vault });
}

async function sealTable(table: Table): Promise<void> {
	const keys = await table.toCollection().primaryKeys();
	for (let first = 0; first < keys.length; first += AT_ONCE) {
		const some = keys.slice(first, first + AT_ONCE);
		await table.db.transaction('rw', table, async () => {
			const rows = (await table.bulkGet(some)) as unknown[];
			// What has gone meanwhile stays gone.
			await table.bulkPut(rows.filter((row) => row !== undefined));
		});
	}
}
