import { MAX_CHANGES } from '#lib/protocol/limits.ts';
import type { Change } from '#lib/protocol/sync.ts';
import { readStates } from '#lib/server/storage/record-states.ts';
import type { Store } from '#lib/server/storage/store.ts';

/**
 * The parts of the scope that every member reads: desks, tour and settings of the organisation, and its directory. One fixed
 * scope for now; further parts come with their own cursors.
 */
const FIXED_SCOPE = ['organisation', 'directory'] as const;

/** A cursor is opaque to clients: `1.` and the last change number that they have. */
const CURSOR = /^1\.(\d{1,15})$/;

/** Where a cursor stands; one of another make starts from zero, which costs bytes and loses nothing. */
function position(cursor: string | undefined): number {
	const found = CURSOR.exec(cursor ?? '');
	return found ? Number(found[1]) : 0;
}

/** What is new for a device since its cursors, at most MAX_CHANGES, in the order of change numbers within each part. */
export async function changesSince(
	store: Store,
	organisation: string,
	cursors: Readonly<Record<string, string>>
): Promise<{ changes: Change[]; cursors: Record<string, string>; more: boolean }> {
	const changes: Change[] = [];
	const reached: Record<string, string> = {};
	let more = false;
	for (const part of FIXED_SCOPE) {
		const from = position(cursors[part]);
		const room = MAX_CHANGES - changes.length;
		const rows = await store.db
			.selectFrom('records')
			.select(['collection', 'id', 'change_number', 'state'])
			.where('organisation_id', '=', organisation)
			.where('part', '=', part)
			.where('change_number', '>', from)
			.orderBy('change_number')
			.limit(room + 1)
			.execute();
		if (rows.length > room) more = true;
		const given = rows.slice(0, room);
		const texts = given.map(({ state }) => state);
		const states = await readStates(store.db, store, organisation, texts);
		given.forEach(({ collection, id, change_number }, index) =>
			changes.push({ part, collection, recordId: id, change: change_number, state: states[index] })
		);
		const last = given.at(-1)?.change_number;
		if (last !== undefined) reached[part] = `1.${last}`;
		else if (cursors[part] === undefined) reached[part] = '1.0';
	}
	return { changes, cursors: reached, more };
}
