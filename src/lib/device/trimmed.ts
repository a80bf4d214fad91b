import type { RecordState } from '#lib/domain/record.ts';
import type { WireOp } from '#lib/protocol/sync.ts';
import { readMeta, writeMeta } from './device.ts';
import type { MembershipDb } from './membership-db.ts';
import { rewriteSent } from './rewrite-sent.ts';
import { isReadable, unseal } from './rows.ts';
import { opsOf } from './sent-ops.ts';
import { VISIT } from './visits.ts';

/** Values whose period is over leave a record without anything in their place (decision 0025); nothing else does. */
const isTrimmed = ({ heads, seen }: RecordState, field: string) =>
	(seen[field]?.length ?? 0) > 0 && (heads[field]?.length ?? 0) === 0;

/**
 * Notes of which records values have been trimmed, inside the caller's transaction: the sent list, which is not in reach of it, may still hold them.
 * `trimSent` follows.
 */
export async function noteTrimmed(
	db: MembershipDb,
	changed: readonly { collection: string; recordId: string; state?: unknown }[]
): Promise<void> {
	const trimmed = changed.flatMap(({ collection, recordId: id, state }) => {
		const known = state as RecordState | undefined;
		return known && Object.keys(known.seen).some((field) => isTrimmed(known, field))
			? [{ collection, id }]
			: [];
	});
	if (trimmed.length > 0)
		await writeMeta(db, 'trimmed', [...((await readMeta(db, 'trimmed')) ?? []), ...trimmed]);
}

/** Takes values that were trimmed out of the sent list; whatever it cannot finish now the next run does. */
export async function trimSent(db: MembershipDb): Promise<void> {
	const noted = (await readMeta(db, 'trimmed')) ?? [];
	// What is sealed waits until the vault is open.
	if (noted.length === 0 || db.guard?.locked) return;
	const states = new Map<string, RecordState>();
	for (const { collection, id } of noted) {
		const row = collection === VISIT ? await db.visits.get(id) : await db.records.get([collection, id]);
		if (row && isReadable(row)) states.set(`${collection} ${id}`, unseal<RecordState>(row));
	}
	const ids = new Set(noted.map(({ id }) => id));
	const keys = await db.sent
		.where('records')
		.anyOf([...ids])
		.distinct()
		.primaryKeys();
	for (const row of await db.sent.bulkGet(keys)) {
		if (!row) continue;
		const ops = await opsOf(db, row);
		const left = ops.map((op) => withoutTrimmed(op, states.get(`${op.collection} ${op.recordId}`)));
		if (left.some((op, index) => op !== ops[index])) await rewriteSent(db, row, left);
	}
	await db.transaction('rw', db.meta, async () => {
		const since = (await readMeta(db, 'trimmed')) ?? [];
		await writeMeta(db, 'trimmed', since.slice(noted.length));
	});
}

/** The op as the server's journal has it, too: without these fields, and with all else. */
function withoutTrimmed(op: WireOp, state: RecordState | undefined): WireOp {
	if (!state) return op;
	const entries = Object.entries(op.fields);
	const fields = entries.filter(
		([field]) => !(isTrimmed(state, field) && state.seen[field]?.includes(op.clock))
	);
	return fields.length === entries.length ? op : { ...op, fields: Object.fromEntries(fields) };
}
