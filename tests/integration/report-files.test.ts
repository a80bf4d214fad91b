import { Buffer } from 'node:buffer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '#lib/domain/ids.ts';
import type { ServerContext } from '#lib/server/context.ts';
import { readXlsx } from '#lib/server/directory/sheet/read-xlsx.ts';
import { handleBasis } from '#lib/server/reports/handle-basis.ts';
import { handleFiguresFile } from '#lib/server/reports/handle-figures-file.ts';
import { publish } from '#lib/server/sync/publish.ts';
import { reportBasis } from '#lib/statistics/basis.ts';
import { call, newOrganisation, ORIGIN, type Phone, startServer, stopServers } from '../support/server.ts';

const DESK = newId();
const HOSTILE = '=HYPERLINK("http://x")';
let server: ServerContext;
let phone: Phone;

beforeAll(async () => {
	server = await startServer(':memory:');
	const { organisation, phones } = await newOrganisation(server, 'coordinator');
	phone = phones[0]!;
	const desk = { name: HOSTILE, municipality: '263', placeType: 'library' };
	const reception = {
		desk: DESK,
		start: '2026-03-02T10:00',
		end: '2026-03-02T12:30',
		rule: 'FREQ=WEEKLY',
		except: ['2026-03-09'],
		languages: ['ru', 'fi']
	};
	await server.store.write((trx) =>
		publish(
			trx,
			organisation,
			[
				{ collection: 'desk', id: DESK, part: 'organisation', fields: desk },
				{ collection: 'reception', id: newId(), part: 'organisation', fields: reception }
			],
			server.now()
		)
	);
	const visit = (language: string) =>
		phone.visit({ at: '2026-03-02T10:00:00Z', desk: DESK, deskMunicipality: '263', language });
	await phone.sync([visit('ru'), visit('ru'), visit('ar')]);
});
afterAll(stopServers);

const get = (handle: typeof handleBasis, path: string) =>
	call(
		server,
		handle,
		new Request(`${ORIGIN}${path}`, { headers: { 'reppu-membership': phone.enrolled.membership } }),
		{ jar: phone.jar }
	);
const ask = (tables: string[][], format: string, locale = 'fi') => {
	const question = JSON.stringify({ from: '2026-03-01', to: '2026-03-31', where: {}, tables });
	return get(
		handleFiguresFile,
		`/api/v1/figures/file?ask=${encodeURIComponent(question)}&format=${format}&locale=${locale}`
	);
};

describe('what figures are read beside', () => {
	it('has names, and what the tour planned, without the days that are left out', async () => {
		const answer = await get(handleBasis, '/api/v1/report/basis?from=2026-03-01&to=2026-03-31');
		const { advisers, desks, planned } = reportBasis.parse(await answer.json());
		expect(advisers.map(({ id }) => id)).toContain(phone.enrolled.membership);
		expect(desks).toEqual([{ id: DESK, name: HOSTILE, municipality: '263' }]);
		expect(planned).toEqual([{ municipality: '263', receptions: 4, minutes: 600, languages: ['fi', 'ru'] }]);
	});

	it.each([
		'',
		'?from=2026-03-01',
		'?from=2026-03-02&to=2026-03-01',
		'?from=1900-01-01&to=2026-03-01',
		'?from=x&to=y'
	])('is not told of %j', async (query) => {
		expect((await get(handleBasis, `/api/v1/report/basis${query}`)).status).toBe(422);
	});
});

describe('a table as a file', () => {
	it('is CSV that Finnish Excel opens, says that it is internal, and runs nothing', async () => {
		const answer = await ask([['desk', 'language']], 'csv');
		expect(answer.headers.get('content-disposition')).toBe(
			'attachment; filename="internal-2026-03-01-2026-03-31.csv"'
		);
		// `text()` would take the mark away.
		expect(Buffer.from(await answer.arrayBuffer()).toString('utf8')).toBe(
			[
				'\ufeffSisäinen – ei julkaistavaksi;2026-03-01;2026-03-31',
				'Neuvontapiste;Neuvontapiste (koodi);Asiointikieli;Asiointikieli (koodi);Yhteydenottoja',
				`"'=HYPERLINK(""http://x"")";${DESK};venäjä;ru;2`,
				`"'=HYPERLINK(""http://x"")";${DESK};arabia;ar;1`,
				''
			].join('\r\n')
		);
	});

	it('is a workbook with the same rows, figures as numbers, and no formula in it', async () => {
		const bytes = Buffer.from(await (await ask([['desk', 'language']], 'xlsx', 'en')).arrayBuffer());
		const input = { name: 'a.xlsx', open: async function* () { yield bytes; } }; // prettier-ignore
		const rows: (string | undefined)[][] = [];
		for await (const { lines } of readXlsx(input, () => undefined))
			for await (const { cells, formulas } of lines) {
				rows.push([...cells]);
				expect([...formulas]).toEqual([]);
			}
		expect(rows[0]?.[0]).toBe('Internal – not for publication');
		expect(rows.slice(2)).toEqual([
			[HOSTILE, DESK, 'Russian', 'ru', '2'],
			[HOSTILE, DESK, 'Arabic', 'ar', '1']
		]);
	});

	it('is JSON that says of what kind it is', async () => {
		expect(await (await ask([['language']], 'json')).json()).toMatchObject({
			kind: 'internal',
			contacts: 3,
			tables: [{ by: ['language'] }]
		});
	});

	it.each([
		['no table', [], 'csv', 'fi'],
		['no such format', [['language']], 'pdf', 'fi'],
		['no such language', [['language']], 'csv', 'xx'],
		['no such dimension', [['name']], 'csv', 'fi']
	])('is not made of %s', async (_what, tables, format, locale) => {
		expect((await ask(tables, format, locale)).status).toBe(422);
	});
});
