import type { ServerContext } from '#lib/server/context.ts';
import { note } from '#lib/server/audit/note.ts';
import { ChangedSince, shrinks, type ApplyOptions, type Outcome } from '#lib/server/directory/apply.ts';
import type { Origin } from '#lib/server/directory/complete.ts';
import { BadInput } from '#lib/server/directory/draft.ts';
import { sourceFormat } from '#lib/server/directory/format.ts';
import { applyStaged, readFiles, Voice } from '#lib/server/directory/import-files.ts';
import { lookAfterPacks } from '#lib/server/directory/pack/look-after.ts';
import { Staging } from '#lib/server/directory/staging.ts';
import type { ImportFormat } from '#lib/protocol/imports.ts';
import { fetchPages } from './fetch-pages.ts';
import { RunFolder } from './run-folder.ts';
import { changeRun, filesOf, resultOf, type RunResult, type RunRow } from './run-rows.ts';

/** How often a run that is worked on gives a sign of life, ms. */
const SIGN = 20_000;

type Failure = Pick<RunRow, 'code' | 'detail'>;

const nothing = () => undefined;

/** What is told of a failure; what is not foreseen goes into the log. */
function failureOf(error: unknown, { log }: ServerContext): Failure {
	if (error instanceof BadInput) return { code: error.code, detail: error.message };
	log.error('import failed', { error: error instanceof Error ? (error.stack ?? error.name) : 'unknown' });
	return { code: 'unavailable', detail: null };
}

/** Works on a run that is in the state it was seen in, gives signs of life, and notes a failure. */
async function working(server: ServerContext, run: RunRow, work: () => Promise<void>): Promise<void> {
	const { store, now } = server;
	// A sign that fails is followed by others.
	const sign = setInterval(() => void changeRun(store.db, run, {}, now()).catch(nothing), SIGN);
	try {
		await work();
	} catch (error) {
		const folder = new RunFolder(server.settings.imports.folder, run.id);
		const failure = failureOf(error, server);
		folder.remove();
		await changeRun(store.db, run, { state: 'failed', ...failure }, now());
	} finally {
		clearInterval(sign);
	}
}

const resultFrom = (
	outcome: Outcome,
	others: Pick<RunResult, 'read' | 'skipped' | 'codes' | 'date' | 'changedSince'>
): string => JSON.stringify({ ...others, ...outcome, shrinks: shrinks(outcome) } satisfies RunResult);

/** Reads a run's files, or fetches them, and finds out what taking it in would do. `run` is `checking`. */
export async function checkRun(server: ServerContext, run: RunRow): Promise<void> {
	const { store, settings, now } = server;
	const folder = new RunFolder(settings.imports.folder, run.id);
	await working(server, run, async () => {
		let files = filesOf(run);
		if (run.address !== null)
			files = await fetchPages(run.address, (number) => folder.fileFor(number), settings.imports);
		const staging = new Staging(folder.path);
		try {
			const voice = new Voice(staging);
			const { organisation_id: organisation, source: from, language } = run;
			// The column is written from the closed list only.
			const format = (run.format ?? undefined) as ImportFormat | undefined;
			const read = await readFiles(folder.inputs(files), { from, language, format }, staging, voice, now());
			folder.dropFiles();
			const options = { dryRun: true, partial: run.partial === 1 };
			const outcome = await applyStaged(store, organisation, staging, read, voice.add, now(), options);
			const { skipped, codes } = voice;
			const facts = { read: read.read, skipped, codes, date: read.origin.date, changedSince: false };
			const changes = {
				state: 'checked',
				format: read.format,
				files: JSON.stringify(files),
				result: resultFrom(outcome, facts)
			} as const;
			// Somebody has given it up meanwhile: the folder goes.
			if (!(await changeRun(store.db, run, changes, now()))) folder.remove();
		} finally {
			staging.keep();
		}
	});
}

/** Takes in what the dry run has shown, all of it or nothing. `run` is `applying`. */
export async function applyRun(
	server: ServerContext,
	run: RunRow,
	by: string,
	mayShrink: boolean
): Promise<void> {
	const { store, settings, now } = server;
	const folder = new RunFolder(settings.imports.folder, run.id);
	const shown = resultOf(run);
	await working(server, run, async () => {
		if (!shown || !folder.has()) throw new BadInput('interrupted', 'What was checked is not here any more.');
		const staging = new Staging(folder.path);
		try {
			const format = run.format as ImportFormat;
			const origin: Origin = { from: run.source, format: sourceFormat(format), date: shown.date };
			const partial = run.partial === 1;
			const apply = (options: ApplyOptions) =>
				applyStaged(
					store,
					run.organisation_id,
					staging,
					{ format, origin },
					nothing,
					now(),
					{ partial, ...options },
					by
				);
			try {
				await apply({
					mayShrink,
					plan: shown.plan,
					also: async (trx, outcome) => {
						const result = resultFrom(outcome, shown);
						await changeRun(trx, run, { state: 'applied', applied_by: by, result }, now());
						const who = { organisation: run.organisation_id, membership: by };
						await note(trx, who, [{ event: 'import', kind: 'directory', ids: [run.id] }], now());
					}
				});
			} catch (error) {
				if (!(error instanceof ChangedSince)) throw error;
				const result = resultFrom(await apply({ dryRun: true }), { ...shown, changedSince: true });
				await changeRun(store.db, run, { state: 'checked', result }, now());
			}
		} finally {
			staging.keep();
		}
	});
	// Nobody waits for it; what fails is tried again with the next hour.
	lookAfterPacks(server).catch((error: unknown) =>
		server.log.error('pack failed', { error: error instanceof Error ? error.name : 'unknown' })
	);
}
