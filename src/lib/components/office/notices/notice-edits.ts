import type { Device } from '#lib/device/device.ts';
import type { FieldValues } from '#lib/device/ops.ts';
import { unseal } from '#lib/device/rows.ts';
import type { Stamp } from '#lib/device/stamp.ts';
import { writeRecord } from '#lib/device/write-record.ts';
import { NOTICE, NOTICE_SCHEMA } from '#lib/domain/notice-name.ts';
import type { RecordState } from '#lib/domain/record.ts';

/** Notices are written like visits: on this device first. Only a coordinator's change has an effect. */

/** A notice as it stands here: whoever opens its form has seen this, and not what comes meanwhile. */
export async function noticeState({ db }: Device, id: string): Promise<RecordState | undefined> {
	const row = await db.records.get([NOTICE, id]);
	return row && unseal<RecordState>(row);
}

/** Writes fields of a notice; makes it where it is not there yet. */
export async function writeNotice(
	device: Device,
	stamp: Stamp,
	id: string,
	fields: FieldValues,
	seen?: RecordState
): Promise<void> {
	// An op without fields would say that its author gave it up.
	if (Object.keys(fields).length === 0) return;
	const target = { collection: NOTICE, recordId: id, schema: NOTICE_SCHEMA };
	await writeRecord(device, stamp, target, fields, { now: Date.now(), ...(seen && { seen }) });
}
