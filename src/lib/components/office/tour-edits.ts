import { newId } from '#lib/domain/ids.ts';
import { cancelledField, DESK, RECEPTION, TOUR_SCHEMA } from '#lib/domain/tour-records.ts';
import type { Device } from '#lib/device/device.ts';
import type { FieldValues } from '#lib/device/ops.ts';
import type { Stamp } from '#lib/device/stamp.ts';
import { writeRecord } from '#lib/device/write-record.ts';

/** Desks and receptions are written like visits: on this device first. Only a coordinator's change has an effect. */

async function write(
	collection: typeof DESK | typeof RECEPTION,
	device: Device,
	stamp: Stamp,
	id: string | undefined,
	fields: FieldValues,
	now: number
): Promise<string> {
	const recordId = id ?? newId(now);
	await writeRecord(device, stamp, { collection, recordId, schema: TOUR_SCHEMA }, fields, { now });
	return recordId;
}

/** Writes fields of a desk, of a new one where `id` is undefined. Returns its id. */
export const writeDesk = (
	device: Device,
	stamp: Stamp,
	id: string | undefined,
	fields: FieldValues,
	now = Date.now()
): Promise<string> => write(DESK, device, stamp, id, fields, now);

/** Writes fields of a reception, of a new one where `id` is undefined. Returns its id. */
export const writeReception = (
	device: Device,
	stamp: Stamp,
	id: string | undefined,
	fields: FieldValues,
	now = Date.now()
): Promise<string> => write(RECEPTION, device, stamp, id, fields, now);

/** Cancels a reception on a civil date, with the reason; null: it is held after all. */
export async function cancelDay(
	device: Device,
	stamp: Stamp,
	reception: string,
	date: string,
	reason: string | null
): Promise<void> {
	await writeReception(device, stamp, reception, { [cancelledField(date)]: reason });
}
