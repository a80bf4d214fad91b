import {
	APPOINTMENT,
	APPOINTMENT_SCHEMA,
	bookedFields,
	movedFields,
	readAppointment,
	type Appointment,
	type AppointmentState,
	type Booking,
	type Slot
} from '#lib/domain/appointment.ts';
import { newId } from '#lib/domain/ids.ts';
import type { RecordState } from '#lib/domain/record.ts';
import type { Device } from './device.ts';
import type { MembershipDb } from './membership-db.ts';
import { unseal } from './rows.ts';
import type { Stamp } from './stamp.ts';
import { writeRecord } from './write-record.ts';

/** Every appointment that this device knows, in the order of their records. Not to be read while the vault is locked. */
export async function appointments(db: MembershipDb): Promise<Appointment[]> {
	const rows = await db.records.where('collection').equals(APPOINTMENT).toArray();
	return rows.flatMap((row) => readAppointment(row.id, unseal<RecordState>(row)) ?? []);
}

const target = (recordId: string) => ({ collection: APPOINTMENT, recordId, schema: APPOINTMENT_SCHEMA });

/** Books a time: a record of its own, whatever else stands at that time. Returns its id. */
export async function book(
	device: Device,
	stamp: Stamp,
	booking: Booking,
	now = Date.now()
): Promise<string> {
	const id = newId(now);
	await writeRecord(device, stamp, target(id), bookedFields(booking), { now });
	return id;
}

/** Moves one, or says which of its times holds. What it was read from is what its author has seen: what came meanwhile stays beside it. */
export async function move(
	device: Device,
	stamp: Stamp,
	{ id, record }: Appointment,
	to: Slot
): Promise<void> {
	await writeRecord(device, stamp, target(id), movedFields(to), { seen: record });
}

/** Says what became of one. */
export async function settle(
	device: Device,
	stamp: Stamp,
	{ id, record }: Appointment,
	state: AppointmentState
): Promise<void> {
	await writeRecord(device, stamp, target(id), { state }, { seen: record });
}
