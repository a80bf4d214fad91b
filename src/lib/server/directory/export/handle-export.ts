import { Readable } from 'node:stream';
import type { RequestEvent } from '@sveltejs/kit';
import { helsinki } from '#lib/domain/dates.ts';
import { sessionOf, type Session } from '#lib/server/accounts/sessions.ts';
import { requireProof } from '#lib/server/accounts/step-up.ts';
import { ApiError } from '#lib/server/api-error.ts';
import { noteUse } from '#lib/server/audit/note.ts';
import type { ServerContext } from '#lib/server/context.ts';
import { requireRight } from '#lib/server/policy/require-right.ts';
import { readSheetLanguages, textRows } from '#lib/server/directory/sheet/sheet-rows.ts';
import { sheetCsv, workbook } from '#lib/server/directory/sheet/write-sheet.ts';
import { standingServices } from '#lib/server/directory/standing-services.ts';
import { withReach } from '#lib/server/storage/reach.ts';
import { zippedHsdsPackage } from './hsds-package.ts';
import { hsdsServices, jsonList } from './services-out.ts';

/** Whose directory it is, for whoever may edit it, and the day. */
async function asked(event: RequestEvent, server: ServerContext) {
	const session = requireRight(await sessionOf(event, server), 'directory:export');
	requireProof(server, session);
	return { session, organisation: session.organisation, today: helsinki(server.now()).date };
}

const noteExport = (server: ServerContext, session: Session) =>
	noteUse(server, session, [{ event: 'export', kind: 'directory' }]);

/** A file that is made while it is sent. */
const fileAnswer = (pieces: Readable, type: string, name: string) =>
	new Response(Readable.toWeb(pieces) as ReadableStream, {
		headers: { 'content-type': type, 'content-disposition': `attachment; filename="${name}"` }
	});

/** `GET /api/v1/directory`: the whole directory as HSDS. */
export async function handleExport(event: RequestEvent, server: ServerContext): Promise<Response> {
	const { session, organisation, today } = await asked(event, server);
	await noteExport(server, session);
	const text = Readable.from(jsonList(withReach(hsdsServices(server.store, organisation, today))), {
		objectMode: false
	});
	return fileAnswer(text, 'application/json; charset=utf-8', `services-${today}.json`);
}

/** `GET /api/v1/directory/tables`: the same as the tables of HSDS 3.0 in CSV, in a zip archive. */
export async function handleTables(event: RequestEvent, server: ServerContext): Promise<Response> {
	const { session, organisation, today } = await asked(event, server);
	const services = withReach(hsdsServices(server.store, organisation, today));
	await noteExport(server, session);
	const zip = Readable.from(zippedHsdsPackage(services, '3.0'), { objectMode: false });
	return fileAnswer(zip, 'application/zip', `services-${today}.zip`);
}

/** `GET /api/v1/directory/sheet?format=&from=&to=`: the texts for translators, as a workbook or as CSV. */
export async function handleSheet(event: RequestEvent, server: ServerContext): Promise<Response> {
	const { session, organisation, today } = await asked(event, server);
	const { searchParams } = event.url;
	const languages = readSheetLanguages(searchParams.get('from') ?? '', searchParams.get('to') ?? '');
	const format = searchParams.get('format');
	if (!languages || (format !== 'xlsx' && format !== 'csv')) throw new ApiError(422, 'bad_request');
	await noteExport(server, session);
	const services = () => withReach(standingServices(server.store, organisation));
	return format === 'xlsx'
		? fileAnswer(
				workbook(services, languages),
				'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
				`texts-${today}.xlsx`
			)
		: fileAnswer(sheetCsv(textRows(services(), languages)), 'text/csv; charset=utf-8', `texts-${today}.csv`);
}
