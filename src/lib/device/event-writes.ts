import { countsOf } from '#lib/domain/event-count.ts';
import { dayOn, type EventDay } from '#lib/domain/event-days.ts';
import { doneField, EVENT, EVENT_COUNT, EVENT_SCHEMA, eventVisitId } from '#lib/domain/event-records.ts';
import { settling, type EventVisit } from '#lib/domain/event-visit.ts';
import { doneOn, type Done } from '#lib/domain/event.ts';
import { conflicts, REMOVED, type RecordState } from '#lib/domain/record.ts';
import type { Device } from './device.ts';
import { eventsOf, sheetsOf } from './events.ts';
import type { FieldValues } from './ops.ts';
import { desks } from './records.ts';
import { isReadable, unseal } from './rows.ts';
import type { Stamp } from './stamp.ts';
import { addVisit, changeVisit, readStoredVisit, removeVisit } from './visits.ts';
import { writeRecord } from './write-record.ts';

/** Writes fields of an event, of a new one where nothing has this id yet. */
export async function writeEvent(
	device: Device,
	stamp: Stamp,
	id: string,
	fields: FieldValues,
	seen?: RecordState
): Promise<void> {
	const target = { collection: EVENT, recordId: id, schema: EVENT_SCHEMA };
	await writeRecord(device, stamp, target, fields, seen && { seen });
}

/** Writes fields of a sheet of the counter. Saved when this resolves. */
export async function writeSheet(
	device: Device,
	stamp: Stamp,
	id: string,
	fields: FieldValues
): Promise<void> {
	await writeRecord(device, stamp, { collection: EVENT_COUNT, recordId: id, schema: EVENT_SCHEMA }, fields);
}

/** The event's visit as it lies here. `locked`: it is here and cannot be read. */
async function storedVisit(
	{ db }: Device,
	id: string
): Promise<(EventVisit & { removedAt: string | undefined }) | 'locked' | undefined> {
	const row = await db.visits.get(id);
	if (!row) return undefined;
	if (!isReadable(row)) return 'locked';
	const visit = readStoredVisit(row);
	const torn = conflicts(visit.state).some((field) => field === 'participants' || field === 'eventCounted');
	const removedAt = visit.removed ? visit.state.heads[REMOVED]?.at(-1)?.clock : undefined;
	return { visit, removed: visit.removed ?? false, removedAt, isTorn: torn };
}

/** The clock with which somebody said how an event's day ended, or that it goes on. */
async function doneAt({ db }: Device, event: string, date: string): Promise<string> {
	const row = await db.records.get([EVENT, event]);
	return (row && unseal<RecordState>(row).heads[doneField(date)]?.at(-1)?.clock) ?? '';
}

/**
 * Brings the visit of an event's day to what was counted, where this member has ended it: see `settling`. It reads and writes this device alone, and may
 * run as often as anybody likes.
 *
 * @param byHand somebody ends it now, however long ago it was
 */
export async function settleEvent(
	device: Device,
	stamp: Stamp,
	event: string,
	date: string,
	now: number,
	byHand = false
): Promise<void> {
	const { db, membership } = device;
	const [events, sheets, places] = await Promise.all([eventsOf(db), sheetsOf(db, event, date), desks(db)]);
	const found = events.find(({ id }) => id === event);
	const day = found && dayOn(found, date);
	const id = eventVisitId(event, date);
	const lying = await storedVisit(device, id);
	if (!day || lying === 'locked') return;
	const counts = countsOf(sheets);
	const stored = await broughtBack(device, stamp, day, lying, counts.total);
	const desk = places.find((one) => one.id === day.event.desk);
	const step = settling(stored, day, counts, { own: membership.id, desk, now, byHand });
	if (step?.write === 'all') await addOnce(device, stamp, id, step.fields, now);
	else if (step) await changeVisit(device, stamp, id, step.fields);
}

/**
 * The visit, brought back where it went because the event was opened again, and it was ended anew while the vault was locked: then nobody could read that there was one. Whoever
 * removed it by hand did so after the end.
 */
async function broughtBack(
	device: Device,
	stamp: Stamp,
	{ event, date }: EventDay,
	stored: Exclude<Awaited<ReturnType<typeof storedVisit>>, 'locked'>,
	total: number
): Promise<EventVisit | undefined> {
	const done = doneOn(event, date);
	if (!stored?.removedAt || done?.state !== 'held' || done.by !== device.membership.id || total === 0)
		return stored;
	if (stored.removedAt > (await doneAt(device, event.id, date))) return stored;
	await removeVisit(device, stamp, eventVisitId(event.id, date), false);
	return { ...stored, removed: false };
}

/** Another tab may do the same in this moment: the id is the same, and so is what it says. */
async function addOnce(device: Device, stamp: Stamp, id: string, fields: FieldValues, now: number) {
	try {
		await addVisit(device, stamp, fields, { id, now });
	} catch (error) {
		if (!(await device.db.visits.get(id))) throw error;
	}
}

/** Ends an event's day: it was held, and then it makes its visit where anybody came, or it was not. Saved when this resolves. */
export async function endEvent(
	device: Device,
	stamp: Stamp,
	{ event, date }: Pick<EventDay, 'event' | 'date'>,
	state: Done['state'],
	now: number
): Promise<void> {
	const by = device.membership.id;
	await writeEvent(device, stamp, event.id, { [doneField(date)]: { state, by } });
	const id = eventVisitId(event.id, date);
	const stored = await storedVisit(device, id);
	// It was ended before, opened again, and ended now.
	if (stored && stored !== 'locked') {
		const { total } = countsOf(await sheetsOf(device.db, event.id, date));
		const stands = state === 'held' && total > 0;
		if (stored.removed === stands) await removeVisit(device, stamp, id, !stands);
	}
	await settleEvent(device, stamp, event.id, date, now, true);
}

/** Opens an event again that this member has ended: its visit goes until it is ended anew. What was counted stays. */
export async function reopenEvent(
	device: Device,
	stamp: Stamp,
	{ event, date }: Pick<EventDay, 'event' | 'date'>
): Promise<void> {
	// In this order: where the page is killed in between, the visit stands, and ending anew finds it.
	await writeEvent(device, stamp, event.id, { [doneField(date)]: null });
	const id = eventVisitId(event.id, date);
	if (await device.db.visits.get(id)) await removeVisit(device, stamp, id);
}
