import { EVENT, EVENT_COUNT } from '#lib/domain/event-records.ts';
import { readEvent, readSheet, type CountSheet, type OrganisedEvent } from '#lib/domain/event.ts';
import type { MembershipDb } from './membership-db.ts';
import { standing } from './records.ts';

/** The events of the organisation; what another version wrote in a form unknown here is left out. */
export async function eventsOf(db: MembershipDb): Promise<OrganisedEvent[]> {
	const rows = await db.records.where('collection').equals(EVENT).toArray();
	return rows.flatMap((row) => readEvent(row.id, standing(row) ?? {}) ?? []);
}

/** What everybody's devices have counted, as far as this one has heard of it. */
export async function countSheets(db: MembershipDb): Promise<CountSheet[]> {
	const rows = await db.records.where('collection').equals(EVENT_COUNT).toArray();
	return rows.flatMap((row) => readSheet(standing(row)) ?? []);
}

/** The same of one event on a civil date. */
export const sheetsOf = async (db: MembershipDb, event: string, date: string): Promise<CountSheet[]> =>
	(await countSheets(db)).filter((sheet) => sheet.event === event && sheet.date === date);
