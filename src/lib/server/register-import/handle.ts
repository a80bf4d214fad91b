import type { RequestEvent } from '@sveltejs/kit';
import type * as z from 'zod/mini';
import { JSON_LIMITS } from '#lib/protocol/limits.ts';
import {
	registerRequest,
	registerStep,
	type registerMade,
	type RegisterRun,
	type registerRunAnswer,
	type registerRunsAnswer,
	type RegisterState
} from '#lib/protocol/register-import.ts';
import { sessionOf, type Session } from '#lib/server/accounts/sessions.ts';
import { ApiError } from '#lib/server/api-error.ts';
import { noteUse } from '#lib/server/audit/note.ts';
import { readJsonBody } from '#lib/server/body.ts';
import type { ServerContext } from '#lib/server/context.ts';
import { csvText } from '#lib/server/directory/csv-text.ts';
import { receiveFile } from '#lib/server/directory/runs/receive-file.ts';
import { requireRight } from '#lib/server/policy/require-right.ts';
import type { Sender } from '#lib/server/sync/effects.ts';
import { isLocale, lineHead, lineWords } from '#lib/statistics/register-import-words.ts';
import { aroundOf } from './around.ts';
import { KnownWords } from './known-words.ts';
import { columnsUnder } from './look.ts';
import {
	beginImport,
	changeImport,
	currentImport,
	findImport,
	mappingOf,
	pastImports,
	resultOf,
	type RegisterRow
} from './runs.ts';
import { isUsable, saysWhen } from './usable.ts';
import { applyImport, checkImport, ImportFolder, readImport, takeBackImport } from './work.ts';

/** Lines that go with an answer; all of them are in the file. */
const SHOWN_LINES = 200;
const ALL_LINES = 100_000;
/** A mapping names every value that somebody has decided about. */
const STEP_BYTES = 2_000_000;

async function importer(event: RequestEvent, server: ServerContext): Promise<Session> {
	return requireRight(await sessionOf(event, server), 'register:import');
}

/** The import that a request names, in the organisation of whoever asks. */
async function importOf(event: RequestEvent, { store }: ServerContext, { organisation }: Session): Promise<RegisterRow> {
	const run = await findImport(store.db, organisation, event.params.id ?? '');
	if (!run) throw new ApiError(404, 'not_found');
	return run;
} // prettier-ignore

async function membersOf({ store }: ServerContext, organisation: string) {
	return store.db
		.selectFrom('memberships')
		.select(['id', 'name'])
		.where('organisation_id', '=', organisation)
		.orderBy('name')
		.execute();
}

function told(run: RegisterRow, members: readonly { id: string; name: string }[]): RegisterRun {
	const nameOf = (id: string | null) =>
		id === null ? null : (members.find((one) => one.id === id)?.name ?? '');
	const found = resultOf(run);
	const { plan: _plan, ...result } = found ?? { plan: '' };
	return {
		id: run.id,
		file: run.file,
		state: run.state,
		code: run.code,
		detail: run.detail,
		result: found ? (result as RegisterRun['result']) : null,
		madeBy: nameOf(run.made_by) ?? '',
		appliedBy: nameOf(run.applied_by),
		takenBackBy: nameOf(run.taken_back_by),
		madeAt: run.made_at,
		changedAt: run.changed_at
	};
}

/** `GET /api/v1/register-imports`: the import that is under way, and those before. */
export async function handleRegisterImports(event: RequestEvent, server: ServerContext): Promise<Response> {
	const { organisation } = await importer(event, server);
	const { store, settings } = server;
	const members = await membersOf(server, organisation);
	const current = await currentImport(store.db, organisation);
	return Response.json({
		current: current ? told(current, members) : null,
		past: (await pastImports(store, organisation)).map((run) => told(run, members)),
		most: settings.imports.most
	} satisfies z.infer<typeof registerRunsAnswer>);
}

/** `POST /api/v1/register-imports`: begins one. The one that was under way is given up, unless it is being written. */
export async function handleNewRegisterImport(event: RequestEvent, server: ServerContext): Promise<Response> {
	const session = await importer(event, server);
	const { json } = await readJsonBody(event.request, { bytes: 4096, json: JSON_LIMITS });
	const parsed = registerRequest.safeParse(json);
	if (!parsed.success) throw new ApiError(422, 'bad_request');
	const id = await beginImport(server.store, session, parsed.data.file, server.now());
	if (id === undefined) throw new ApiError(503, 'busy', { 'retry-after': '30' });
	return Response.json({ id } satisfies z.infer<typeof registerMade>, { status: 201 });
}

/** `PUT /api/v1/register-imports/:id/file`: the file, as it comes, onto the disk. */
export async function handleRegisterFile(event: RequestEvent, server: ServerContext): Promise<Response> {
	const run = await importOf(event, server, await importer(event, server));
	const { most } = server.settings.imports;
	if (run.state !== 'open') throw new ApiError(404, 'not_found');
	const folder = new ImportFolder(server, run.id);
	await receiveFile(event.request, most, (body) => folder.receive(body, most));
	return new Response(null, { status: 204 });
}

/** `GET /api/v1/register-imports/:id?code=`: how far it is, what its columns mean, and what is said of its rows. */
export async function handleRegisterImport(event: RequestEvent, server: ServerContext): Promise<Response> {
	const session = await importer(event, server);
	const run = await importOf(event, server, session);
	const { organisation } = session;
	const members = await membersOf(server, organisation);
	const folder = new ImportFolder(server, run.id);
	const mapping = mappingOf(run);
	const maps = mapping && (run.state === 'mapping' || run.state === 'checked');
	const around = await aroundOf(server.store, organisation);
	return Response.json({
		run: told(run, members),
		columns: maps ? columnsUnder(folder.columns(), mapping, new KnownWords(around)) : [],
		mapping: maps ? mapping : null,
		desks: around.desks.map(({ id, name }) => ({ id, name })),
		members,
		topics: [...around.settings.topics].map(([id, { fi, sv, en }]) => {
			const any = fi ?? sv ?? en ?? id;
			return { id, fi: fi ?? any, sv: sv ?? any, en: en ?? any };
		}),
		turnedOn: [...around.settings.turnedOn],
		lines: run.state === 'checked' ? folder.lines(event.url.searchParams.get('code') ?? undefined, SHOWN_LINES) : []
	} satisfies z.infer<typeof registerRunAnswer>);
} // prettier-ignore

/** From which states a step leads where. */
const steps = {
	read: { from: ['open'], to: 'reading' },
	map: { from: ['mapping', 'checked'], to: 'mapping' },
	check: { from: ['mapping'], to: 'checking' },
	apply: { from: ['checked'], to: 'applying' },
	'take-back': { from: ['applied'], to: 'taking-back' }
} as const satisfies Record<string, { from: readonly RegisterState[]; to: RegisterState }>;

/** `POST /api/v1/register-imports/:id`: the next step. What takes its time goes on after the answer. */
export async function handleRegisterStep(event: RequestEvent, server: ServerContext): Promise<Response> {
	const session = await importer(event, server);
	const { json } = await readJsonBody(event.request, { bytes: STEP_BYTES, json: JSON_LIMITS });
	const { data: step } = registerStep.safeParse(json);
	if (!step) throw new ApiError(422, 'bad_request');
	const run = await importOf(event, server, session);
	const { store, now } = server;
	const { from, to } = steps[step.do];
	if (!from.some((state) => state === run.state)) throw new ApiError(404, 'not_found');
	if (step.do === 'map' && !isUsable(step.mapping, await aroundOf(store, session.organisation)))
		throw new ApiError(422, 'invalid_value');
	if (step.do === 'check' && !saysWhen(mappingOf(run))) throw new ApiError(422, 'invalid_value');
	const changes = {
		state: to,
		...(step.do === 'map' && { mapping: JSON.stringify(step.mapping), result: null })
	};
	if (!(await changeImport(store.db, run, changes, now()))) throw new ApiError(404, 'not_found');
	if (step.do === 'map') return new Response(null, { status: 204 });
	const { organisation, membership, role, device } = session;
	const by: Sender = { organisation, membership, role, device };
	const begun: RegisterRow = { ...run, state: to };
	const work = {
		read: () => readImport(server, begun),
		check: () => checkImport(server, begun),
		apply: () => applyImport(server, begun, by),
		'take-back': () => takeBackImport(server, begun, by)
	}[step.do];
	// What fails even in telling that it failed: the import is ended by the upkeep.
	work().catch((error: unknown) =>
		server.log.error('register import failed', { error: error instanceof Error ? error.name : 'unknown' })
	);
	return new Response(null, { status: 202 });
}

/** `DELETE /api/v1/register-imports/:id`: gives it up. */
export async function handleRegisterGivenUp(event: RequestEvent, server: ServerContext): Promise<Response> {
	const run = await importOf(event, server, await importer(event, server));
	if (run.state === 'applying' || run.state === 'taking-back')
		throw new ApiError(503, 'busy', { 'retry-after': '30' });
	if (run.state !== 'applied' && run.state !== 'taken-back') {
		await changeImport(server.store.db, run, { state: 'dropped' }, server.now());
		// While it is read, its file goes with the end of the reading.
		if (run.state !== 'reading' && run.state !== 'checking') new ImportFolder(server, run.id).remove();
	}
	return new Response(null, { status: 204 });
}

/** `GET /api/v1/register-imports/:id/lines?locale=`: all lines, in words, as CSV for a spreadsheet. */
export async function handleRegisterLines(event: RequestEvent, server: ServerContext): Promise<Response> {
	const session = await importer(event, server);
	const run = await importOf(event, server, session);
	const asked = event.url.searchParams.get('locale') ?? 'fi';
	const locale = isLocale(asked) ? asked : 'fi';
	await noteUse(server, session, [{ event: 'export', kind: 'visit', ids: [run.id] }]);
	const lines = new ImportFolder(server, run.id).lines(undefined, ALL_LINES);
	return new Response(csvText([lineHead(locale), ...lines.map((line) => lineWords(line, locale))]), {
		headers: {
			'content-type': 'text/csv; charset=utf-8',
			'content-disposition': 'attachment; filename="register-lines.csv"'
		}
	});
}
