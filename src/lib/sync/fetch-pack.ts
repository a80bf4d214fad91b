import type { Device } from '#lib/device/device.ts';
import { isFull } from '#lib/device/failures.ts';
import { giveUpPack, installPack, keepPackPart, missingParts, notePackFull } from '#lib/device/pack.ts';
import type { PackPart } from '#lib/protocol/pack.ts';
import { askForPack, packIsDue } from './ask-pack.ts';
import type { Carrier, Failure } from './exchange.ts';
import type { FlushDeps } from './flush.ts';
import { fetchPart } from './fetch-part.ts';

/** Parts under way at once: a part is smaller than what a slow line holds while it waits for an answer. */
const AT_ONCE = 3;
/** How long a device without room for a pack waits before it tries again, ms. */
const FULL_PAUSE = 10 * 60_000;

/** `none`: there is nothing to fetch. `busy`: another tab is at it. */
export type Fetched = 'none' | 'busy' | 'installed' | { failure: Failure };

/**
 * Fetches the pack that is wanted, part by part, and puts it into use when it is whole. Each part that came stays, whatever happens
 * afterwards: who calls this again goes on from there. One tab at a time.
 *
 * @param insist somebody asks for it now, though there was no room a moment ago
 */
export async function fetchPack(
	device: Device,
	{ carrier, now }: Pick<FlushDeps, 'carrier' | 'now'>,
	insist = false
): Promise<Fetched> {
	const task = () => fetchAll(device, carrier(device), now, insist);
	if (!('locks' in navigator)) return task();
	const name = `reppu-pack:${device.open.name}:${device.membership.organisation}`;
	return navigator.locks.request(name, { ifAvailable: true }, (lock) => (lock ? task() : 'busy'));
}

async function fetchAll(
	device: Device,
	carrier: Carrier,
	now: () => number,
	insist: boolean
): Promise<Fetched> {
	const { open, membership } = device;
	if (await packIsDue(device, now())) await askForPack(device, carrier, now());
	let renewed = false;
	for (;;) {
		const row = await open.packs.get(membership.organisation);
		const wanted = row?.wanted;
		if (!wanted) return 'none';
		const waited = now() - (row.fullAt ?? 0);
		if (!insist && row.fullAt !== undefined && waited >= 0 && waited < FULL_PAUSE)
			return { failure: { why: 'full' } };
		if (row.fullAt !== undefined) await notePackFull(open, membership.organisation, undefined);
		const failure = await fetchParts(device, carrier, await missingParts(open, wanted));
		if (failure?.why === 'full') await notePackFull(open, membership.organisation, now());
		// The server has let go of a part: there must be a newer pack, or none any more.
		if (failure?.status === 404 && !renewed) {
			renewed = true;
			await askForPack(device, carrier, now());
			const after = await open.packs.get(membership.organisation);
			if (after?.wanted?.cursor !== wanted.cursor) continue;
			await giveUpPack(open, membership.organisation);
		}
		if (failure) return { failure };
		if (await installPack(open, wanted)) return 'installed';
	}
}

/** Fetches parts, some at once; the first that fails ends it. */
async function fetchParts(
	{ open }: Device,
	carrier: Carrier,
	parts: readonly PackPart[]
): Promise<Failure | undefined> {
	const left = [...parts];
	let failure: Failure | undefined;
	const work = async () => {
		for (let part = left.shift(); part && !failure; part = left.shift()) {
			const fetched = await fetchPart(carrier, part);
			if ('failure' in fetched) failure ??= fetched.failure;
			else
				await keepPackPart(open, part, fetched.bytes).catch((error: unknown) => {
					if (!isFull(error)) throw error;
					failure ??= { why: 'full' };
				});
		}
	};
	await Promise.all(Array.from({ length: AT_ONCE }, work));
	return failure;
}
