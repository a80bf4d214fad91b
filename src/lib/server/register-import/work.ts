import { createHmac } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { note } from '#lib/server/audit/note.ts';
import type { ServerContext } from '#lib/server/context.ts';
import { BadInput, type ReportLine } from '#lib/server/directory/draft.ts';
import { RunFolder } from '#lib/server/directory/runs/run-folder.ts';
import { Staging } from '#lib/server/directory/staging.ts';
import type { Store, Trx } from '#lib/server/storage/store.ts';
import type { Sender } from '#lib/server/sync/effects.ts';
import { aroundOf } from './around.ts';
import { KnownWords } from './known-words.ts';
import { lookAt, proposed, type LookedColumn } from './look.ts';
import { goThrough, type Planned, type PlanInput, type PlannedRow } from './plan.ts';
import { changeImport, mappingOf, resultOf, type KeptResult, type RegisterRow } from './runs.ts';
import { ImportWriter } from './write.ts';

/** How often an import that is worked on gives a sign of life, ms. */
const SIGN = 20_000;

const nothing = () => undefined;

/** Something else would be done by now than was shown: nothing was changed. */
class ChangedSince extends Error {}

/** What an import keeps on the disk until it is over: its file, what its columns hold, and the lines of the last check. */
export class ImportFolder {
	readonly #folder: RunFolder;

	constructor({ settings }: Pick<ServerContext, 'settings'>, id: string) {
		this.#folder = new RunFolder(settings.imports.folder, id);
	}

	receive = (chunks: AsyncIterable<Uint8Array>, most: number) => this.#folder.receive(0, chunks, most);
	input = (name: string) => this.#folder.inputs([{ name }])[0]!;
	lines = (code: string | undefined, most: number): ReportLine[] => this.#folder.lines(code, most);
	remove = () => this.#folder.remove();
	dropFiles = () => this.#folder.dropFiles();

	get #columns() {
		return join(this.#folder.path, 'columns.json');
	}

	keep(columns: readonly LookedColumn[]): void {
		writeFileSync(this.#columns, JSON.stringify(columns), { mode: 0o600 });
	}

	columns(): LookedColumn[] {
		return existsSync(this.#columns)
			? (JSON.parse(readFileSync(this.#columns, 'utf8')) as LookedColumn[])
			: [];
	}

	/** For the lines of a new check. */
	staging(): Staging {
		this.#folder.dropLines();
		return new Staging(this.#folder.path);
	}
}

/** Works on an import that is in the state it was seen in, gives signs of life, and notes a failure. */
async function working(server: ServerContext, run: RegisterRow, work: () => Promise<void>): Promise<void> {
	const { store, now, log } = server;
	const sign = setInterval(() => void changeImport(store.db, run, {}, now()).catch(nothing), SIGN);
	try {
		await work();
	} catch (error) {
		const known = error instanceof BadInput;
		if (!known) log.error('register import failed', { error: error instanceof Error ? (error.stack ?? error.name) : 'unknown' }); // prettier-ignore
		const failure = known
			? { code: error.code, detail: error.message }
			: { code: 'unavailable', detail: null };
		const back = run.state === 'taking-back';
		if (!back) new ImportFolder(server, run.id).remove();
		await changeImport(store.db, run, back ? { state: 'applied' } : { state: 'failed', ...failure }, now());
	} finally {
		clearInterval(sign);
	}
}

/** Reads a file to its end and proposes what it means. `run` is `reading`. */
export async function readImport(server: ServerContext, run: RegisterRow): Promise<void> {
	const { store, now } = server;
	const folder = new ImportFolder(server, run.id);
	await working(server, run, async () => {
		const columns = await lookAt(folder.input(run.file), () => nextTurn());
		folder.keep(columns);
		const known = new KnownWords(await aroundOf(store, run.organisation_id));
		const mapping = JSON.stringify(proposed(columns, known, run.made_by));
		if (!(await changeImport(store.db, run, { state: 'mapping', mapping }, now()))) folder.remove();
	});
}

/** What rows are known again by is made with it; of the server's secret, for a row may hold a name that is not brought in. */
export const rowsKey = (auditKey: Buffer): Buffer =>
	createHmac('sha256', auditKey).update('rows of old registers').digest();

async function inputOf(server: ServerContext, run: RegisterRow, now: number): Promise<PlanInput> {
	const mapping = mappingOf(run);
	if (!mapping) throw new BadInput('interrupted', 'Nobody has said what the columns mean.');
	const around = await aroundOf(server.store, run.organisation_id);
	return {
		organisation: run.organisation_id,
		file: new ImportFolder(server, run.id).input(run.file),
		mapping,
		around,
		known: new KnownWords(around),
		key: rowsKey(server.auditKey()),
		now
	};
}

const kept = (planned: Planned, changedSince: boolean): string =>
	JSON.stringify({ ...planned, changedSince } satisfies KeptResult);

/** Goes through all rows and says what bringing them in would do. `run` is `checking`. */
export async function checkImport(
	server: ServerContext,
	run: RegisterRow,
	changedSince = false
): Promise<void> {
	const { store, now } = server;
	const folder = new ImportFolder(server, run.id);
	await working(server, run, async () => {
		const staging = folder.staging();
		try {
			const input = await inputOf(server, run, now());
			const planned = await goThrough(store, store.db, input, (line) => staging.say(line), () => Promise.resolve()); // prettier-ignore
			const result = kept(planned, changedSince);
			if (!(await changeImport(store.db, run, { state: 'checked', result }, now()))) folder.remove();
		} finally {
			staging.keep();
		}
	});
}

/** Brings in what the check has shown, all of it or nothing. `run` is `applying`. */
export async function applyImport(server: ServerContext, run: RegisterRow, by: Sender): Promise<void> {
	const { store, now } = server;
	const shown = resultOf(run);
	await working(server, run, async () => {
		if (!shown) throw new BadInput('interrupted', 'What was checked is not here any more.');
		const input = await inputOf(server, run, now());
		try {
			await store.write(async (trx) => {
				const planned = await bringIn(trx, store, by, run.id, input);
				if (planned.plan !== shown.plan) throw new ChangedSince('Something came in since the check.');
				const result = kept(planned, false);
				await changeImport(trx, run, { state: 'applied', applied_by: by.membership, result }, now());
				await note(
					trx,
					by,
					[{ event: 'import', kind: 'visit', ids: [run.id], whose: input.mapping.owner }],
					now()
				);
			});
			new ImportFolder(server, run.id).dropFiles();
		} catch (error) {
			if (!(error instanceof ChangedSince)) throw error;
			const again = { ...run, state: 'checking' } as const;
			if (await changeImport(store.db, run, { state: 'checking' }, now()))
				await checkImport(server, again, true);
		}
	});
}

/** Writes a file's new rows inside the caller's transaction. */
export async function bringIn(
	trx: Trx,
	store: Store,
	by: Sender,
	id: string,
	input: PlanInput
): Promise<Planned> {
	const writer = new ImportWriter(trx, store, by, { id, owner: input.mapping.owner }, input.now);
	const planned = await goThrough(store, trx, input, nothing, (rows: readonly PlannedRow[]) =>
		writer.add(rows)
	);
	await writer.flush();
	return planned;
}

/** Takes an import back as a whole. `run` is `taking-back`. */
export async function takeBackImport(server: ServerContext, run: RegisterRow, by: Sender): Promise<void> {
	const { store, now } = server;
	await working(server, run, async () => {
		const owner = mappingOf(run)?.owner ?? run.made_by;
		await store.write(async (trx) => {
			await new ImportWriter(trx, store, by, { id: run.id, owner }, now()).takeBack();
			await changeImport(trx, run, { state: 'taken-back', taken_back_by: by.membership }, now());
			await note(trx, by, [{ event: 'take-back', kind: 'visit', ids: [run.id], whose: owner }], now());
		});
		new ImportFolder(server, run.id).remove();
	});
}
