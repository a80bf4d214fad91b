import { readMeta, type Device } from '#lib/device/device.ts';
import { isFull } from '#lib/device/failures.ts';
import { notePackAsked, wantPack } from '#lib/device/pack.ts';
import { packManifest, type PackManifest } from '#lib/protocol/pack.ts';
import type { Carrier, Failure } from './exchange.ts';
import { askPackServer, failureOf } from './pack-answer.ts';

/** How often an open app asks for a newer pack, and how soon again where that failed, ms. */
const EVERY = 60 * 60_000;
const AGAIN = 5 * 60_000;
/** How long the manifest may take, ms: visits wait for it, once. */
const TIMEOUT = 15_000;

/**
 * Asks for a pack before the directory is read for the first time, and when the server's database has begun a new life: record by record a large
 * directory would take a hundred requests and more.
 */
export async function askForFirstPack(device: Device, carrier: Carrier, now: number): Promise<void> {
	const row = await device.open.packs.get(device.membership.organisation);
	const epoch = await readMeta(device.db, 'epoch');
	const newLife = epoch !== undefined && row?.epoch !== undefined && row.epoch !== epoch;
	if (!row || newLife) await askForPack(device, carrier, now);
}

/** Whether it is time to ask for a newer pack. A clock that was set back since says nothing. */
export async function packIsDue({ open, membership }: Device, now: number): Promise<boolean> {
	const row = await open.packs.get(membership.organisation);
	return !row || now - row.askedAt >= EVERY || row.askedAt > now;
}

/**
 * Asks the server for its pack and takes note of what it says. Never throws for the network's sake: without an answer everything goes on as
 * without a pack.
 */
export async function askForPack(
	device: Device,
	carrier: Carrier,
	now: number
): Promise<Failure | undefined> {
	// A browser that cannot unpack it reads record by record.
	if (typeof DecompressionStream === 'undefined') return undefined;
	const { open, db, membership } = device;
	const { organisation } = membership;
	const row = await open.packs.get(organisation);
	const asked = await ask(carrier, row?.wanted?.cursor ?? row?.installed?.cursor);
	// It did not reach the server: the next contact asks again, before the directory is read.
	if (asked && 'failure' in asked && asked.failure.why === 'offline' && !asked.late) return asked.failure;
	try {
		if (asked && 'manifest' in asked) {
			await wantPack(open, { ...asked.manifest, organisation }, now);
			return undefined;
		}
		const epoch = (await readMeta(db, 'epoch')) ?? row?.epoch;
		await notePackAsked(open, organisation, { askedAt: asked ? now - EVERY + AGAIN : now, epoch });
	} catch (error) {
		if (!isFull(error)) throw error;
		return { why: 'full' };
	}
	return asked?.failure;
}

/** `late`: nobody waits for that a second time. */
type Asked = { manifest: PackManifest } | { failure: Failure; late?: boolean } | undefined;

/** Undefined: there is no pack, or none but the one that is known. */
async function ask(carrier: Carrier, have: string | undefined): Promise<Asked> {
	try {
		const query = have === undefined ? '' : `?have=${encodeURIComponent(have)}`;
		const response = await askPackServer(carrier, query, Math.min(TIMEOUT, carrier.timeout ?? TIMEOUT));
		if (!response) return { failure: { why: 'offline' } };
		// A server of before packs has no such address.
		if (response.status === 204 || response.status === 404) return undefined;
		if (response.status !== 200) return { failure: failureOf(response) };
		const manifest = packManifest.safeParse(await response.json());
		return manifest.success ? { manifest: manifest.data } : { failure: { why: 'blocked', status: 200 } };
	} catch (error) {
		// JSON that is none comes from somebody else.
		const late = error instanceof DOMException && error.name === 'TimeoutError';
		return { failure: { why: error instanceof SyntaxError ? 'blocked' : 'offline' }, late };
	}
}
