import type { Device } from '#lib/device/device.ts';
import type { FieldValues } from '#lib/device/ops.ts';
import type { Stamp } from '#lib/device/stamp.ts';
import { writeRecord } from '#lib/device/write-record.ts';
import { NOTICE, NOTICE_SCHEMA } from '#lib/domain/notice-name.ts';
import type { RecordState } from '#lib/domain/record.ts';

/** Notices are written like visits: on this device first. Only a coordinator's change has an effect. */

/** Writes fields of a notice; makes it where it is not there yet. */
export async function writeNotice(
	device: Device,
	stamp: Stamp,
	id: string,
	fields: FieldValues,
	seen?: RecordState
): Promise<void> {
	const target = { collection: NOTICE, recordId: id, schema: NOTICE_SCHEMA };
	await writeRecord(device, stamp, target, fields, { now: Date.now(), ...(seen && { seen }) });
}
