import { openPublic, type Device } from '../../../src/lib/device/device.ts';
import { openDevice } from '../../../src/lib/device/open-device.ts';
import { readStamp } from '../../../src/lib/device/stamp.ts';
import { addVisit, type FieldValues } from '../../../src/lib/device/visits.ts';
import { argon2Key, readyArgon2 } from '../../../src/lib/device/vault/argon2-key.ts';
import { ARGON2, SALT } from '../../../src/lib/device/vault/derive.ts';
import { forgetKeys } from '../../../src/lib/device/vault/keyring.ts';
import { openVault } from '../../../src/lib/device/vault/vault.ts';
import { writeFrame } from '../../../src/lib/protocol/sealed-frame.ts';
import { enrolled, fillPhone, passkey, visitsInMemory, type Kind, type Saved } from '../support/phone.ts';
import { makeStrict } from '../support/strict.ts';

makeStrict();

const publicDb = openPublic();
const devices: Record<Kind, Promise<Device>> = {
	plain: publicDb.then((open) => enrolled(open, 'plain')),
	vault: publicDb.then((open) => enrolled(open, 'vault'))
};

/** Saves the visits one after the other, at a pace that leaves the app a breath in between; ms of each. */
export async function save(kind: Kind, visits: readonly Saved[]): Promise<number[]> {
	const device = await devices[kind];
	const stamp = await readStamp(device);
	const times: number[] = [];
	for (const { id, now, fields } of visits) {
		await new Promise((resolve) => setTimeout(resolve, 80));
		const start = performance.now();
		await addVisit(device, stamp, fields as FieldValues, { now, id });
		times.push(performance.now() - start);
	}
	return times;
}

/**
 * ms of making a key of a passphrase, here on the page's own thread: a worker's cannot be slowed down. `ready`: what the app does while the
 * passphrase is typed; the first time in a page it is the most.
 */
export async function derive(): Promise<{ ready: number; key: number }> {
	const begun = performance.now();
	await readyArgon2(ARGON2.memory);
	const start = performance.now();
	const { memory, passes, lanes } = ARGON2;
	const passphrase = 'kalo tuvi pohu remu';
	await argon2Key({ passphrase, salt: new Uint8Array(SALT), memory, passes, lanes, bytes: 32 });
	return { ready: start - begun, key: performance.now() - start };
}

/** ms of unlocking with a key that is there, and then of having the newest visits in memory, and all of them. */
export async function unlock(): Promise<{ keys: number; first: number; visits: number; count: number }> {
	const { membership, open } = await devices.vault;
	forgetKeys(membership.id);
	const start = performance.now();
	await openVault(open, membership, passkey);
	const opened = performance.now();
	const device = await openDevice(open, membership);
	let first = 0;
	const { length: count } = await visitsInMemory(device, () => (first = performance.now()));
	const end = performance.now();
	device.db.close();
	return { keys: opened - start, first: first - opened, visits: end - opened, count };
}

/** Fills the vault with visits, quickly. */
export const fill = async (visits: readonly Saved[]): Promise<void> => fillPhone(await devices.vault, visits);

/** Bytes on the wire of one visit that goes sealed, alone in its request, and as one of all that wait. */
export async function sealedBytes(): Promise<{ alone: number; together: number }> {
	const { db } = await devices.vault;
	const rows = await db.outbox.toArray();
	const ops = rows.map(({ opId, seq, sealed }) => ({ opId, seq: seq!, sealed: sealed! }));
	const frame = (some: typeof ops) =>
		writeFrame({ replica: '0000000000000001', highSeq: 1, ops: some }).length;
	return {
		alone: ops.reduce((sum, op) => sum + frame([op]), 0) / ops.length,
		together: frame(ops) / ops.length
	};
}

export interface VaultPage {
	save: typeof save;
	derive: typeof derive;
	unlock: typeof unlock;
	fill: typeof fill;
	sealedBytes: typeof sealedBytes;
}
