import type { Kysely } from 'kysely';
import { newId } from '#lib/domain/ids.ts';
import type { RegisterMapping, RegisterResult, RegisterState } from '#lib/protocol/register-import.ts';
import { PAST, SILENCE, WAITS } from '#lib/server/directory/runs/run-rows.ts';
import type { Database } from '#lib/server/storage/schema.ts';
import type { Store, Trx } from '#lib/server/storage/store.ts';

export type RegisterRow = Database['register_imports'];

/** What is kept of a result, besides what people are shown. */
export interface KeptResult extends RegisterResult {
	plan: string;
}

/** States in which an organisation's import is under way: there is one at a time. */
const UNDER_WAY: readonly RegisterState[] = ['open', 'reading', 'mapping', 'checking', 'checked', 'applying', 'failed']; // prettier-ignore
/** Nothing can stop it. */
const WRITING: readonly RegisterState[] = ['applying', 'taking-back'];

/** Whether one is being brought in or taken back at this moment. */
export async function isBeingWritten(
	db: Kysely<Database>,
	organisation: string,
	now: number
): Promise<boolean> {
	const writing = await db
		.selectFrom('register_imports')
		.select('id')
		.where('organisation_id', '=', organisation)
		.where('state', 'in', WRITING)
		.where('changed_at', '>', now - SILENCE)
		.executeTakeFirst();
	return writing !== undefined;
}

/** Notes an import by the command line, in its own transaction: nobody of the organisation has brought it in. */
export async function noteImport(
	trx: Trx,
	done: {
		organisation: string;
		id: string;
		owner: string;
		file: string;
		mapping: RegisterMapping;
		result: string;
	},
	now: number
): Promise<void> {
	await trx
		.insertInto('register_imports')
		.values({
			organisation_id: done.organisation,
			id: done.id,
			file: done.file,
			state: 'applied',
			code: null,
			detail: null,
			mapping: JSON.stringify(done.mapping),
			result: done.result,
			made_by: done.owner,
			applied_by: null,
			taken_back_by: null,
			made_at: now,
			changed_at: now
		})
		.execute();
}

/** Begins an import; the one that was under way is given up. Undefined while another one is being written. */
export async function beginImport(
	store: Store,
	{ organisation, membership }: { organisation: string; membership: string },
	file: string,
	now: number
): Promise<string | undefined> {
	return store.write(async (trx) => {
		if (await isBeingWritten(trx, organisation, now)) return undefined;
		const current = await currentImport(trx, organisation);
		if (current) await changeImport(trx, current, { state: 'dropped' }, now);
		const id = newId(now);
		await trx
			.insertInto('register_imports')
			.values({
				organisation_id: organisation,
				id,
				file,
				state: 'open',
				code: null,
				detail: null,
				mapping: null,
				result: null,
				made_by: membership,
				applied_by: null,
				taken_back_by: null,
				made_at: now,
				changed_at: now
			})
			.execute();
		return id;
	});
}

export async function findImport(
	db: Kysely<Database>,
	organisation: string,
	id: string
): Promise<RegisterRow | undefined> {
	return db
		.selectFrom('register_imports')
		.selectAll()
		.where('organisation_id', '=', organisation)
		.where('id', '=', id)
		.executeTakeFirst();
}

export async function currentImport(
	db: Kysely<Database>,
	organisation: string
): Promise<RegisterRow | undefined> {
	return db
		.selectFrom('register_imports')
		.selectAll()
		.where('organisation_id', '=', organisation)
		.where('state', 'in', UNDER_WAY)
		.orderBy('made_at', 'desc')
		.limit(1)
		.executeTakeFirst();
}

/** Imports that were brought in, the newest first, those that were taken back among them. */
export async function pastImports({ db }: Store, organisation: string): Promise<RegisterRow[]> {
	return db
		.selectFrom('register_imports')
		.selectAll()
		.where('organisation_id', '=', organisation)
		.where('state', 'in', ['applied', 'taking-back', 'taken-back'])
		.orderBy('made_at', 'desc')
		.limit(PAST)
		.execute();
}

/** Changes an import that is still in the state it was seen in; false where somebody else was faster. */
export async function changeImport(
	db: Kysely<Database>,
	seen: Pick<RegisterRow, 'organisation_id' | 'id' | 'state'>,
	changes: Partial<Pick<RegisterRow, 'state' | 'code' | 'detail' | 'mapping' | 'result' | 'applied_by' | 'taken_back_by'>>, // prettier-ignore
	now: number
): Promise<boolean> {
	const { numUpdatedRows } = await db
		.updateTable('register_imports')
		.set({ ...changes, changed_at: now })
		.where('organisation_id', '=', seen.organisation_id)
		.where('id', '=', seen.id)
		.where('state', '=', seen.state)
		.executeTakeFirst();
	return Number(numUpdatedRows) === 1;
}

/** Gives up what waited for too long and what nobody works on any more; returns the imports whose files are still of use. */
export async function endOldImports({ db }: Store, now: number): Promise<string[]> {
	await db
		.updateTable('register_imports')
		.set({ state: 'failed', code: 'interrupted', changed_at: now })
		.where('state', 'in', ['reading', 'checking', 'applying'])
		.where('changed_at', '<', now - SILENCE)
		.execute();
	// Its transaction is gone: what it brought stands as before.
	await db
		.updateTable('register_imports')
		.set({ state: 'applied', changed_at: now })
		.where('state', '=', 'taking-back')
		.where('changed_at', '<', now - SILENCE)
		.execute();
	await db
		.updateTable('register_imports')
		.set({ state: 'dropped' })
		.where('state', 'in', ['open', 'mapping', 'checked', 'failed'])
		.where('changed_at', '<', now - WAITS)
		.execute();
	const rows = await db
		.selectFrom('register_imports')
		.select('id')
		.where((eb) =>
			eb.or([
				eb('state', 'in', ['open', 'reading', 'mapping', 'checking', 'checked', 'applying']),
				eb.and([eb('state', '=', 'applied'), eb('changed_at', '>', now - WAITS)])
			])
		)
		.execute();
	return rows.map(({ id }) => id);
}

export const mappingOf = ({ mapping }: Pick<RegisterRow, 'mapping'>) =>
	mapping === null ? undefined : (JSON.parse(mapping) as RegisterMapping);

export const resultOf = ({ result }: Pick<RegisterRow, 'result'>) =>
	result === null ? undefined : (JSON.parse(result) as KeptResult);
