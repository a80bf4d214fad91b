import { newId } from '#lib/domain/ids.ts';
import { shareKinds, type ShareKind } from '#lib/domain/shared.ts';
import { CODE_LIFETIMES } from '#lib/protocol/accounts.ts';
import type { ShareOffer, SharingAnswer } from '#lib/protocol/sharing.ts';
import { newCode, secretHash } from '#lib/server/accounts/secrets.ts';
import { ApiError } from '#lib/server/api-error.ts';
import { note, type Doer } from '#lib/server/audit/note.ts';
import { acrossOrganisations } from '#lib/server/storage/reach.ts';
import type { Database } from '#lib/server/storage/schema.ts';
import type { Store, Trx } from '#lib/server/storage/store.ts';
import { deliverShared, type AcceptedShare } from './deliver-shared.ts';
import { linesOf } from './lines.ts';

/**
 * What organisations let each other see (decision 0047). A share is of two organisations, so this reaches over the wall between them: each statement names
 * the one that it is about, and nothing here answers with anything of the other one but its name and the lines of domain/shared.ts.
 */

type Row = Database['shares'];

const kindsOf = ({ kinds }: Pick<Row, 'kinds'>): ShareKind[] => {
	const said = JSON.parse(kinds) as string[];
	return shareKinds.filter((kind) => said.includes(kind));
};

const acceptedShare = (row: Row): AcceptedShare | undefined =>
	row.receiver_id === null
		? undefined
		: {
				id: row.id,
				giver: row.organisation_id,
				receiver: row.receiver_id,
				kinds: kindsOf(row),
				acceptedAt: Number(row.accepted_at)
			};

/** A transaction that may touch both organisations. */
const across = <T>(store: Store, task: (trx: Trx) => Promise<T>): Promise<T> =>
	acrossOrganisations(() => store.write(task));

const noteShare = (
	trx: Trx,
	by: Doer,
	event: 'share' | 'share-accept' | 'share-end',
	id: string,
	now: number
) => note(trx, by, [{ event, kind: 'share', ids: [id] }], now);

/** Whoever enters a code sees every line before it is used: both trails say so. */
const noteLook = async (trx: Trx, by: Doer, row: Row, now: number) => {
	const look = [{ event: 'read', kind: 'share', ids: [row.id] }] as const;
	await note(trx, by, look, now);
	await note(trx, { organisation: row.organisation_id }, look, now);
};

/** The row of a share, held until the transaction ends: whoever delivers it waits for whoever does already. */
async function heldRow(
	trx: Trx,
	{ kind }: Store,
	giver: string | undefined,
	id: string
): Promise<Row | undefined> {
	let query = trx.selectFrom('shares').selectAll().where('id', '=', id);
	if (giver !== undefined) query = query.where('organisation_id', '=', giver);
	if (kind === 'postgres') query = query.forUpdate();
	return query.executeTakeFirst();
}

/** Begins a share. Nothing is seen before somebody accepts it with the code. */
export async function beginShare(
	store: Store,
	by: Doer,
	kinds: readonly ShareKind[],
	now: number
): Promise<{ id: string; code: string; expires: number }> {
	const made = { id: newId(now), code: newCode(), expires: now + CODE_LIFETIMES.sent };
	await store.write(async (trx) => {
		await trx
			.insertInto('shares')
			.values({
				organisation_id: by.organisation,
				id: made.id,
				kinds: JSON.stringify(kinds),
				created_at: now,
				code_hash: secretHash(made.code),
				expires_at: made.expires,
				receiver_id: null,
				accepted_at: null
			})
			.execute();
		await noteShare(trx, by, 'share', made.id, now);
	});
	return made;
}

/** Has the other organisation see something else from now on. Throws 404 where the share is not this organisation's to give. */
export async function changeShare(
	store: Store,
	by: Doer,
	id: string,
	kinds: readonly ShareKind[],
	now: number
): Promise<void> {
	await across(store, async (trx) => {
		const row = await heldRow(trx, store, by.organisation, id);
		if (!row) throw new ApiError(404, 'not_found');
		const changed = { ...row, kinds: JSON.stringify(kinds) };
		await trx
			.updateTable('shares')
			.set({ kinds: changed.kinds })
			.where('organisation_id', '=', by.organisation)
			.where('id', '=', id)
			.execute();
		await noteShare(trx, by, 'share', id, now);
		if (row.receiver_id !== null) await noteShare(trx, { organisation: row.receiver_id }, 'share', id, now);
		await deliver(trx, store, changed, now);
	});
}

/** Ends a share, whichever of the two wants it. Throws 404 where it is neither's. */
export async function endShare(store: Store, by: Doer, id: string, now: number): Promise<void> {
	await across(store, async (trx) => {
		const row = await heldRow(trx, store, undefined, id);
		if (!row || (row.organisation_id !== by.organisation && row.receiver_id !== by.organisation))
			throw new ApiError(404, 'not_found');
		await end(trx, store, row, now);
		await noteShare(trx, by, 'share-end', id, now);
		const other = row.organisation_id === by.organisation ? row.receiver_id : row.organisation_id;
		if (other !== null) await noteShare(trx, { organisation: other }, 'share-end', id, now);
	});
}

async function end(trx: Trx, store: Store, row: Row, now: number): Promise<void> {
	await trx
		.deleteFrom('shares')
		.where('organisation_id', '=', row.organisation_id)
		.where('id', '=', row.id)
		.execute();
	if (row.receiver_id !== null)
		await deliverShared(trx, store, { share: row.id, receiver: row.receiver_id }, undefined, now);
}

async function deliver(trx: Trx, store: Store, row: Row, now: number): Promise<void> {
	const accepted = acceptedShare(row);
	if (accepted)
		await deliverShared(trx, store, { share: accepted.id, receiver: accepted.receiver }, accepted, now);
}

/** The share that a code is for. A code that is unknown, used, over or one's own gets one and the same answer. */
async function rowOfCode(
	trx: Trx,
	{ kind }: Store,
	receiver: string,
	code: string,
	now: number
): Promise<Row> {
	let query = trx
		.selectFrom('shares')
		.selectAll()
		.where('code_hash', '=', secretHash(code))
		.where('receiver_id', 'is', null)
		.where('expires_at', '>', now)
		.where('organisation_id', '!=', receiver);
	if (kind === 'postgres') query = query.forUpdate();
	const row = await query.executeTakeFirst();
	if (!row) throw new ApiError(404, 'code_wrong');
	return row;
}

/** What a code is for: who shares, and every line that would come. With `accept` it comes, and the code is used. */
export async function openShareCode(
	store: Store,
	by: Doer,
	code: string,
	accept: boolean,
	now: number
): Promise<ShareOffer> {
	const receiver = by.organisation;
	return across(store, async (trx) => {
		const row = await rowOfCode(trx, store, receiver, code, now);
		const { name } = await trx
			.selectFrom('organisations')
			.select('name')
			.where('id', '=', row.organisation_id)
			.executeTakeFirstOrThrow();
		if (accept) await acceptShare(trx, store, by, row, now);
		else await noteLook(trx, by, row, now);
		return { name, lines: await linesOf(trx, store, row.organisation_id, kindsOf(row), now) };
	});
}

async function acceptShare(trx: Trx, store: Store, by: Doer, row: Row, now: number): Promise<void> {
	const { organisation_id: giver, id } = row;
	// One share each way: a newer one takes the place of an older one.
	let query = trx
		.selectFrom('shares')
		.selectAll()
		.where('organisation_id', '=', giver)
		.where('receiver_id', '=', by.organisation);
	if (store.kind === 'postgres') query = query.forUpdate();
	for (const former of await query.execute()) {
		await end(trx, store, former, now);
		await noteShare(trx, by, 'share-end', former.id, now);
		await noteShare(trx, { organisation: giver }, 'share-end', former.id, now);
	}
	const accepted = { ...row, code_hash: null, receiver_id: by.organisation, accepted_at: now };
	await trx
		.updateTable('shares')
		.set({ code_hash: null, receiver_id: by.organisation, accepted_at: now })
		.where('organisation_id', '=', giver)
		.where('id', '=', id)
		.execute();
	await noteShare(trx, by, 'share-accept', id, now);
	await noteShare(trx, { organisation: giver }, 'share-accept', id, now);
	await deliver(trx, store, accepted, now);
}

/** What an organisation gives and receives. */
export async function sharingOf({ db }: Store, organisation: string): Promise<SharingAnswer> {
	const rows = await acrossOrganisations(() =>
		db
			.selectFrom('shares')
			.innerJoin('organisations as giver', 'giver.id', 'shares.organisation_id')
			.leftJoin('organisations as receiver', 'receiver.id', 'shares.receiver_id')
			.select([
				'shares.id',
				'shares.organisation_id',
				'shares.kinds',
				'shares.expires_at',
				'shares.accepted_at',
				'giver.name as giver',
				'receiver.name as receiver'
			])
			.where((eb) =>
				eb.or([eb('shares.organisation_id', '=', organisation), eb('shares.receiver_id', '=', organisation)])
			)
			.orderBy('shares.created_at')
			.orderBy('shares.id')
			.execute()
	);
	const own = rows.filter((row) => row.organisation_id === organisation);
	const others = rows.filter((row) => row.organisation_id !== organisation);
	return {
		given: own.map(({ id, receiver, accepted_at, expires_at, ...row }) => ({
			id,
			kinds: kindsOf(row),
			name: receiver,
			at: Number(accepted_at ?? expires_at)
		})),
		received: others.map(({ id, giver, accepted_at, ...row }) => ({
			id,
			kinds: kindsOf(row),
			name: giver,
			at: Number(accepted_at)
		}))
	};
}

/**
 * Brings what others have of an organisation, or of every one, up to what it shares now. Shares that nobody has accepted are looked at, too: one that is being
 * accepted at this moment holds its row, and may have read what stood before.
 */
export async function refreshShared(store: Store, now: number, giver?: string): Promise<void> {
	const rows = await acrossOrganisations(() =>
		store.db
			.selectFrom('shares')
			.select(['organisation_id', 'id'])
			.$if(giver !== undefined, (query) => query.where('organisation_id', '=', giver!))
			.orderBy('id')
			.execute()
	);
	for (const { organisation_id, id } of rows)
		await across(store, async (trx) => {
			const row = await heldRow(trx, store, organisation_id, id);
			if (row) await deliver(trx, store, row, now);
		});
}
