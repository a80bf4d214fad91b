import type { PublicDb } from '#lib/device/public-db.ts';
import { DEVICE_HEADER, signWith } from './carrier.ts';
import { signedHeaders, type Carrier } from './exchange.ts';

const WIPED_PATH = '/api/v1/wiped';

/** Key in the settings of this device. */
const WIPED = 'wiped';

/** What stays of a device that was revoked and has emptied itself: enough to say why nothing is there, and to have the browser drop the rest. */
export interface WipedMark {
	/** Id of the device on its server. */
	device: string;
	replica: string;
	key: CryptoKeyPair;
}

export async function leaveMark(open: PublicDb, mark: WipedMark): Promise<void> {
	await open.settings.put({ key: WIPED, value: mark });
}

/** Somebody uses this device again. */
export async function removeMark(open: PublicDb): Promise<void> {
	await open.settings.delete(WIPED);
}

/** The mark of the last membership that was wiped here; undefined where somebody has one here. */
export async function readMark(open: PublicDb): Promise<WipedMark | undefined> {
	if ((await open.memberships.count()) > 0) return undefined;
	return (await open.settings.get(WIPED))?.value as WipedMark | undefined;
}

/**
 * Tells the server that the device has emptied itself. Its answer has the browser drop everything of this origin, the mark too.
 *
 * @param stays whoever tells shows nothing: what is left stays until a page has said why
 * @returns whether the server has heard it
 */
export async function tellWiped(
	carrier: Pick<Carrier, 'fetch' | 'sign' | 'headers'>,
	replica: string,
	stays: boolean
): Promise<boolean> {
	const body = new TextEncoder().encode(JSON.stringify({ replica, ...(stays ? { stays } : {}) }));
	const type = { ...carrier.headers, 'content-type': 'application/json' };
	try {
		const headers = await signedHeaders(type, WIPED_PATH, replica, body, carrier);
		return (await carrier.fetch(WIPED_PATH, { method: 'POST', body, headers, redirect: 'manual' })).ok;
	} catch {
		// What was here is gone in any case.
		return false;
	}
}

/** Has the browser drop what a worker has left; false where the server is not to be had now. */
export async function dropRest(
	{ device, replica, key }: WipedMark,
	carry: Carrier['fetch'] = (url, init) => fetch(url, init)
): Promise<boolean> {
	return tellWiped(
		{ fetch: carry, sign: signWith(key), headers: { [DEVICE_HEADER]: device } },
		replica,
		false
	);
}
