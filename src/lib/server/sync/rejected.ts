import type * as z from 'zod/mini';
import { nextClock } from '#lib/domain/clock.ts';
import { ERASURE } from '#lib/domain/erasure.ts';
import { newId, newReplica } from '#lib/domain/ids.ts';
import { helsinki } from '#lib/domain/dates.ts';
import { removal, shownValues, type Op, type RecordState } from '#lib/domain/record.ts';
import { decisionOf, REJECTION, type RejectionState } from '#lib/domain/rejection.ts';
import { SERVICE_SHOWN } from '#lib/domain/service-shown.ts';
import type { rejectedAnswer } from '#lib/protocol/rejected.ts';
import type { Session } from '#lib/server/accounts/sessions.ts';
import { ApiError } from '#lib/server/api-error.ts';
import { note } from '#lib/server/audit/note.ts';
import { among } from '#lib/server/storage/many-rows.ts';
import { readStates } from '#lib/server/storage/record-states.ts';
import type { Store } from '#lib/server/storage/store.ts';
import { directoryCollections } from './collections.ts';
import { UNOPENED } from './op-text.ts';
import { receive } from './receive.ts';
import { receivedOps } from './received-ops.ts';

/** So many are shown at once; whoever looks through them comes to the others. */
const SHOWN = 200;

type Listed = z.infer<typeof rejectedAnswer>['rejected'];
/** One of them, and the membership that it belongs to, which the audit trail names. */
interface OwnedOp {
	owner: string;
	shown: Listed[number];
}

/**
 * Ops that were rejected and of which nobody has said that they need nobody: those whose visit has no later op with an effect by the
 * same author, and that were not given up. What a revoked device has brought waits in any case: its author writes on elsewhere.
 */
export async function listRejected(store: Store, organisation: string): Promise<OwnedOp[]> {
	const listed: OwnedOp[] = [];
	// What was given up stays rejected: a page of those hides nothing that still waits.
	for (let from = 0; ; from += SHOWN) {
		const rows = await rejectedRows(store, organisation, from);
		listed.push(...(await undecided(store, organisation, rows)));
		if (rows.length < SHOWN || listed.length >= SHOWN) return listed;
	}
}

type RejectedRow = Awaited<ReturnType<typeof rejectedRows>>[number];

function rejectedRows(store: Store, organisation: string, from: number) {
	return receivedOps(store.db)
		.leftJoin('devices', (join) =>
			join
				.onRef('devices.organisation_id', '=', 'journal.organisation_id')
				.onRef('devices.id', '=', 'journal.device_id')
		)
		.select('devices.name as device')
		.where('journal.organisation_id', '=', organisation)
		.where('journal.outcome', '=', 'rejected')
		.where('journal_bodies.body', '!=', '')
		.where(({ and, eb, exists, not, or, selectFrom }) =>
			or([
				and([
					eb('journal.code', '=', 'device_revoked'),
					// What was decided, and counts that nobody would look through.
					eb('journal.collection', 'not in', [REJECTION, SERVICE_SHOWN])
				]),
				and([
					eb('journal.collection', 'not in', [REJECTION, ERASURE, ...directoryCollections]),
					not(
						exists(
							selectFrom('journal as later')
								.select('later.op_id')
								.whereRef('later.organisation_id', '=', 'journal.organisation_id')
								.whereRef('later.record_id', '=', 'journal.record_id')
								.whereRef('later.membership_id', '=', 'journal.membership_id')
								.whereRef('later.received_at', '>', 'journal.received_at')
								.where('later.outcome', 'in', ['applied', 'conflict'])
						)
					)
				])
			])
		)
		.orderBy('journal.received_at', 'desc')
		.orderBy('journal.seq', 'desc')
		.orderBy('journal.op_id')
		.offset(from)
		.limit(SHOWN)
		.execute();
}

async function undecided(
	store: Store,
	organisation: string,
	rows: readonly RejectedRow[]
): Promise<OwnedOp[]> {
	const opIds = rows.map((row) => row.op_id);
	const decided = await decisions(store, organisation, opIds);
	return rows.flatMap((row) => {
		const decision = decided.get(row.op_id);
		const state = (decision && decisionOf(decision)) ?? null;
		if (state === 'discarded' || state === 'mended') return [];
		const { fields } = JSON.parse(row.body) as Pick<Op, 'fields'>;
		const {
			op_id: opId,
			record_id: recordId,
			name: member,
			received_at: receivedAt,
			field,
			collection
		} = row;
		const code = row.code ?? 'unavailable';
		const shown = {
			opId,
			recordId,
			...(collection === 'visit' ? {} : { collection }),
			member,
			receivedAt,
			code,
			field,
			// Bytes that nobody could open say nothing to anybody.
			fields: collection === UNOPENED ? {} : fields,
			state,
			...(code === 'device_revoked' ? { revokedDevice: { id: row.device_id, name: row.device ?? '' } } : {})
		};
		return [{ owner: row.membership_id, shown }];
	});
}

/** The records that say what became of these ops. */
async function decisions(
	store: Store,
	organisation: string,
	opIds: readonly string[]
): Promise<Map<string, RecordState>> {
	if (opIds.length === 0) return new Map();
	const rows = await store.db
		.selectFrom('records')
		.select(['id', 'state'])
		.where('organisation_id', '=', organisation)
		.where('collection', '=', REJECTION)
		.where(among(store, 'id', [...opIds]))
		.execute();
	const texts = rows.map(({ state }) => state);
	const states = await readStates(store.db, store, organisation, texts);
	return new Map(rows.map(({ id }, index) => [id, states[index]!]));
}

/** Desks where visits can be logged today, by name. */
export async function openDesks(
	store: Store,
	organisation: string,
	now: number
): Promise<{ id: string; name: string }[]> {
	const rows = await store.db
		.selectFrom('records')
		.select(['id', 'state'])
		.where('organisation_id', '=', organisation)
		.where('collection', '=', 'desk')
		.execute();
	const texts = rows.map(({ state }) => state);
	const states = await readStates(store.db, store, organisation, texts);
	const today = helsinki(now).date;
	return states
		.flatMap((state, index) => {
			const { name, closedFrom } = shownValues(state);
			const open = removal(state) !== 'yes' && !(typeof closedFrom === 'string' && closedFrom <= today);
			return open && typeof name === 'string' ? [{ id: rows[index]!.id, name }] : [];
		})
		.sort((a, b) => a.name.localeCompare(b.name, 'fi'));
}

/** Decides about a rejected op from the office. */
export async function decide(
	store: Store,
	session: Session,
	opId: string,
	state: RejectionState,
	now: number
): Promise<void> {
	const rejected = await store.db
		.selectFrom('journal')
		.select('membership_id')
		.where('organisation_id', '=', session.organisation)
		.where('op_id', '=', opId)
		.where('outcome', '=', 'rejected')
		.executeTakeFirst();
	if (!rejected) throw new ApiError(404, 'not_found');
	await noteDecision(store, session, { id: opId, owner: rejected.membership_id }, state, now);
}

/** Writes what became of a rejected op. It is an op like every other, so the journal says who decided, and phones hear of it. */
export async function noteDecision(
	store: Store,
	{ organisation, membership, device, role }: Session,
	{ id: opId, owner }: { id: string; owner: string },
	state: RejectionState,
	now: number
): Promise<void> {
	const known = (await decisions(store, organisation, [opId])).get(opId);
	const seen = (known?.heads.state ?? []).map(({ clock }) => clock);
	const replica = newReplica();
	const [receipt] = await receive(
		store,
		{ organisation, membership, device, role },
		[
			{
				opId: newId(now),
				replica,
				seq: 1,
				collection: REJECTION,
				recordId: opId,
				fields: { state },
				clock: nextClock(now, replica, seen),
				...(seen.length > 0 ? { base: { state: seen } } : {}),
				schema: 1
			}
		],
		now
	);
	if (receipt?.outcome !== 'applied' && receipt?.outcome !== 'conflict')
		throw new ApiError(403, 'not_allowed');
	const decided = { event: 'decide', kind: 'op', ids: [opId], whose: owner } as const;
	await note(store.db, { organisation, membership, device }, [decided], now);
}
