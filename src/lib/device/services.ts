import { emptyRecord, join, removal, shownValues, type RecordState } from '#lib/domain/record.ts';
import { readService, SERVICE } from '#lib/domain/service-record.ts';
import type { Service } from '#lib/domain/service.ts';
import type { Device } from './device.ts';
import { packStates } from './pack-contents.ts';
import { unseal } from './rows.ts';

/**
 * The organisation's directory on this device: what the server has said of it, in the database that all memberships share, and above it
 * what this membership has written and the server has not given back yet. Apart from `records.ts`: the first screen does without it.
 */
type Read = Pick<Device, 'db' | 'open' | 'membership'>;

/** An entry with the state it was read from. */
export interface StoredService {
	service: Service;
	state: RecordState;
}

/** What the server has said of these entries, or of all: the pack in use, and over it the rows that came later. */
async function said({ open, membership }: Read, ids?: readonly string[]): Promise<Map<string, RecordState>> {
	const { organisation } = membership;
	const [states, rows] = await Promise.all([
		packStates(open, organisation, ids),
		ids
			? open.services.bulkGet(ids.map((id): [string, string] => [organisation, id]))
			: open.services.where('organisation').equals(organisation).toArray()
	]);
	for (const row of rows) if (row) states.set(row.id, unseal<RecordState>(row));
	return states;
}

/** Every entry that stands, or those of these ids; what another version wrote in a form unknown here is left out. */
export async function storedServices(device: Read, ids?: readonly string[]): Promise<StoredService[]> {
	const { db } = device;
	const [states, own] = await Promise.all([
		said(device, ids),
		ids
			? db.records.bulkGet(ids.map((id): [string, string] => [SERVICE, id]))
			: db.records.where('collection').equals(SERVICE).toArray()
	]);
	for (const row of own) {
		if (!row) continue;
		const edits = unseal<RecordState>(row);
		const state = states.get(row.id);
		states.set(row.id, state ? join(state, edits) : edits);
	}
	return [...states].flatMap(([id, state]) => {
		const service = removal(state) === 'yes' ? undefined : readService(id, shownValues(state));
		return service ? [{ service, state }] : [];
	});
}

export async function services(device: Read): Promise<Service[]> {
	return (await storedServices(device)).map(({ service }) => service);
}

/** Some services by id, without reading all of them. */
export async function someServices(device: Read, ids: readonly string[]): Promise<Service[]> {
	return (await storedServices(device, ids)).map(({ service }) => service);
}

/** What the search of this device has to take in: everything, or where a pack is in use what differs from it. */
export interface LocalServices {
	/** Cursor of the pack in use. */
	pack: string | undefined;
	services: Service[];
	/** Entries that the pack has in an older state, or has and should not: the pack's own word on them is not to be found. */
	changed: string[];
}

export async function localServices(device: Read): Promise<LocalServices> {
	const { db, open, membership } = device;
	const { organisation } = membership;
	const installed = (await open.packs.get(organisation))?.installed;
	const pack = installed?.cursor;
	if (pack === undefined) return { pack, services: await services(device), changed: [] };
	const [rows, own] = await Promise.all([
		open.services.where('organisation').equals(organisation).primaryKeys(),
		db.records.where('collection').equals(SERVICE).primaryKeys()
	]);
	const { ids = [], gone = [] } = installed?.unindexed ?? {};
	const changed = [...new Set([...[...rows, ...own].map(([, id]) => id), ...ids])];
	// Entries of the index that stand for nothing have no text for an id.
	const hidden = gone.length > 0 ? [...changed, ''] : changed;
	return { pack, services: await someServices(device, changed), changed: hidden };
}

/** An entry's state, also of one that does not stand; empty where there is none. */
export async function serviceState(device: Read, id: string): Promise<RecordState> {
	const [states, own] = await Promise.all([said(device, [id]), device.db.records.get([SERVICE, id])]);
	const state = states.get(id) ?? emptyRecord;
	return own ? join(state, unseal<RecordState>(own)) : state;
}

/**
 * Lets go of what this membership wrote into these entries where the server has given all of it back.
 */
export async function dropGivenBack(device: Read, ids: readonly string[]): Promise<void> {
	const { db } = device;
	const states = await said(device, ids);
	const own = (await db.records.bulkGet(ids.map((id): [string, string] => [SERVICE, id]))).flatMap(
		(row) => row ?? []
	);
	for (const row of own) {
		const there = states.get(row.id) ?? emptyRecord;
		if (!holds(there, unseal<RecordState>(row))) continue;
		await db.transaction('rw', db.records, async () => {
			// It may have been written on meanwhile.
			const now = await db.records.get([SERVICE, row.id]);
			if (now?.body === row.body) await db.records.delete([SERVICE, row.id]);
		});
	}
}

/** Whether a state has every value of another one, or has seen it replaced. */
function holds(state: RecordState, part: RecordState): boolean {
	const own = <T>(fields: Readonly<Record<string, T[]>>, field: string): T[] =>
		Object.hasOwn(fields, field) ? (fields[field] ?? []) : [];
	return Object.entries(part.heads).every(([field, heads]) =>
		heads.every(
			({ clock, opId }) =>
				own(state.heads, field).some((head) => head.opId === opId) || own(state.seen, field).includes(clock)
		)
	);
}
