import type { Kysely } from 'kysely';
import type { JsonValue } from '#lib/domain/json.ts';
import { emptyRecord, opState, type Op, type RecordState } from '#lib/domain/record.ts';
import { among } from './many-rows.ts';
import { readState } from '#lib/domain/record-text.ts';
import type { Database } from './schema.ts';
import type { Store } from './store.ts';

/**
 * The column `records.state`. What one op made and no other touched is held once, in the journal: the column says `@` and the
 * op's id, and who wrote it. Half of what a batch would write is saved, and what is erased from the journal is gone from here.
 */
const BY_ONE_OP = /^@(\S+) (\S+)$/;

/** The column's text for a record that was erased. The row stays, so that nobody makes the record anew and everybody hears of it. */
export const ERASED = '';

/** The column's text for a record that this op alone has made. Its body must be in the journal. */
export function pointTo(opId: string, author: string): string {
	return `@${opId} ${author}`;
}

/**
 * Reads many columns at once, in their order. What was erased is empty: what it was made of is kept nowhere.
 */
export async function readStates(
	db: Kysely<Database>,
	store: Pick<Store, 'kind'>,
	organisation: string,
	texts: readonly string[]
): Promise<RecordState[]> {
	const pointers = texts.map((text) => BY_ONE_OP.exec(text));
	const opIds = pointers.flatMap((pointer) => (pointer?.[1] ? [pointer[1]] : []));
	const bodies = new Map<string, string>();
	if (opIds.length > 0) {
		const rows = await db
			.selectFrom('journal_bodies')
			.select(['op_id', 'body'])
			.where('organisation_id', '=', organisation)
			.where(among(store, 'op_id', opIds))
			.execute();
		for (const { op_id, body } of rows) bodies.set(op_id, body);
	}
	return texts.map((text, index) => {
		const [, opId, author] = pointers[index] ?? [];
		if (text === ERASED) return emptyRecord;
		if (opId === undefined || author === undefined) return readState(text);
		const body = bodies.get(opId);
		if (!body) return emptyRecord;
		const said = JSON.parse(body) as Pick<Op, 'clock' | 'schema'> & {
			fields: Record<string, JsonValue>;
			base: Record<string, string[]>;
		};
		return opState({ ...said, opId, collection: '', recordId: '' }, author);
	});
}
