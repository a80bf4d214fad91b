import { Buffer } from 'node:buffer';
import { beforeAll, describe, expect, it } from 'vitest';
import { newId } from '#lib/domain/ids.ts';
import { topicField } from '#lib/domain/register-settings.ts';
import type { ServerContext } from '#lib/server/context.ts';
import { readXlsx } from '#lib/server/directory/sheet/read-xlsx.ts';
import { handleBasis } from '#lib/server/reports/handle-basis.ts';
import { handleFiguresFile } from '#lib/server/reports/handle-figures-file.ts';
import { publish } from '#lib/server/sync/publish.ts';
import { reportBasis } from '#lib/statistics/basis.ts';
import { call, newOrganisation, ORIGIN, type Phone, startServer } from '../support/server.ts';
import { onEveryStore } from '../support/stores.ts';

const DESK = newId();
const HOSTILE = '=HYPERLINK("http://x")';
const COTTAGE = 'housing.own-4k2m';
const BERRIES = 'work.own-9x3p';

onEveryStore('figures as files, and what they are read beside', (fresh) => {
	let server: ServerContext;
	let phone: Phone;

	beforeAll(async () => {
		server = await startServer(fresh());
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
		const visit = (language: string, topic: string) =>
			phone.visit({
				at: '2026-03-02T10:00:00Z',
				desk: DESK,
				deskMunicipality: '263',
				language,
				topics: [topic]
			});
		const settings = {
			...phone.visit(),
			collection: 'settings',
			recordId: organisation,
			fields: {
				[topicField(COTTAGE)]: { fi: 'Mökki', en: 'Cottage' },
				[topicField(BERRIES)]: { sv: HOSTILE },
				retired: [COTTAGE]
			}
		};
		await phone.sync([settings, visit('ru', COTTAGE), visit('ru', COTTAGE), visit('ar', BERRIES)]);
	});

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
		it('has names, and what receptions there were, without the days that are left out', async () => {
			const answer = await get(handleBasis, '/api/v1/report/basis?from=2026-03-01&to=2026-03-31');
			const { advisers, desks, topics, held } = reportBasis.parse(await answer.json());
			expect(advisers.map(({ id }) => id)).toContain(phone.enrolled.membership);
			expect(desks).toEqual([{ id: DESK, name: HOSTILE, municipality: '263' }]);
			expect(topics).toEqual([
				{ id: COTTAGE, fi: 'Mökki', en: 'Cottage' },
				{ id: BERRIES, sv: HOSTILE }
			]);
			expect(held).toEqual([
				{ municipality: '263', receptions: 4, told: 0, minutes: 600, languages: ['fi', 'ru'] }
			]);
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
				tables: [{ by: ['language'] }],
				names: {}
			});
		});

		it('calls own topics by their names, retired ones too, in the language of the file or the one that there is', async () => {
			const rows = async (by: string[], locale: string) =>
				(await (await ask([by], 'csv', locale)).text()).split('\r\n').slice(2, -1);
			expect(await rows(['topic'], 'en')).toEqual([
				`Cottage;${COTTAGE};2`,
				`"'=HYPERLINK(""http://x"")";${BERRIES};1`
			]);
			expect((await rows(['topic', 'language'], 'sv'))[0]).toBe(`Mökki;${COTTAGE};ryska;ru;2`);
			expect(await (await ask([['topic']], 'json', 'fi')).json()).toMatchObject({
				names: { [COTTAGE]: 'Mökki', [BERRIES]: HOSTILE }
			});
		});

		it('has nothing of them where it is counted as it may be told outside', async () => {
			for (const by of ['publicTopic', 'publicGroup', 'topicArea', 'topicGroup'])
				for (const format of ['csv', 'json'])
					expect(await (await ask([[by]], format)).text()).not.toMatch(/Mökki|Cottage|HYPERLINK|own-/);
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
});
