import { argon2id } from 'hash-wasm';
import { openPublic, type Device } from '../../../src/lib/device/device.ts';
import { openDevice } from '../../../src/lib/device/open-device.ts';
import type { MembershipRow, PublicDb } from '../../../src/lib/device/public-db.ts';
import { Follow, type Follower } from '../../../src/lib/device/follow.ts';
import { VisitEntry } from '../../../src/lib/device/visit-set.svelte.ts';
import type { VisitRow } from '../../../src/lib/device/rows.ts';
import { readStamp } from '../../../src/lib/device/stamp.ts';
import { addVisit, type FieldValues } from '../../../src/lib/device/visits.ts';
import { ARGON2, SALT } from '../../../src/lib/device/vault/derive.ts';
import { forgetKeys } from '../../../src/lib/device/vault/keyring.ts';
import { makeVault, openVault } from '../../../src/lib/device/vault/vault.ts';
import type { Opener } from '../../../src/lib/device/vault/wraps.ts';
import { newId } from '../../../src/lib/domain/ids.ts';
import { newKeyPair } from '../../../src/lib/protocol/sealed.ts';
import { writeFrame } from '../../../src/lib/protocol/sealed-frame.ts';
import { makeStrict } from '../support/strict.ts';

export interface Saved {
	id: string;
	now: number;
	fields: Record<string, unknown>;
}
export type Kind = 'plain' | 'vault';

makeStrict();

const passkey: Opener = {
	kind: 'passkey',
	credential: new Uint8Array([1]),
	secret: new Uint8Array(32).fill(1)
};

async function enrolled(open: PublicDb, kind: Kind): Promise<Device> {
	const key = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, [
		'sign',
		'verify'
	]);
	const membership: MembershipRow = {
		id: newId(),
		organisation: newId(),
		organisationName: 'Bench',
		role: 'adviser',
		name: 'Bench',
		device: newId(),
		database: `reppu-bench-${kind}`,
		key,
		sealTo: { kid: 'AAAAAAAA', publicKey: (await newKeyPair()).publicKey },
		usedAt: Date.now()
	};
	await open.memberships.put(membership);
	if (kind === 'vault') await makeVault(open, membership, passkey);
	return openDevice(open, membership);
}

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

/** ms of making a key of a passphrase, here on the page's own thread: a worker's cannot be slowed down. */
export async function derive(): Promise<number> {
	const start = performance.now();
	await argon2id({
		password: 'kalo tuvi pohu remu',
		salt: new Uint8Array(SALT),
		memorySize: ARGON2.memory,
		iterations: ARGON2.passes,
		parallelism: ARGON2.lanes,
		hashLength: 32,
		outputType: 'binary'
	});
	return performance.now() - start;
}

/** ms of unlocking with a key that is there, and then of having the newest visits in memory, and all of them. */
export async function unlock(): Promise<{ keys: number; first: number; visits: number; count: number }> {
	const { membership, open } = await devices.vault;
	forgetKeys(membership.id);
	const start = performance.now();
	await openVault(open, membership, passkey);
	const opened = performance.now();
	const device = await openDevice(open, membership);
	// As the app's register does it.
	const { db } = device;
	const entries = new Map<string, VisitEntry>();
	const stand = () => [...entries.values()].filter(({ stands, at }) => stands && at > 0);
	let first = 0;
	const count = await new Promise<number>((resolve, reject) => {
		const follower: Follower<VisitRow> = {
			table: 'visits',
			take: (rows) => {
				for (const row of rows) entries.set(row.id, new VisitEntry(row));
			},
			taken: (complete) => {
				const sorted = stand().sort((a, b) => b.at - a.at);
				first ||= performance.now();
				if (complete) resolve(sorted.length);
			}
		};
		new Follow(db, [follower as Follower]).start().catch(reject);
	});
	const end = performance.now();
	db.close();
	return { keys: opened - start, first: first - opened, visits: end - opened, count };
}

/** Fills the vault with visits, quickly. */
export async function fill(visits: readonly Saved[]): Promise<void> {
	const device = await devices.vault;
	const stamp = await readStamp(device);
	for (const { id, now, fields } of visits) await addVisit(device, stamp, fields as FieldValues, { now, id });
	await device.db.outbox.clear();
}

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
