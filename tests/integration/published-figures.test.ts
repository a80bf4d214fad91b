import { Buffer } from 'node:buffer';
import { expect, it } from 'vitest';
import { newId } from '#lib/domain/ids.ts';
import type { ServerContext } from '#lib/server/context.ts';
import { handlePublishedFile } from '#lib/server/reports/handle-published-file.ts';
import { handleFigures } from '#lib/server/reports/handle-report.ts';
import { publish } from '#lib/server/sync/publish.ts';
import { publishedFigures, type PublishedFigures } from '#lib/statistics/published.ts';
import { call, newOrganisation, ORIGIN, startServer, type Phone } from '../support/server.ts';
import { onEveryStore } from '../support/stores.ts';

/** Two weeks after a quarter is over, and a bit. */
const NOW = Date.UTC(2026, 9, 20);
const QUARTER = { from: '2026-07-01', to: '2026-09-30', where: {} };
const LANGUAGES = { ...QUARTER, tables: [['language']] };
const ALL = { ...QUARTER, tables: [['municipality'], ['topicGroup'], ['language'], ['residenceLength']] };

interface World {
	server: ServerContext;
	adviser: Phone;
	viewer: Phone;
	/** The answer to a question, as it came. */
	ask: (question: object, phone?: Phone) => Promise<Response>;
	published: (question: object) => Promise<PublishedFigures>;
	/** Logs so many contacts of the quarter. */
	log: (count: number, fields?: Parameters<Phone['visit']>[0]) => Promise<void>;
}

async function world(databaseUrl: string): Promise<World> {
	const server = await startServer(databaseUrl);
	server.now = () => NOW;
	const { organisation, phones } = await newOrganisation(server, 'adviser', 'viewer');
	const [adviser, viewer] = phones as [Phone, Phone];
	const desks = ['140', '263'].map((municipality) => ({
		collection: 'desk',
		id: newId(),
		part: 'organisation' as const,
		fields: { name: 'Kirjasto', municipality }
	}));
	await server.store.write((trx) => publish(trx, organisation, desks, NOW));
	const ask = async (question: object, phone = viewer) => {
		const url = `${ORIGIN}/api/v1/figures?ask=${encodeURIComponent(JSON.stringify(question))}`;
		const { membership } = phone.enrolled;
		const request = new Request(url, { headers: { 'reppu-membership': membership } });
		return call(server, handleFigures, request, { jar: phone.jar });
	};
	return {
		server,
		adviser,
		viewer,
		ask,
		published: async (question) => publishedFigures.parse(await (await ask(question)).json()),
		log: async (count, fields = {}) => {
			const at = '2026-08-12T09:00:00Z';
			const visits = Array.from({ length: count }, () =>
				adviser.visit({ at, deskMunicipality: '140', language: 'ar', residenceLength: '1-3', ...fields })
			);
			await adviser.sync(visits);
		}
	};
}

/** What is shown of one table, by class; hidden ones are left out. */
const shown = ({ tables }: PublishedFigures, id: string) =>
	Object.fromEntries(
		tables
			.filter(({ by }) => by[0] === id)
			.flatMap(({ cells }) =>
				cells.flatMap(({ classes, contacts }) => (contacts === null ? [] : [[classes[0], contacts]]))
			)
	);

onEveryStore('figures for a network viewer', (fresh) => {
	it('are rounded, and small ones and what guards them are hidden', async () => {
		const { published, log } = await world(fresh());
		await log(41);
		await log(23, { language: 'ru', deskMunicipality: '263', topics: ['housing'] });
		await log(12, { language: 'so', topics: ['work', 'housing'] });
		await log(2, { language: 'fa', topics: ['health'] });
		const answer = await published(ALL);
		expect(answer).toMatchObject({ published: true, from: QUARTER.from, to: QUARTER.to, contacts: 80 });
		// Two Persian contacts: with the classes that do not occur they could be any of them, up to four.
		expect(shown(answer, 'language')).toEqual({ ar: 40, ru: 25 });
		// Nobody came without a place, which has to stay open.
		expect(shown(answer, 'municipality')).toEqual({ '140': 55 });
		expect(shown(answer, 'topicGroup')).toEqual({ work: 55, housing: 35 });
		// Every class stands there, whether it occurs or not.
		const languages = answer.tables.find(({ by }) => by[0] === 'language')?.cells ?? [];
		expect(languages.find(({ classes }) => classes[0] === 'fa')).toEqual({ classes: ['fa'], contacts: null });
		expect(languages.find(({ classes }) => classes[0] === 'th')).toEqual({ classes: ['th'], contacts: null });
	});

	it('are all of one report, whichever tables are asked for', async () => {
		const { published, log } = await world(fresh());
		await log(30);
		await log(30, { language: 'ru', deskMunicipality: '263' });
		const whole = await published(ALL);
		for (const [id] of ALL.tables)
			expect(shown(await published({ ...QUARTER, tables: [[id]] }), id!)).toEqual(shown(whole, id!));
		expect((await published({ ...QUARTER, tables: [] })).contacts).toBe(60);
	});

	it('leave as a file of the same report, hidden ones without a number, and of no other period', async () => {
		const { server, viewer, published, log } = await world(fresh());
		await log(41);
		await log(23, { language: 'ru', deskMunicipality: '263', topics: ['housing'] });
		await log(2, { language: 'fa', topics: ['health'] });
		const file = (format: string, { from, to } = QUARTER, locale = 'fi') => {
			const query = new URLSearchParams({ from, to, format, locale }).toString();
			const { membership } = viewer.enrolled;
			const headers = { 'reppu-membership': membership };
			const request = new Request(`${ORIGIN}/api/v1/figures/published?${query}`, { headers });
			return call(server, handlePublishedFile, request, { jar: viewer.jar });
		};
		const answer = await published(ALL);
		expect(await (await file('json')).json()).toEqual({ kind: 'public', quarter: '2026-Q3', ...answer });

		const csv = await file('csv');
		expect(csv.headers.get('content-disposition')).toBe('attachment; filename="public-2026-Q3.csv"');
		const lines = Buffer.from(await csv.arrayBuffer())
			.toString('utf8')
			.split('\r\n');
		expect(lines.slice(0, 3)).toEqual([
			'\ufeffJulkinen;2026-Q3;2026-07-01;2026-09-30;"Pyöristetty lähimpään viiteen; .. = peitetty"',
			'Taulukko;Luokka;Koodi;Yhteydenottoja',
			'Yhteydenottoja;;;65'
		]);
		expect(lines).toContain('Asiointikieli;arabia;ar;40');
		expect(lines).toContain('Asiointikieli;persia;fa;..');
		const cells = answer.tables.flatMap((table) => table.cells);
		// Each class has its line, and each hidden one says so; the mark, the head, the sum and the end stand beside them.
		expect(lines).toHaveLength(cells.length + 4);
		expect(lines.filter((line) => line.endsWith(';..'))).toHaveLength(
			cells.filter(({ contacts }) => contacts === null).length
		);
		expect((await file('xlsx', QUARTER, 'sv')).status).toBe(200);

		for (const period of [
			{ from: '2026-07-01', to: '2026-08-31' },
			{ from: '2026-04-01', to: '2026-09-30' },
			{ from: '2026-10-01', to: '2026-12-31' },
			{ from: 'x', to: '2026-09-30' }
		])
			expect((await file('csv', { ...QUARTER, ...period })).status).toBe(422);
		expect((await file('pdf')).status).toBe(422);
	});

	it('are not given of any other question (#97) [fault 97]', async () => {
		const { ask, log } = await world(fresh());
		await log(40);
		const questions = {
			'another period that overlaps it': { ...LANGUAGES, from: '2026-07-02' },
			'a day less': { ...LANGUAGES, to: '2026-09-29' },
			'a month of it': { ...LANGUAGES, to: '2026-07-31' },
			'a year with it': { ...LANGUAGES, from: '2026-01-01', to: '2026-12-31' },
			'two quarters': { ...LANGUAGES, from: '2026-04-01' },
			'a quarter that is not over': { ...LANGUAGES, from: '2026-10-01', to: '2026-12-31' },
			'one of its classes': { ...LANGUAGES, where: { municipality: ['140'] } },
			'two dimensions at once': { ...QUARTER, tables: [['municipality', 'language']] },
			days: { ...QUARTER, tables: [['day']] },
			months: { ...QUARTER, tables: [['month']] },
			people: { ...QUARTER, tables: [['adviser']] },
			desks: { ...QUARTER, tables: [['desk']] },
			'single topics': { ...QUARTER, tables: [['topic']] },
			'the reason for coming': { ...QUARTER, tables: [['residenceGround']] },
			'one table too many': { ...QUARTER, tables: [['language'], ['ageBand']] }
		};
		for (const [name, question] of Object.entries(questions)) {
			const answer = await ask(question);
			expect([name, answer.status, await answer.json()]).toEqual([name, 403, { error: 'not_allowed' }]);
		}
		expect((await ask(LANGUAGES)).status).toBe(200);
	});

	it('are given anew only when much has come: nobody finds out a late contact by asking twice (#97)', async () => {
		const { published, log } = await world(fresh());
		await log(40);
		await log(40, { language: 'ru' });
		await log(12, { language: 'so' });
		const first = await published(LANGUAGES);
		expect(shown(first, 'language')).toEqual({ ar: 40, ru: 40 });
		await log(3, { language: 'so' });
		expect(await published(LANGUAGES)).toEqual(first);
		await log(4);
		await log(30, { language: 'ru' });
		const later = await published(LANGUAGES);
		expect(later.contacts).toBe(130);
		// Arabic has moved by four; Somali was hidden and stays so.
		expect(shown(later, 'language')).toEqual({ ru: 70 });
		expect(await published(LANGUAGES)).toEqual(later);
	});

	it('keep the classes of the first report, though a desk comes in another municipality', async () => {
		const { server, adviser, published, log } = await world(fresh());
		await log(40);
		await log(10, { deskMunicipality: '263' });
		await log(20, { deskMunicipality: '925' });
		const first = await published({ ...QUARTER, tables: [['municipality']] });
		expect(shown(first, 'municipality')).toEqual({ '140': 40, '263': 10, other: 20 });
		const fields = { name: 'Kirjasto', municipality: '925' };
		const desk = { collection: 'desk', id: newId(), part: 'organisation' as const, fields };
		await server.store.write((trx) => publish(trx, adviser.enrolled.organisation, [desk], NOW));
		await log(20, { deskMunicipality: '925' });
		const later = await published({ ...QUARTER, tables: [['municipality']] });
		expect(shown(later, 'municipality')).toEqual({ '140': 40, '263': 10, other: 40 });
	});

	it('hold nothing of other organisations, and are for nobody who only advises', async () => {
		const { server, ask, adviser, published, log } = await world(fresh());
		await log(40);
		const other = (await newOrganisation(server, 'adviser')).phones[0]!;
		await other.sync(
			Array.from({ length: 50 }, () => other.visit({ at: '2026-08-12T09:00:00Z', language: 'ar' }))
		);
		expect((await published(LANGUAGES)).contacts).toBe(40);
		expect((await ask(LANGUAGES, adviser)).status).toBe(403);
	});

	it('say nothing of a quarter that has nearly nobody', async () => {
		const { published, log } = await world(fresh());
		await log(4);
		const answer = await published(ALL);
		expect(answer.contacts).toBeNull();
		expect(answer.tables.flatMap(({ cells }) => cells).every(({ contacts }) => contacts === null)).toBe(true);
	});
});
