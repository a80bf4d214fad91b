import type { Device } from '../../../src/lib/device/device.ts';
import { Follow, type Follower } from '../../../src/lib/device/follow.ts';
import { openDevice } from '../../../src/lib/device/open-device.ts';
import type { MembershipRow, PublicDb } from '../../../src/lib/device/public-db.ts';
import type { VisitRow } from '../../../src/lib/device/rows.ts';
import { readStamp } from '../../../src/lib/device/stamp.ts';
import { makeVault } from '../../../src/lib/device/vault/vault.ts';
import type { Opener } from '../../../src/lib/device/vault/wraps.ts';
import { VisitEntry } from '../../../src/lib/device/visit-set.svelte.ts';
import { addVisit, type FieldValues } from '../../../src/lib/device/visits.ts';
import { newId } from '../../../src/lib/domain/ids.ts';
import { newKeyPair } from '../../../src/lib/protocol/sealed.ts';

/** A phone in a page of a bench, by the app's own code; to be bundled. */

export interface Saved {
	id: string;
	now: number;
	fields: Record<string, unknown>;
}
export type Kind = 'plain' | 'vault';

export const passkey: Opener = {
	kind: 'passkey',
	credential: new Uint8Array([1]),
	secret: new Uint8Array(32).fill(1)
};

/** A membership of this phone, with a vault or without one, and its database. */
export async function enrolled(open: PublicDb, kind: Kind): Promise<Device> {
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

/** Logs visits, quickly, all of which have gone out. */
export async function fillPhone(device: Device, visits: readonly Saved[]): Promise<void> {
	const stamp = await readStamp(device);
	for (const { id, now, fields } of visits) await addVisit(device, stamp, fields as FieldValues, { now, id });
	await device.db.outbox.clear();
}

/** All visits that stand, in memory and the latest first, as the app's register reads them; `onfirst` is called when the newest are there. */
export function visitsInMemory({ db }: Pick<Device, 'db'>, onfirst?: () => void): Promise<VisitEntry[]> {
	const entries = new Map<string, VisitEntry>();
	let first = true;
	return new Promise((resolve, reject) => {
		const follower: Follower<VisitRow> = {
			table: 'visits',
			take: (rows) => {
				for (const row of rows) entries.set(row.id, new VisitEntry(row));
			},
			taken: (complete) => {
				const sorted = [...entries.values()]
					.filter(({ stands, at }) => stands && at > 0)
					.sort((a, b) => b.at - a.at);
				if (first) onfirst?.();
				first = false;
				if (complete) resolve(sorted);
			}
		};
		new Follow(db, [follower as Follower]).start().catch(reject);
	});
}
