import { createPublicKey, verify, type JsonWebKey, type KeyObject } from 'node:crypto';
import type { Role } from '#lib/protocol/accounts.ts';
import { ApiError } from '#lib/server/api-error.ts';
import { denial } from '#lib/server/policy/policy.ts';
import { noteIfPossible } from '#lib/server/storage/failures.ts';
import { acrossOrganisations, reachOnly } from '#lib/server/storage/reach.ts';
import type { Store } from '#lib/server/storage/store.ts';
import { note, type Doer } from '#lib/server/audit/note.ts';
import { actorOf } from './actor.ts';

/** How often the time of last contact is written, ms. */
const TOUCH = 60_000;
/** How often it is noted that a device was refused, ms. */
const REFUSAL_NOTED = 3_600_000;
const DEVICE_ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export interface KnownDevice {
	organisation: string;
	membership: string;
	device: string;
	/** Role of its user now. */
	role: Role;
	seenAt: number | null;
	highSeq: string;
	key: KeyObject;
	/** It was revoked, or its user's membership has ended: it reads nothing, and what it delivers waits for a coordinator. */
	revoked: boolean;
}

/** Keys that were read lately, by their text, so that a batch costs one signature and not a key besides. */
const keys = new Map<string, KeyObject>();
const MOST_KEYS = 2000;

function keyOf(text: string): KeyObject {
	let key = keys.get(text);
	if (!key) {
		key = createPublicKey({ key: JSON.parse(text) as JsonWebKey, format: 'jwk' });
		if (keys.size >= MOST_KEYS) keys.clear();
		keys.set(text, key);
	}
	return key;
}

/**
 * The device that a request names, revoked ones among them: what one has not delivered yet is still wanted. From here on the request reaches its
 * organisation, and no other.
 */
export async function findDevice(store: Store, id: string | null): Promise<KnownDevice> {
	const device = await lookUpDevice(store, id);
	reachOnly(device.organisation);
	return device;
}

/** The same where it is not settled yet whose request it is. */
async function lookUpDevice(store: Store, id: string | null): Promise<KnownDevice> {
	if (!id || !DEVICE_ID.test(id)) throw new ApiError(401, 'device_unknown');
	const found = store.db
		.selectFrom('devices')
		.innerJoin('memberships', (join) =>
			join
				.onRef('memberships.organisation_id', '=', 'devices.organisation_id')
				.onRef('memberships.id', '=', 'devices.membership_id')
		)
		.select([
			'devices.organisation_id',
			'devices.membership_id',
			'devices.id',
			'devices.public_key',
			'devices.revoked_at',
			'devices.seen_at',
			'devices.high_seq',
			'memberships.role',
			'memberships.ended_at'
		])
		.where('devices.id', '=', id);
	const row = await acrossOrganisations(() => found.executeTakeFirst());
	if (!row) throw new ApiError(401, 'device_unknown');
	const { organisation_id: organisation } = row;
	return {
		organisation,
		membership: row.membership_id,
		device: row.id,
		role: row.role,
		seenAt: row.seen_at,
		highSeq: row.high_seq,
		key: keyOf(row.public_key),
		revoked: denial(actorOf(row), 'op:deliver', { organisation }) !== undefined
	};
}

/** That a device asked for what it may no longer read: once an hour at most, for a phone asks again and again. */
export async function noteRefusal(store: Store, device: KnownDevice, now: number): Promise<void> {
	const lately = await store.db
		.selectFrom('audit')
		.select('id')
		.where('organisation_id', '=', device.organisation)
		.where('membership_id', '=', device.membership)
		.where('device_id', '=', device.device)
		.where('event', '=', 'refuse')
		.where('at', '>', now - REFUSAL_NOTED)
		.limit(1)
		.executeTakeFirst();
	const refused = {
		event: 'refuse',
		kind: 'device',
		ids: [device.device],
		whose: device.membership
	} as const;
	if (!lately) await noteIfPossible(note(store.db, device, [refused], now));
}

/** Throws where the signature (base64, ECDSA P-256 over SHA-256, IEEE P1363) is not the device's own. */
export function verifySignature(device: KnownDevice, text: string, signature: string | null): void {
	const valid =
		signature !== null &&
		/^[A-Za-z0-9+/]{86}==$/.test(signature) &&
		verify(
			'sha256',
			Buffer.from(text),
			{ key: device.key, dsaEncoding: 'ieee-p1363' },
			Buffer.from(signature, 'base64')
		);
	if (!valid) throw new ApiError(401, 'bad_signature');
}

/**
 * The device that signs in again, where the request names one and is signed by it; undefined: some browser that is no device yet.
 *
 * @param sha256 of the body as sent
 */
export async function deviceSigningIn(
	store: Store,
	{ headers, url }: Pick<Request, 'headers' | 'url'>,
	replica: string | undefined,
	sha256: string
): Promise<KnownDevice | undefined> {
	const id = headers.get('reppu-device');
	if (id === null || replica === undefined) return undefined;
	const device = await lookUpDevice(store, id);
	const signed = ['POST', new URL(url).pathname, replica, sha256].join('\n');
	verifySignature(device, signed, headers.get('reppu-signature'));
	return device;
}

/** Notes the contact, and the highest sequence number that the replica announced: a gap below it was never received. */
export async function noteContact(
	store: Store,
	device: KnownDevice,
	replica: string,
	highSeq: number,
	now: number
): Promise<void> {
	const known = JSON.parse(device.highSeq) as Record<string, number>;
	const grown = highSeq > (known[replica] ?? 0);
	if (!grown && device.seenAt !== null && now - device.seenAt < TOUCH) return;
	await store.write((trx) =>
		trx
			.updateTable('devices')
			.set({
				seen_at: now,
				...(grown ? { high_seq: JSON.stringify({ ...known, [replica]: highSeq }) } : {})
			})
			.where('organisation_id', '=', device.organisation)
			.where('id', '=', device.device)
			.execute()
	);
}

/** Notes that a revoked device has emptied itself; the first time counts. */
export async function noteWiped(
	store: Store,
	{ organisation, device }: KnownDevice,
	now: number
): Promise<void> {
	await store.write((trx) =>
		trx
			.updateTable('devices')
			.set({ wiped_at: now, seen_at: now })
			.where('organisation_id', '=', organisation)
			.where('id', '=', device)
			.where('wiped_at', 'is', null)
			.execute()
	);
}

/** Whose device it is, or undefined where the organisation has no such device. */
export async function ownerOfDevice(
	store: Store,
	organisation: string,
	device: string
): Promise<{ membership: string; role: Role } | undefined> {
	return store.db
		.selectFrom('devices')
		.innerJoin('memberships', (join) =>
			join
				.onRef('memberships.organisation_id', '=', 'devices.organisation_id')
				.onRef('memberships.id', '=', 'devices.membership_id')
		)
		.select(['memberships.id as membership', 'memberships.role'])
		.where('devices.organisation_id', '=', organisation)
		.where('devices.id', '=', device)
		.executeTakeFirst();
}

/** Revokes a device of the organisation: its sessions end at once, and what it still delivers has no effect until a coordinator takes it in. */
export async function revokeDevice(
	store: Store,
	organisation: string,
	device: string,
	now: number,
	by: Omit<Doer, 'organisation'> = {}
): Promise<void> {
	await store.write(async (trx) => {
		const row = await trx
			.updateTable('devices')
			.set({ revoked_at: now })
			.where('organisation_id', '=', organisation)
			.where('id', '=', device)
			.where('revoked_at', 'is', null)
			.returning('membership_id')
			.executeTakeFirst();
		if (!row) throw new ApiError(404, 'not_found');
		const revoked = { event: 'revoke', kind: 'device', ids: [device], whose: row.membership_id } as const;
		await note(trx, { ...by, organisation }, [revoked], now);
		await trx
			.deleteFrom('sessions')
			.where('organisation_id', '=', organisation)
			.where('device_id', '=', device)
			.execute();
	});
}
