import { readMeta, type Device } from '#lib/device/device.ts';
import { forgetKeys } from '#lib/device/vault/keyring.ts';
import { signedHeaders, type Carrier } from './exchange.ts';

const WIPED_PATH = '/api/v1/wiped';

/**
 * Empties a revoked device once all that waited has arrived at the server: the keys first, so that from the first moment on nothing that
 * lies here can be read again, then the database. Where nobody else uses this browser the server has it drop whatever is left.
 */
export async function wipe(device: Device, carrier: Carrier): Promise<void> {
	const { db, open, membership } = device;
	const replica = await readMeta(db, 'replica');
	forgetKeys(membership.id);
	await open.memberships.delete(membership.id);
	await db.delete({ disableAutoOpen: true });
	if (replica && (await open.memberships.count()) === 0) await tellServer(carrier, replica);
}

/** Whether or not it gets through: what was here is gone. */
async function tellServer(carrier: Carrier, replica: string): Promise<void> {
	const body = new TextEncoder().encode(JSON.stringify({ replica }));
	const headers = await signedHeaders(
		{ ...carrier.headers, 'content-type': 'application/json' },
		WIPED_PATH,
		replica,
		body,
		carrier
	);
	await carrier
		.fetch(WIPED_PATH, { method: 'POST', body, headers, redirect: 'manual' })
		.catch(() => undefined);
}

/** Whether a device has nothing left to deliver and is to be emptied. */
export async function isToBeWiped({ db, membership }: Device): Promise<boolean> {
	return membership.revokedAt !== undefined && (await db.outbox.count()) === 0;
}
