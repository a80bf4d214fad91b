import type { RequestEvent } from '@sveltejs/kit';
import * as z from 'zod/mini';
import type { Locale } from '#lib/domain/languages.ts';
import { programOf } from '#lib/server/accounts/api-tokens.ts';
import { sessionOf } from '#lib/server/accounts/sessions.ts';
import { ApiError } from '#lib/server/api-error.ts';
import { noteUse } from '#lib/server/audit/note.ts';
import type { ServerContext } from '#lib/server/context.ts';
import { requireRight } from '#lib/server/policy/require-right.ts';
import { HIDDEN, plainText } from '#lib/statistics/export-rows.ts';
import { unitOf } from '#lib/statistics/periods.ts';
import { publishedQuestion, type PublishedFigures, type PublishedId } from '#lib/statistics/published.ts';
import { publishedClasses } from '#lib/statistics/published-words.ts';
import { dimensionName, measureName } from '#lib/statistics/words.ts';
import { figureFile, figureFormats } from './figure-file.ts';
import { publishedFiguresOf } from './published-figures.ts';

const asked = z.object({
	from: z.iso.date(),
	to: z.iso.date(),
	format: z.enum(figureFormats),
	locale: z.enum(['fi', 'sv', 'en'])
});

/** What a file says of its kind, in one word; its first line says what was done to the figures. */
const PUBLIC = { fi: 'Julkinen', sv: 'Offentlig', en: 'Public' } as const;
const ROUNDED = {
	fi: `Pyöristetty lähimpään viiteen; ${HIDDEN} = peitetty`,
	sv: `Avrundat till närmaste fem; ${HIDDEN} = dolt`,
	en: `Rounded to the nearest five; ${HIDDEN} = hidden`
} as const;
const HEAD = {
	fi: ['Taulukko', 'Luokka', 'Koodi'],
	sv: ['Tabell', 'Klass', 'Kod'],
	en: ['Table', 'Class', 'Code']
} as const;

/**
 * `GET /api/v1/figures/published?from=&to=&format=&locale=`: the figures of a whole quarter that may leave the organisation, as a file: the same report that a
 * network viewer reads (decision 0029), so that nobody can set one against the other. 422 for any other period. A program reads it with a token.
 */
export async function handlePublishedFile(event: RequestEvent, server: ServerContext): Promise<Response> {
	const program = await programOf(event, server);
	const reader = program ?? requireRight(await sessionOf(event, server), 'published:read');
	const { data } = asked.safeParse(Object.fromEntries(event.url.searchParams));
	if (!data) throw new ApiError(422, 'bad_request');
	const { from, to, format, locale } = data;
	const question = publishedQuestion({ from, to });
	const figures = await publishedFiguresOf(server.store, reader.organisation, question, server.now());
	if (!figures) throw new ApiError(422, 'bad_request');
	const ids = [from, to, ...(program ? [program.token] : [])];
	await noteUse(server, reader, [{ event: 'export', kind: 'figures', ids }]);
	const quarter = unitOf(from, 'quarter');
	return figureFile(format, {
		name: `public-${quarter}`,
		sheet: PUBLIC[locale],
		rows: [
			[PUBLIC[locale], quarter, from, to, ROUNDED[locale]],
			[...HEAD[locale], measureName('contacts', locale)],
			[measureName('contacts', locale), '', '', figures.contacts ?? HIDDEN],
			...figures.tables.flatMap((table) => tableRows(table, locale))
		],
		json: { kind: 'public', quarter, ...figures }
	});
}

function tableRows(table: PublishedFigures['tables'][number], locale: Locale): (string | number)[][] {
	const name = plainText(dimensionName(table.by[0] as PublishedId, locale));
	return publishedClasses(table, locale).map(({ id, label, count }) => [
		name,
		plainText(label),
		id,
		count ?? HIDDEN
	]);
}
