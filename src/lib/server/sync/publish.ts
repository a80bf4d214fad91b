import { nextClock } from '#lib/domain/clock.ts';
import { newId } from '#lib/domain/ids.ts';
import type { JsonValue } from '#lib/domain/json.ts';
import { baseOf, emptyRecord, join, opState, REMOVED, type RecordState } from '#lib/domain/record.ts';
import { SERVER_AUTHOR } from '#lib/domain/service-record.ts';
import { readState, writeState } from '#lib/domain/record-text.ts';
import type { Database } from '#lib/server/storage/schema.ts';
import type { Trx } from '#lib/server/storage/store.ts';

/** A record that the organisation itself writes: desks, receptions, the directory. */
export interface Publication {
	collection: string;
	id: string;
	part: 'organisation' | 'directory';
	fields: Record<string, JsonValue>;
}

/** The replica of what the server writes itself. */
const SERVER_REPLICA = '0000000000000000';

/** A record with these fields as somebody writes them, on the server, over whatever stands there. */
export function joinBy(
	author: string,
	before: RecordState,
	{ collection, id, fields }: Pick<Publication, 'collection' | 'id' | 'fields'>,
	now: number
): RecordState {
	// A removal covers all that its author saw.
	const base = baseOf(before, Object.keys(fields[REMOVED] === true ? before.heads : fields));
	const clock = nextClock(now, SERVER_REPLICA, Object.values(base).flat());
	const op = { opId: newId(now), collection, recordId: id, fields, clock, base, schema: 1 };
	return join(before, opState(op, author));
}

/** The same, as the server itself writes them. */
export const joinAsServer = (
	before: RecordState,
	publication: Pick<Publication, 'collection' | 'id' | 'fields'>,
	now: number
): RecordState => joinBy(SERVER_AUTHOR, before, publication, now);

/** Writes records as the server, by the same join as everybody, and gives them change numbers. */
export async function publish(
	trx: Trx,
	organisation: string,
	publications: readonly Publication[],
	now: number
): Promise<void> {
	if (publications.length === 0) return;
	const counter = await trx
		.updateTable('counters')
		.set((eb) => ({ change_number: eb('change_number', '+', publications.length) }))
		.where('organisation_id', '=', organisation)
		.returning('change_number')
		.executeTakeFirstOrThrow();
	let change = Number(counter.change_number) - publications.length;
	const states = await statesOf(trx, organisation, publications);
	const rows = new Map<string, Database['records']>();
	for (const { collection, id, part, fields } of publications) {
		const key = keyOf({ collection, id });
		const state = joinAsServer(states.get(key) ?? emptyRecord, { collection, id, fields }, now);
		states.set(key, state);
		change += 1;
		rows.set(key, {
			organisation_id: organisation,
			collection,
			id,
			part,
			change_number: change,
			state: writeState(state)
		});
	}
	for (const some of inParts([...rows.values()]))
		await trx
			.insertInto('records')
			.values(some)
			.onConflict((conflict) =>
				conflict.columns(['organisation_id', 'collection', 'id']).doUpdateSet((eb) => ({
					change_number: eb.ref('excluded.change_number'),
					state: eb.ref('excluded.state'),
					part: eb.ref('excluded.part')
				}))
			)
			.execute();
}

/** Records that one statement reads or writes: a way to the database for each would make a first start slow. */
const AT_ONCE = 200;

const inParts = <T>(all: readonly T[]): T[][] =>
	Array.from({ length: Math.ceil(all.length / AT_ONCE) }, (_, part) =>
		all.slice(part * AT_ONCE, (part + 1) * AT_ONCE)
	);

const keyOf = ({ collection, id }: Pick<Publication, 'collection' | 'id'>) => `${collection} ${id}`;

/** What stands there of these records. */
async function statesOf(
	trx: Trx,
	organisation: string,
	publications: readonly Publication[]
): Promise<Map<string, RecordState>> {
	const states = new Map<string, RecordState>();
	for (const [collection, ofOne] of Map.groupBy(publications, (publication) => publication.collection))
		for (const some of inParts(ofOne)) {
			const rows = await trx
				.selectFrom('records')
				.select(['id', 'state'])
				.where('organisation_id', '=', organisation)
				.where('collection', '=', collection)
				.where(
					'id',
					'in',
					some.map(({ id }) => id)
				)
				.execute();
			for (const { id, state } of rows) states.set(keyOf({ collection, id }), readState(state));
		}
	return states;
}
