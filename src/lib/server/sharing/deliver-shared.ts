import { idFrom } from '#lib/domain/id-from.ts';
import type { JsonValue } from '#lib/domain/json.ts';
import { shownValues, type RecordState } from '#lib/domain/record.ts';
import { readState } from '#lib/domain/record-text.ts';
import { sameJson } from '#lib/domain/same-json.ts';
import { SHARED } from '#lib/domain/shared-records.ts';
import { giverFields, type ShareKind, type SharedLine } from '#lib/domain/shared.ts';
import { ORGANISATION_PART } from '#lib/protocol/parts.ts';
import { among, insertRows } from '#lib/server/storage/many-rows.ts';
import type { Store, Trx } from '#lib/server/storage/store.ts';
import { publish } from '#lib/server/sync/publish.ts';
import { linesOf } from './lines.ts';

/** A share that somebody has accepted. */
export interface AcceptedShare {
	id: string;
	giver: string;
	receiver: string;
	kinds: readonly ShareKind[];
	acceptedAt: number;
}

type Fields = Record<string, JsonValue>;

/** Which record of the receiver a line is: another share of the same line is another one, and nobody can choose it. */
const recordOf = (share: string, line: string) => idFrom('shared', share, line);

/** Every record that the receiver should have of a share. */
async function wantedOf(
	trx: Trx,
	store: Pick<Store, 'kind'>,
	{ id: share, giver, kinds, acceptedAt }: AcceptedShare,
	now: number
): Promise<Map<string, Fields>> {
	const { name } = await trx
		.selectFrom('organisations')
		.select('name')
		.where('id', '=', giver)
		.executeTakeFirstOrThrow();
	const lines: SharedLine[] = await linesOf(trx, store, giver, kinds, now);
	const wanted = new Map<string, Fields>([[share, { share, ...giverFields(name, kinds, acceptedAt) }]]);
	for (const { id, fields } of lines) wanted.set(await recordOf(share, id), { share, ...fields });
	return wanted;
}

/** What the receiver has of a share. */
async function standingOf(trx: Trx, receiver: string, share: string): Promise<Map<string, RecordState>> {
	const rows = await trx
		.selectFrom('records')
		.select(['id', 'state'])
		.where('organisation_id', '=', receiver)
		.where('collection', '=', SHARED)
		.execute();
	const states = rows.map(({ id, state }) => [id, readState(state)] as const);
	return new Map(states.filter(([, state]) => shownValues(state)['share'] === share));
}

/** Values that are to be written, so that the record says what is wanted. What is not said any more is null. */
function changed(wanted: Fields, state: RecordState | undefined): Fields {
	const known: Fields = state ? shownValues(state) : {};
	const left = Object.keys(known).filter((field) => !(field in wanted) && known[field] !== null);
	return Object.fromEntries([
		...Object.entries(wanted).filter(([field, value]) => !sameJson(known[field] ?? null, value)),
		...left.map((field) => [field, null] as const)
	]);
}

/** Takes records out of the receiver's part, for good: its phones are told to let go of them. */
async function depart(trx: Trx, store: Store, receiver: string, ids: readonly string[]): Promise<void> {
	if (ids.length === 0) return;
	const { change_number: last } = await trx
		.updateTable('counters')
		.set((eb) => ({ change_number: eb('change_number', '+', ids.length) }))
		.where('organisation_id', '=', receiver)
		.returning('change_number')
		.executeTakeFirstOrThrow();
	await trx
		.deleteFrom('records')
		.where('organisation_id', '=', receiver)
		.where('collection', '=', SHARED)
		.where(among(store, 'id', ids))
		.execute();
	const rows = ids.map((id, index) => ({
		organisation_id: receiver,
		part: ORGANISATION_PART,
		collection: SHARED,
		id,
		change_number: Number(last) - index
	}));
	await insertRows(
		trx,
		store,
		'departures',
		rows,
		'on conflict (organisation_id, part, collection, id) do update set change_number = excluded.change_number'
	);
}

/**
 * Brings what a receiver has of a share to what its giver shares now; undefined: it is shared no more, and nothing of it stays. The caller holds the row of
 * the share, so of two at once the later one sees all that the earlier one saw, and reaches both organisations.
 */
export async function deliverShared(
	trx: Trx,
	store: Store,
	{ share, receiver }: { share: string; receiver: string },
	accepted: AcceptedShare | undefined,
	now: number
): Promise<void> {
	const standing = await standingOf(trx, receiver, share);
	const wanted = accepted ? await wantedOf(trx, store, accepted, now) : new Map<string, Fields>();
	const publications = [...wanted].flatMap(([id, fields]) => {
		const news = changed(fields, standing.get(id));
		if (Object.keys(news).length === 0) return [];
		return [{ collection: SHARED, id, part: ORGANISATION_PART, fields: news } as const];
	});
	await publish(trx, receiver, publications, now);
	await depart(
		trx,
		store,
		receiver,
		[...standing.keys()].filter((id) => !wanted.has(id))
	);
}
