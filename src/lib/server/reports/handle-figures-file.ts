import type { RequestEvent } from '@sveltejs/kit';
import * as z from 'zod/mini';
import { sessionOf } from '#lib/server/accounts/sessions.ts';
import { ApiError } from '#lib/server/api-error.ts';
import { noteUse } from '#lib/server/audit/note.ts';
import type { ServerContext } from '#lib/server/context.ts';
import { requireRight } from '#lib/server/policy/require-right.ts';
import { namesIn } from '#lib/statistics/basis.ts';
import type { DimensionId } from '#lib/statistics/dimensions.ts';
import { cellRows } from '#lib/statistics/export-rows.ts';
import type { Figures } from '#lib/statistics/question.ts';
import type { Names } from '#lib/statistics/words.ts';
import { basisOf } from './basis.ts';
import { figureFile, figureFormats } from './figure-file.ts';
import { figuresOf } from './figures.ts';
import { readQuestion } from './handle-report.ts';

const asked = z.object({ format: z.enum(figureFormats), locale: z.enum(['fi', 'sv', 'en']) });

/** What every internal file says first, so that it cannot be taken for another. */
const INTERNAL = {
	fi: 'Sisäinen – ei julkaistavaksi',
	sv: 'Intern – får inte publiceras',
	en: 'Internal – not for publication'
} as const;

/** Dimensions whose classes an organisation names by itself. */
const NAMED: readonly DimensionId[] = ['desk', 'adviser', 'topic'];

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
	const [table] = figures.tables;
	const names = await namesFor(server, organisation, figures, data.locale);
	return figureFile(data.format, {
		name: `internal-${question.from}-${question.to}`,
		sheet: INTERNAL[data.locale].slice(0, 7),
		rows: [
			[INTERNAL[data.locale], figures.from, figures.to],
			...(table ? cellRows(table, data.locale, names, figures.measure) : [])
		],
		json: { kind: 'internal', ...figures, names: Object.fromEntries(names) }
	});
}

/** What classes of a table are called that are in no list of codes. */
async function namesFor(
	{ store }: ServerContext,
	organisation: string,
	{ to, tables }: Figures,
	locale: keyof typeof INTERNAL
): Promise<Names> {
	const classes = new Set(
		tables.flatMap(({ by, cells }) =>
			by.flatMap((id, at) => (NAMED.includes(id) ? cells.map((cell) => cell.classes[at] ?? '') : []))
		)
	);
	// Names cost a look at the records; most tables have none.
	if (classes.size === 0) return new Map();
	const names = namesIn(await basisOf(store, organisation, { from: to, to }), locale);
	return new Map([...names].filter(([id]) => classes.has(id)));
}
