import { nextClock } from '#lib/domain/clock.ts';
import { newId } from '#lib/domain/ids.ts';
import type { JsonValue } from '#lib/domain/json.ts';
import { baseOf, emptyRecord, join, opState, REMOVED, type RecordState } from '#lib/domain/record.ts';
import { SERVER_AUTHOR } from '#lib/domain/service-record.ts';
import { readState, writeState } from '#lib/domain/record-text.ts';
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
	for (const { collection, id, part, fields } of publications) {
		const row = await trx
			.selectFrom('records')
			.select('state')
			.where('organisation_id', '=', organisation)
			.where('collection', '=', collection)
			.where('id', '=', id)
			.executeTakeFirst();
		const before = row ? readState(row.state) : emptyRecord;
		const state = writeState(joinAsServer(before, { collection, id, fields }, now));
		change += 1;
		await trx
			.insertInto('records')
			.values({ organisation_id: organisation, collection, id, part, change_number: change, state })
			.onConflict((conflict) =>
				conflict
					.columns(['organisation_id', 'collection', 'id'])
					.doUpdateSet({ change_number: change, state, part })
			)
			.execute();
	}
}
