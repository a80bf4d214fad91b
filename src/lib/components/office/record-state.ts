import type { Device } from '#lib/device/device.ts';
import { unseal } from '#lib/device/rows.ts';
import type { RecordState } from '#lib/domain/record.ts';

/** A record as it stands on this device: whoever opens a form of it has seen this, and not what comes meanwhile. Undefined: there is none yet. */
export async function recordState(
	{ db }: Device,
	collection: string,
	id: string | undefined
): Promise<RecordState | undefined> {
	const row = id === undefined ? undefined : await db.records.get([collection, id]);
	return row && unseal<RecordState>(row);
}
