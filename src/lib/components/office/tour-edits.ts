import { DESK_GUIDE, DESK_GUIDE_SCHEMA } from '#lib/domain/desk-guide.ts';
import { newId } from '#lib/domain/ids.ts';
import type { RecordState } from '#lib/domain/record.ts';
import { cancelledField, DESK, heldField, RECEPTION, TOUR_SCHEMA } from '#lib/domain/tour-records.ts';
import type { Device } from '#lib/device/device.ts';
import type { FieldValues } from '#lib/device/ops.ts';
import type { Stamp } from '#lib/device/stamp.ts';
import { writeRecord, writeRecords } from '#lib/device/write-record.ts';

/** Desks and receptions are written like visits: on this device first. Only a coordinator's change has an effect. */

type TourCollection = typeof DESK | typeof DESK_GUIDE | typeof RECEPTION;

async function write(
	collection: TourCollection,
	device: Device,
	stamp: Stamp,
	id: string | undefined,
	fields: FieldValues,
	seen: RecordState | undefined
): Promise<string> {
	const now = Date.now();
	const recordId = id ?? newId(now);
	const schema = collection === DESK_GUIDE ? DESK_GUIDE_SCHEMA : TOUR_SCHEMA;
	const target = { collection, recordId, schema };
	await writeRecord(device, stamp, target, fields, { now, ...(seen && { seen }) });
	return recordId;
}

/** Writes fields of a desk, of a new one where `id` is undefined. Returns its id. */
export const writeDesk = (
	device: Device,
	stamp: Stamp,
	id: string | undefined,
	fields: FieldValues,
	seen?: RecordState
): Promise<string> => write(DESK, device, stamp, id, fields, seen);

const writeReception = (device: Device, stamp: Stamp, id: string, fields: FieldValues): Promise<string> =>
	write(RECEPTION, device, stamp, id, fields, undefined);

/** Writes fields of receptions, of a new one where `id` is undefined, all in one transaction. `seen`: what a form was opened on. */
export const writeReceptions = (
	device: Device,
	stamp: Stamp,
	writes: readonly { id: string | undefined; fields: FieldValues; seen?: RecordState | undefined }[],
	now = Date.now()
): Promise<void> =>
	writeRecords(
		device,
		stamp,
		writes.map(({ id, fields, seen }) => ({
			target: { collection: RECEPTION, recordId: id ?? newId(now), schema: TOUR_SCHEMA },
			fields,
			seen
		})),
		now
	);

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

/** Others hold a reception on a civil date, by membership; null: its advisers do after all. */
export async function substituteDay(
	device: Device,
	stamp: Stamp,
	reception: string,
	date: string,
	advisers: string[] | null
): Promise<void> {
	await writeReception(device, stamp, reception, { [heldField(date)]: advisers });
}

/** Writes fields of the guide to a desk. */
export const writeDeskGuide = (
	device: Device,
	stamp: Stamp,
	desk: string,
	fields: FieldValues,
	seen?: RecordState
): Promise<string> => write(DESK_GUIDE, device, stamp, desk, fields, seen);
