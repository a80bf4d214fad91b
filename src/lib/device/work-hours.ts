import {
	WORK_HOURS,
	WORK_HOURS_SCHEMA,
	workHours,
	workHoursId,
	type WorkHours
} from '#lib/domain/work-hours.ts';
import type { Device } from './device.ts';
import { standing } from './records.ts';
import type { Stamp } from './stamp.ts';
import { writeRecord } from './write-record.ts';

/** The hours that this device's user has told, in no order; not to be read while the vault is locked. */
export async function ownWorkHours({ db }: Pick<Device, 'db'>): Promise<WorkHours[]> {
	const rows = await db.records.where('collection').equals(WORK_HOURS).toArray();
	// A coordinator's device has colleagues' hours, too: those came from another part.
	return rows
		.filter(({ part }) => part === undefined)
		.flatMap((row) => workHours.safeParse(standing(row)).data ?? []);
}

/** Tells hours, or tells them anew. */
export async function tellWorkHours(
	device: Device,
	stamp: Stamp,
	hours: WorkHours,
	now = Date.now()
): Promise<void> {
	const recordId = await workHoursId(device.membership.id, hours);
	const target = { collection: WORK_HOURS, recordId, schema: WORK_HOURS_SCHEMA };
	await writeRecord(device, stamp, target, { ...hours }, { now });
}
