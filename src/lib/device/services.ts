import { emptyRecord, join, removal, shownValues, type RecordState } from '#lib/domain/record.ts';
import { readService, SERVICE } from '#lib/domain/service-record.ts';
import type { Service } from '#lib/domain/service.ts';
import type { Device } from './device.ts';
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

/** Every entry that stands; what another version wrote in a form unknown here is left out. */
export async function storedServices({ db, open, membership }: Read): Promise<StoredService[]> {
	const [rows, own] = await Promise.all([
		open.services.where('organisation').equals(membership.organisation).toArray(),
		db.records.where('collection').equals(SERVICE).toArray()
	]);
	const written = new Map(own.map((row) => [row.id, unseal<RecordState>(row)]));
	const states = rows.map((row) => {
		const state = unseal<RecordState>(row);
		const edits = written.get(row.id);
		written.delete(row.id);
		return { id: row.id, state: edits ? join(state, edits) : state };
	});
	for (const [id, state] of written) states.push({ id, state });
	return states.flatMap(({ id, state }) => {
		const service = removal(state) === 'yes' ? undefined : readService(id, shownValues(state));
		return service ? [{ service, state }] : [];
	});
}

export async function services(device: Read): Promise<Service[]> {
	return (await storedServices(device)).map(({ service }) => service);
}

/** An entry's state, also of one that does not stand; empty where there is none. */
export async function serviceState({ db, open, membership }: Read, id: string): Promise<RecordState> {
	const [row, own] = await Promise.all([
		open.services.get([membership.organisation, id]),
		db.records.get([SERVICE, id])
	]);
	const state = row ? unseal<RecordState>(row) : emptyRecord;
	return own ? join(state, unseal<RecordState>(own)) : state;
}

/**
 * Lets go of what this membership wrote into these entries where the server has given all of it back.
 */
export async function dropGivenBack({ db, open, membership }: Read, ids: readonly string[]): Promise<void> {
	const own = (await db.records.bulkGet(ids.map((id): [string, string] => [SERVICE, id]))).flatMap(
		(row) => row ?? []
	);
	for (const row of own) {
		const said = await open.services.get([membership.organisation, row.id]);
		const there = said ? unseal<RecordState>(said) : emptyRecord;
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
