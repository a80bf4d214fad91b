import type * as z from 'zod/mini';
import { newId } from '#lib/domain/ids.ts';
import { removal, shownValues, type RecordState } from '#lib/domain/record.ts';
import {
	CONTACT_SCHEMA,
	SERVICE_CONTACT,
	serviceContact,
	type ServiceContact
} from '#lib/domain/service-contact.ts';
import {
	REPORT_SCHEMA,
	SERVICE_REPORT,
	serviceReport,
	type ServiceReport
} from '#lib/domain/service-report.ts';
import { memberOfPart } from '#lib/protocol/parts.ts';
import type { Device } from './device.ts';
import type { FieldValues } from './ops.ts';
import { unseal } from './rows.ts';
import type { Stamp } from './stamp.ts';
import { writeRecord } from './write-record.ts';

/** What people say about entries of the directory: reports of advisers, and the coordinators' log of contacts. */

/** A record with its id and, where it is another's, the member who wrote it. */
export type Noted<T> = T & { id: string; member: string | undefined };

async function notes<T>(
	{ db }: Pick<Device, 'db'>,
	collection: string,
	schema: z.ZodMiniType<T>
): Promise<Noted<T>[]> {
	const rows = await db.records.where('collection').equals(collection).toArray();
	return rows.flatMap((row) => {
		const state = unseal<RecordState>(row);
		const values = removal(state) === 'yes' ? undefined : schema.safeParse(shownValues(state)).data;
		return values ? [{ ...values, id: row.id, member: row.part && memberOfPart(row.part) }] : [];
	});
}

const latestFirst = (a: { at: string }, b: { at: string }) => (a.at < b.at ? 1 : -1);

/** Own reports, and a coordinator's also everybody's; the latest first. */
export async function serviceReports(device: Pick<Device, 'db'>): Promise<Noted<ServiceReport>[]> {
	return (await notes(device, SERVICE_REPORT, serviceReport)).sort(latestFirst);
}

export async function serviceContacts(device: Pick<Device, 'db'>): Promise<Noted<ServiceContact>[]> {
	return (await notes(device, SERVICE_CONTACT, serviceContact)).sort(latestFirst);
}

/** Makes a report, or writes on one. Returns its record's id. */
export async function writeReport(
	device: Device,
	stamp: Stamp,
	fields: FieldValues,
	report?: Pick<Noted<ServiceReport>, 'id' | 'member'>,
	now = Date.now()
): Promise<string> {
	const recordId = report?.id ?? newId(now);
	const of = report?.member ? { of: report.member } : {};
	const target = { collection: SERVICE_REPORT, recordId, schema: REPORT_SCHEMA, ...of };
	await writeRecord(device, stamp, target, fields, { now });
	return recordId;
}

export async function addContact(
	device: Device,
	stamp: Stamp,
	contact: ServiceContact,
	now = Date.now()
): Promise<string> {
	const recordId = newId(now);
	const target = { collection: SERVICE_CONTACT, recordId, schema: CONTACT_SCHEMA };
	await writeRecord(device, stamp, target, { ...contact }, { now });
	return recordId;
}
