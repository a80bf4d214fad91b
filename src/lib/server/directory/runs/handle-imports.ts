import type { RequestEvent } from '@sveltejs/kit';
import type * as z from 'zod/mini';
import { JSON_LIMITS } from '#lib/protocol/limits.ts';
import {
	importRequest,
	importStep,
	type importMade,
	type ImportRun,
	type importRunAnswer,
	type importsAnswer
} from '#lib/protocol/imports.ts';
import { sessionOf, type Session } from '#lib/server/accounts/sessions.ts';
import { ApiError } from '#lib/server/api-error.ts';
import { readJsonBody } from '#lib/server/body.ts';
import type { ServerContext } from '#lib/server/context.ts';
import { csvText } from '#lib/server/directory/csv-text.ts';
import { requireRight } from '#lib/server/policy/require-right.ts';
import { receiveFile } from './receive-file.ts';
import { RunFolder } from './run-folder.ts';
import {
	beginRun,
	changeRun,
	filesOf,
	findCurrent,
	findRun,
	pastRuns,
	resultOf,
	sourcesOf,
	type RunRow
} from './run-rows.ts';
import { applyRun, checkRun } from './run-work.ts';

/** Lines that go with an answer; all of them are in the file. */
const SHOWN_LINES = 200;
const ALL_LINES = 100_000;
const MOST_FILES = 50;

/** Whoever may edit the directory. */
async function editor(event: RequestEvent, server: ServerContext): Promise<Session> {
	return requireRight(await sessionOf(event, server), 'directory:import');
}

/** The run that a request names, in the organisation of whoever asks. */
async function runOf(
	event: RequestEvent,
	{ store }: ServerContext,
	{ organisation }: Session
): Promise<RunRow> {
	const run = await findRun(store.db, organisation, event.params.id ?? '');
	if (!run) throw new ApiError(404, 'not_found');
	return run;
}

/** Members by id, for who began and who brought in. */
async function namesOf({ store }: ServerContext, organisation: string): Promise<Map<string, string>> {
	const rows = await store.db
		.selectFrom('memberships')
		.select(['id', 'name'])
		.where('organisation_id', '=', organisation)
		.execute();
	return new Map(rows.map(({ id, name }) => [id, name]));
}

function told(run: RunRow, names: ReadonlyMap<string, string>): ImportRun {
	const found = resultOf(run);
	const { plan: _plan, date: _date, ...result } = found ?? { plan: '', date: '' };
	return {
		id: run.id,
		source: run.source,
		format: run.format,
		language: run.language,
		partial: run.partial === 1,
		address: run.address,
		files: filesOf(run),
		state: run.state,
		code: run.code,
		detail: run.detail,
		result: found ? (result as ImportRun['result']) : null,
		madeBy: run.made_by === null ? null : (names.get(run.made_by) ?? ''),
		appliedBy: run.applied_by === null ? null : (names.get(run.applied_by) ?? ''),
		madeAt: run.made_at,
		changedAt: run.changed_at
	};
}

/** `GET /api/v1/imports`: the import that is under way, and those before. */
export async function handleImports(event: RequestEvent, server: ServerContext): Promise<Response> {
	const { organisation } = await editor(event, server);
	const { store, settings } = server;
	const [names, current, past, sources] = await Promise.all([
		namesOf(server, organisation),
		findCurrent(store.db, organisation),
		pastRuns(store, organisation),
		sourcesOf(store, organisation)
	]);
	return Response.json({
		current: current ? told(current, names) : null,
		past: past.map((run) => told(run, names)),
		sources,
		hosts: [...settings.imports.hosts],
		most: settings.imports.most
	} satisfies z.infer<typeof importsAnswer>);
}

/** `POST /api/v1/imports`: begins one. The one that was under way is given up, unless it is being taken in. */
export async function handleNewImport(event: RequestEvent, server: ServerContext): Promise<Response> {
	const session = await editor(event, server);
	const { json } = await readJsonBody(event.request, { bytes: 4096, json: JSON_LIMITS });
	const parsed = importRequest.safeParse(json);
	if (!parsed.success) throw new ApiError(422, 'bad_request');
	const id = await beginRun(server.store, session, parsed.data, server.now());
	if (id === undefined) throw new ApiError(503, 'busy', { 'retry-after': '30' });
	return Response.json({ id } satisfies z.infer<typeof importMade>, { status: 201 });
}

/** `PUT /api/v1/imports/:id/files/:name`: one file, as it comes, onto the disk. */
export async function handleImportFile(event: RequestEvent, server: ServerContext): Promise<Response> {
	const run = await runOf(event, server, await editor(event, server));
	const { store, settings, now } = server;
	const files = filesOf(run);
	if (run.state !== 'open' || run.address !== null || files.length >= MOST_FILES)
		throw new ApiError(404, 'not_found');
	const left = settings.imports.most - files.reduce((sum, { bytes }) => sum + bytes, 0);
	const folder = new RunFolder(settings.imports.folder, run.id);
	const bytes = await receiveFile(event.request, left, (body) => folder.receive(files.length, body, left));
	const name = (event.params.name ?? '').slice(0, 200);
	await changeRun(store.db, run, { files: JSON.stringify([...files, { name, bytes }]) }, now());
	return new Response(null, { status: 204 });
}

/** `GET /api/v1/imports/:id?code=`: how far it is, and what is said of its records. */
export async function handleImport(event: RequestEvent, server: ServerContext): Promise<Response> {
	const session = await editor(event, server);
	const run = await runOf(event, server, session);
	const folder = new RunFolder(server.settings.imports.folder, run.id);
	const said = run.state === 'checked' || run.state === 'applied';
	return Response.json({
		run: told(run, await namesOf(server, session.organisation)),
		lines: said ? folder.lines(event.url.searchParams.get('code') ?? undefined, SHOWN_LINES) : []
	} satisfies z.infer<typeof importRunAnswer>);
}

/** `POST /api/v1/imports/:id`: checks it, or takes in what the check has shown. The work goes on after the answer. */
export async function handleImportStep(event: RequestEvent, server: ServerContext): Promise<Response> {
	const session = await editor(event, server);
	const { json } = await readJsonBody(event.request, { bytes: 4096, json: JSON_LIMITS });
	const step = importStep.safeParse(json);
	if (!step.success) throw new ApiError(422, 'bad_request');
	const run = await runOf(event, server, session);
	const { store, now } = server;
	const next = step.data.do === 'check' ? 'checking' : 'applying';
	const wanted = next === 'checking' ? 'open' : 'checked';
	if (run.state !== wanted) throw new ApiError(404, 'not_found');
	if (next === 'checking' && run.address === null && filesOf(run).length === 0)
		throw new ApiError(422, 'bad_request');
	const mayShrink = step.data.do === 'apply' && step.data.mayShrink;
	if (next === 'applying' && resultOf(run)?.shrinks && !mayShrink) throw new ApiError(422, 'bad_request');
	if (!(await changeRun(store.db, run, { state: next }, now()))) throw new ApiError(404, 'not_found');
	const begun: RunRow = { ...run, state: next };
	const work =
		next === 'checking' ? checkRun(server, begun) : applyRun(server, begun, session.membership, mayShrink);
	// What fails even in telling that it failed: the run is ended by the upkeep.
	work.catch((error: unknown) =>
		server.log.error('import failed', { error: error instanceof Error ? error.name : 'unknown' })
	);
	return new Response(null, { status: 202 });
}

/** `DELETE /api/v1/imports/:id`: gives it up. */
export async function handleImportGivenUp(event: RequestEvent, server: ServerContext): Promise<Response> {
	const run = await runOf(event, server, await editor(event, server));
	if (run.state === 'applying') throw new ApiError(503, 'busy', { 'retry-after': '30' });
	if (run.state !== 'applied') {
		await changeRun(server.store.db, run, { state: 'dropped' }, server.now());
		// While it is read, its files go with the end of the reading.
		if (run.state !== 'checking') new RunFolder(server.settings.imports.folder, run.id).remove();
	}
	return new Response(null, { status: 204 });
}

/** `GET /api/v1/imports/:id/lines`: all lines, as CSV for a spreadsheet. */
export async function handleImportLines(event: RequestEvent, server: ServerContext): Promise<Response> {
	const run = await runOf(event, server, await editor(event, server));
	const lines = new RunFolder(server.settings.imports.folder, run.id).lines(undefined, ALL_LINES);
	const rows = lines.map(({ where, id, outcome, code, field, found }) => [
		where,
		id,
		outcome,
		code,
		field,
		found
	]);
	return new Response(csvText([['where', 'id', 'outcome', 'code', 'field', 'found'], ...rows]), {
		headers: {
			'content-type': 'text/csv; charset=utf-8',
			'content-disposition': 'attachment; filename="import-lines.csv"'
		}
	});
}
