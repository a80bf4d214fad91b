import type { RecordState } from '#lib/domain/record.ts';
import {
	DECISION,
	readTourChange,
	TOUR_CHANGE,
	TOUR_CHANGE_SCHEMA,
	type ChangeDecision,
	type ReportedChange,
	type TourChange
} from '#lib/domain/tour-change.ts';
import { memberOfPart } from '#lib/protocol/parts.ts';
import type { Device } from './device.ts';
import { unseal } from './rows.ts';
import type { Stamp } from './stamp.ts';
import { writeRecord, writeRecords, type RecordWrite } from './write-record.ts';

/** Own reports, and a coordinator's also everybody's, the one reported last first. Not to be read while the vault is locked. */
export async function tourChanges({ db }: Pick<Device, 'db'>): Promise<TourChange[]> {
	const rows = await db.records.where('collection').equals(TOUR_CHANGE).toArray();
	return rows
		.flatMap(
			(row) => readTourChange(row.id, unseal<RecordState>(row), row.part && memberOfPart(row.part)) ?? []
		)
		.sort((a, b) => (a.at < b.at ? 1 : -1));
}

const target = (recordId: string, member?: string) => ({
	collection: TOUR_CHANGE,
	recordId,
	schema: TOUR_CHANGE_SCHEMA,
	...(member === undefined ? {} : { of: member })
});

/** Reports a change. Whoever saves twice has made one report, for its id was there before. */
export const reportChange = (
	device: Device,
	stamp: Stamp,
	id: string,
	change: ReportedChange,
	now = Date.now()
): Promise<void> => writeRecord(device, stamp, target(id), { ...change }, { now });

/** Takes an own report back. One that was answered meanwhile stands. */
export const takeBack = (device: Device, stamp: Stamp, { id, record }: TourChange): Promise<void> =>
	writeRecord(device, stamp, target(id), { removed: true }, { seen: record });

/** Answers a report, and writes what follows from the answer, all in one transaction. */
export const decideChange = (
	device: Device,
	stamp: Stamp,
	{ id, member, record }: TourChange,
	decision: ChangeDecision,
	writes: readonly RecordWrite[] = []
): Promise<void> =>
	writeRecords(device, stamp, [
		...writes,
		{ target: target(id, member), fields: { [DECISION]: { ...decision } }, seen: record }
	]);
