import type { Device } from '#lib/device/device.ts';
import { noteClipsMissing } from '#lib/device/clips-missing.ts';
import { openClips } from '#lib/device/clips.ts';
import { packIsDue } from './ask-pack.ts';
import { exchangeClips } from './clips.ts';
import { fetchPack, type Fetched } from './fetch-pack.ts';
import type { FlushDeps } from './flush.ts';

/**
 * Fetches what the directory has beside its records: the pack, and whenever a newer pack is asked for, once an hour, the recordings of phrases
 * and cards, so that they are there where no network is. Recordings that wait on this device are delivered on the way.
 *
 * @param insist see `fetchPack`
 */
export async function fetchDirectory(
	device: Device,
	deps: Pick<FlushDeps, 'carrier' | 'now'>,
	insist = false,
	openRecordings = openClips
): Promise<Fetched> {
	const isDue = await packIsDue(device, deps.now());
	const fetched = await fetchPack(device, deps, insist);
	// Without the network for a pack there is none for them.
	if (isDue && typeof fetched === 'string') await fetchRecordings(device, deps, openRecordings);
	return fetched;
}

async function fetchRecordings(
	device: Device,
	{ carrier }: Pick<FlushDeps, 'carrier'>,
	openRecordings: typeof openClips
): Promise<void> {
	const { fetch, mayCarry } = carrier(device);
	if (!(await mayCarry())) return;
	const recordings = await openRecordings();
	try {
		const { membership, open } = device;
		await exchangeClips(recordings, membership, fetch, (missing) =>
			noteClipsMissing(open, membership.organisation, missing)
		);
	} catch (error) {
		// The network went: the next hour goes on.
		if (!(error instanceof TypeError)) throw error;
	} finally {
		recordings.close();
	}
}
