import { Readable } from 'node:stream';
import type { RequestEvent } from '@sveltejs/kit';
import * as z from 'zod/mini';
import { sessionOf } from '#lib/server/accounts/sessions.ts';
import { ApiError } from '#lib/server/api-error.ts';
import { noteUse } from '#lib/server/audit/note.ts';
import type { ServerContext } from '#lib/server/context.ts';
import { csvText } from '#lib/server/directory/csv-text.ts';
import { writeXlsx } from '#lib/server/directory/sheet/write-xlsx.ts';
import { requireRight } from '#lib/server/policy/require-right.ts';
import { cellRows } from '#lib/statistics/export-rows.ts';
import { dimension } from '#lib/statistics/dimensions.ts';
import type { Figures } from '#lib/statistics/question.ts';
import { basisOf } from './basis.ts';
import { figuresOf } from './figures.ts';
import { readQuestion } from './handle-report.ts';

const asked = z.object({ format: z.enum(['csv', 'xlsx', 'json']), locale: z.enum(['fi', 'sv', 'en']) });

/** What every internal file says first, so that it cannot be taken for another. */
const INTERNAL = {
	fi: 'Sisäinen – ei julkaistavaksi',
	sv: 'Intern – får inte publiceras',
	en: 'Internal – not for publication'
} as const;

const file = (body: BodyInit, type: string, name: string) =>
	new Response(body, {
		headers: { 'content-type': type, 'content-disposition': `attachment; filename="${name}"` }
	});

/**
 * `GET /api/v1/figures/file?ask=&format=&locale=`: the first table of a question as a file, with true figures. Its first line and its name say that
 * it is internal.
 */
export async function handleFiguresFile(event: RequestEvent, server: ServerContext): Promise<Response> {
	const session = requireRight(await sessionOf(event, server), 'report:read');
	const { searchParams } = event.url;
	const question = readQuestion(searchParams.get('ask') ?? '');
	const { data } = asked.safeParse(Object.fromEntries(searchParams));
	if (!question || !data || question.tables.length === 0) throw new ApiError(422, 'bad_request');
	await noteUse(server, session, [{ event: 'export', kind: 'figures', ids: [question.from, question.to] }]);
	const { organisation } = session;
	const figures = await figuresOf(server.store, organisation, {
		...question,
		tables: question.tables.slice(0, 1)
	});
	const name = `internal-${question.from}-${question.to}.${data.format}`;
	if (data.format === 'json')
		return file(JSON.stringify({ kind: 'internal', ...figures }), 'application/json; charset=utf-8', name);
	const rows = await rowsOf(server, organisation, figures, data.locale);
	if (data.format === 'csv')
		return file(csvText(rows.map((row) => row.map(String))), 'text/csv; charset=utf-8', name);
	const table = {
		name: INTERNAL[data.locale].slice(0, 7),
		widths: rows[1]!.map(() => 28),
		rightToLeft: new Set<number>(),
		rows: Readable.from(rows)
	};
	return file(
		Readable.toWeb(writeXlsx([table])) as ReadableStream,
		'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
		name
	);
}

async function rowsOf(
	{ store }: ServerContext,
	organisation: string,
	{ from, to, tables, measure }: Figures,
	locale: keyof typeof INTERNAL
): Promise<(string | number)[][]> {
	const [table] = tables;
	if (!table) return [];
	// Names cost a look at the records; most tables have none.
	const isNamed = table.by.some((id) => ['desk', 'adviser'].includes(dimension(id).column));
	const basis = isNamed ? await basisOf(store, organisation, { from: to, to }) : undefined;
	const names = new Map(
		[...(basis?.advisers ?? []), ...(basis?.desks ?? [])].map(({ id, name }) => [id, name])
	);
	return [[INTERNAL[locale], from, to], ...cellRows(table, locale, names, measure)];
}
