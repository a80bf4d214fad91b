import { newId } from '#lib/domain/ids.ts';
import { newKeyPair } from '#lib/protocol/sealed.ts';
import type { Device } from './device.ts';
import { openDevice } from './open-device.ts';
import type { MembershipDb } from './membership-db.ts';
import { PublicDb, type MembershipRow } from './public-db.ts';
import type { RejectedRow } from './rows.ts';
import { opsOf } from './sent-ops.ts';
import { makeVault } from './vault/vault.ts';
import type { WireOp } from '#lib/protocol/sync.ts';

/** For tests: a device with databases of its own, and more tabs of it. */
export interface TestDevice extends Device {
	/** Another connection to the same databases, as another tab has. */
	tab: () => Promise<Device>;
	/** Closes and deletes everything. */
	remove: () => Promise<void>;
}

async function openedPublic(name: string): Promise<PublicDb> {
	const db = new PublicDb(name);
	await db.open();
	return db;
}

/** With `VITE_VAULT=1` every device of the tests has a vault: what holds without one holds with it. */
async function giveVault(publicName: string, membership: MembershipRow): Promise<void> {
	const open = await openedPublic(publicName);
	membership.sealTo = { kid: 'AAAAAAAA', publicKey: (await newKeyPair()).publicKey };
	await open.memberships.put(membership);
	await makeVault(open, membership, {
		kind: 'passkey',
		credential: new Uint8Array(1),
		secret: new Uint8Array(32)
	});
	open.close();
}

/** For tests: a device as enrolling leaves it behind, without a server that knows it. */
export async function testDevice(): Promise<TestDevice> {
	const publicName = `reppu-test-public-${newId()}`;
	const { publicKey, privateKey } = await crypto.subtle.generateKey(
		{ name: 'ECDSA', namedCurve: 'P-256' },
		false,
		['sign', 'verify']
	);
	const membership: MembershipRow = {
		id: newId(),
		organisation: newId(),
		organisationName: 'Test',
		role: 'adviser',
		name: 'Test',
		device: newId(),
		database: `reppu-test-${newId()}`,
		key: { publicKey, privateKey },
		usedAt: 0
	};
	if (import.meta.env['VITE_VAULT']) await giveVault(publicName, membership);
	const tabs: Device[] = [];
	const tab = async () => {
		const device = await openDevice(await openedPublic(publicName), membership);
		tabs.push(device);
		return device;
	};
	const first = await tab();
	await first.open.memberships.put(membership);
	return {
		...first,
		tab,
		async remove() {
			for (const { db, open } of tabs) {
				db.close();
				open.close();
			}
			await first.db.delete();
			await first.open.delete();
		}
	};
}

/** For tests: every op on the sent list, read from the requests that carried them, with its change number. */
export async function sentOps(
	db: MembershipDb
): Promise<(WireOp & { replica: string; base: Record<string, string[]>; change: number })[]> {
	const lists = await Promise.all(
		(await db.sent.toArray()).map(async (row) => {
			const changes = new Map(row.opIds.map((opId, index) => [opId, row.changes[index]]));
			return (await opsOf(db, row)).map((op) => ({
				...op,
				replica: op.replica ?? row.replica,
				base: op.base ?? {},
				change: changes.get(op.opId) ?? 0
			}));
		})
	);
	return lists.flat();
}

/** For tests: what waits of a record was rejected by the server. */
export async function reject(
	db: MembershipDb,
	recordId: string,
	reason: RejectedRow['reason'] = { code: 'desk_unknown', field: 'desk', at: 1 }
): Promise<void> {
	await db.transaction('rw', db.outbox, db.rejected, async () => {
		for (const { seq, ...row } of await db.outbox.filter((found) => found.recordId === recordId).toArray()) {
			await db.rejected.put({ ...row, state: 'attention', reason });
			await db.outbox.delete(seq as number);
		}
	});
}
