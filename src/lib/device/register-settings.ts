import type { FieldValues } from './ops.ts';
import {
	readSettings,
	SETTINGS,
	SETTINGS_SCHEMA,
	type RegisterSettings
} from '#lib/domain/register-settings.ts';
import type { Device } from './device.ts';
import { standing } from './records.ts';
import type { Stamp } from './stamp.ts';
import { writeRecord } from './write-record.ts';

/** What this phone's organisation asks; the usual where it has set nothing, or nothing of it has come yet. */
export async function registerSettings({
	db,
	membership
}: Pick<Device, 'db' | 'membership'>): Promise<RegisterSettings> {
	const row = await db.records.get([SETTINGS, membership.organisation]);
	return readSettings(row && standing(row));
}

/** Changes settings of the organisation; only a coordinator's change has an effect. */
export async function changeSettings(
	device: Device,
	stamp: Stamp,
	fields: FieldValues,
	now = Date.now()
): Promise<void> {
	const target = {
		collection: SETTINGS,
		recordId: device.membership.organisation,
		schema: SETTINGS_SCHEMA
	};
	await writeRecord(device, stamp, target, fields, { now });
}
