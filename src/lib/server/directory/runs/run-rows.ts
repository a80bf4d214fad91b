import type { Kysely } from 'kysely';
import type * as z from 'zod/mini';
import { newId } from '#lib/domain/ids.ts';
import type { importRequest, ImportResult, ImportRun, ImportState } from '#lib/protocol/imports.ts';
import { note } from '#lib/server/audit/note.ts';
import type { Database } from '#lib/server/storage/schema.ts';
import type { Store, Trx } from '#lib/server/storage/store.ts';

export type RunRow = Database['import_runs'];

/** What a run says of itself; `plan` stays on the server. */
export interface RunResult extends ImportResult {
	plan: string;
	/** Civil date of the check: what is taken in is what was shown, also after midnight. */
	date: string;
}

/** States in which an organisation's import is under way: there is one at a time. */
const UNDER_WAY: readonly ImportState[] = ['open', 'checking', 'checked', 'applying', 'failed'];

/** Without a sign of life for so long, nobody works on it any more, ms. */
export const SILENCE = 300_000;
/** How long a run waits for somebody, ms. */
export const WAITS = 86_400_000;

/** So many that are over are shown. */
export const PAST = 30;

/** Begins a run; the one that was under way is given up. Undefined while another one is being taken in. */
export async function beginRun(
	store: Store,
	{ organisation, membership }: { organisation: string; membership: string },
	{ source, language, format, partial, address }: z.infer<typeof importRequest>,
	now: number
): Promise<string | undefined> {
	return store.write(async (trx) => {
		const current = await findCurrent(trx, organisation);
		if (current?.state === 'applying' && now - current.changed_at < SILENCE) return undefined;
		if (current) await changeRun(trx, current, { state: 'dropped' }, now);
		const id = newId(now);
		await trx
			.insertInto('import_runs')
			.values({
				organisation_id: organisation,
				id,
				source,
				format: format ?? null,
				language,
				partial: partial ? 1 : 0,
				address: address ?? null,
				files: '[]',
				state: 'open',
				code: null,
				detail: null,
				result: null,
				made_by: membership,
				applied_by: null,
				made_at: now,
				changed_at: now
			})
			.execute();
		return id;
	});
}

export async function findRun(
	db: Kysely<Database>,
	organisation: string,
	id: string
): Promise<RunRow | undefined> {
	return db
		.selectFrom('import_runs')
		.selectAll()
		.where('organisation_id', '=', organisation)
		.where('id', '=', id)
		.executeTakeFirst();
}

export async function findCurrent(db: Kysely<Database>, organisation: string): Promise<RunRow | undefined> {
	return db
		.selectFrom('import_runs')
		.selectAll()
		.where('organisation_id', '=', organisation)
		.where('state', 'in', UNDER_WAY)
		.orderBy('made_at', 'desc')
		.limit(1)
		.executeTakeFirst();
}

/** Runs that were taken in, the newest first. */
export async function pastRuns(store: Store, organisation: string): Promise<RunRow[]> {
	return store.db
		.selectFrom('import_runs')
		.selectAll()
		.where('organisation_id', '=', organisation)
		.where('state', '=', 'applied')
		.orderBy('changed_at', 'desc')
		.limit(PAST)
		.execute();
}

/** Names of sources that have brought something. */
export async function sourcesOf(store: Store, organisation: string): Promise<string[]> {
	const rows = await store.db
		.selectFrom('imported_entries')
		.select('source')
		.distinct()
		.where('organisation_id', '=', organisation)
		.orderBy('source')
		.execute();
	return rows.map(({ source }) => source);
}

/** Changes a run that is still in the state it was seen in; false where somebody else was faster. */
export async function changeRun(
	db: Kysely<Database>,
	seen: Pick<RunRow, 'organisation_id' | 'id' | 'state'>,
	changes: Partial<Pick<RunRow, 'state' | 'code' | 'detail' | 'result' | 'files' | 'format' | 'applied_by'>>,
	now: number
): Promise<boolean> {
	const { numUpdatedRows } = await db
		.updateTable('import_runs')
		.set({ ...changes, changed_at: now })
		.where('organisation_id', '=', seen.organisation_id)
		.where('id', '=', seen.id)
		.where('state', '=', seen.state)
		.executeTakeFirst();
	return Number(numUpdatedRows) === 1;
}

/** Notes an import by the command line, in its own transaction. */
export async function noteRun(
	trx: Trx,
	run: Pick<RunRow, 'organisation_id' | 'source' | 'format' | 'language' | 'partial' | 'files'>,
	result: RunResult,
	now: number
): Promise<void> {
	const id = newId(now);
	await note(
		trx,
		{ organisation: run.organisation_id },
		[{ event: 'import', kind: 'directory', ids: [id] }],
		now
	);
	await trx
		.insertInto('import_runs')
		.values({
			...run,
			id,
			address: null,
			state: 'applied',
			code: null,
			detail: null,
			result: JSON.stringify(result),
			made_by: null,
			applied_by: null,
			made_at: now,
			changed_at: now
		})
		.execute();
}

/** Gives up what waited for too long and what nobody works on any more; returns the runs whose files are still of use. */
export async function endOldRuns(store: Store, now: number): Promise<string[]> {
	await store.db
		.updateTable('import_runs')
		.set({ state: 'failed', code: 'interrupted', changed_at: now })
		.where('state', 'in', ['checking', 'applying'])
		.where('changed_at', '<', now - SILENCE)
		.execute();
	await store.db
		.updateTable('import_runs')
		.set({ state: 'dropped' })
		.where('state', 'in', ['open', 'checked', 'failed'])
		.where('changed_at', '<', now - WAITS)
		.execute();
	const rows = await store.db
		.selectFrom('import_runs')
		.select('id')
		.where((eb) =>
			eb.or([
				eb('state', 'in', ['open', 'checking', 'checked', 'applying']),
				eb.and([eb('state', '=', 'applied'), eb('changed_at', '>', now - WAITS)])
			])
		)
		.execute();
	return rows.map(({ id }) => id);
}

export const filesOf = ({ files }: Pick<RunRow, 'files'>) => JSON.parse(files) as ImportRun['files'];

export const resultOf = ({ result }: Pick<RunRow, 'result'>) =>
	result === null ? undefined : (JSON.parse(result) as RunResult);
