import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '#lib/domain/ids.ts';
import { NO_ROW, type RegisterMapping } from '#lib/protocol/register-import.ts';
import type { ServerContext } from '#lib/server/context.ts';
import { writeXlsx } from '#lib/server/directory/sheet/write-xlsx.ts';
import { handleRegisterLines } from '#lib/server/register-import/handle.ts';
import { endOldImports } from '#lib/server/register-import/runs.ts';
import { figuresOf } from '#lib/server/reports/figures.ts';
import { publish } from '#lib/server/sync/publish.ts';
import { Importing } from '../support/old-register.ts';
import { call, newOrganisation, startServer, stopServers, type Phone } from '../support/server.ts';
import { onEveryStore } from '../support/stores.ts';

const folder = mkdtempSync(join(tmpdir(), 'reppu-register-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const HEAD = 'Päivämäärä;Neuvontapiste;Asiat;Kieli;Asumisen kesto;Lukumäärä;Asiakasnumero;Huomautus';
const csv = (...rows: string[]) => `${[HEAD, ...rows].join('\r\n')}\r\n`;

/** Says what values of a field mean. */
const meaning =
	(field: string, ...values: [string, string][]) =>
	(mapping: RegisterMapping) => {
		for (const column of mapping.columns) if (column.field === field) column.values.push(...values);
	};

onEveryStore('an old register', (fresh) => {
	let server: ServerContext;
	let organisation: string;
	let coordinator: Phone;
	let adviser: Phone;
	let importing: Importing;
	const desk = newId();

	beforeEach(async () => {
		const started = await startServer(fresh());
		const imports = { folder, most: 1_000_000, hosts: [] };
		server = { ...started, settings: { ...started.settings, imports } };
		const made = await newOrganisation(server, 'coordinator', 'adviser');
		organisation = made.organisation;
		[coordinator, adviser] = made.phones as [Phone, Phone];
		await server.store.write((trx) =>
			publish(
				trx,
				organisation,
				[
					{
						collection: 'desk',
						id: desk,
						part: 'organisation',
						fields: { name: 'Kirjasto', municipality: '140', placeType: 'library' }
					}
				],
				Date.now()
			)
		);
		importing = new Importing(server, coordinator);
	});
	afterAll(stopServers);

	const figures = async (from = '2000-01-01', to = '2026-12-31') => {
		const { contacts, tables } = await figuresOf(server.store, organisation, {
			from,
			to,
			where: {},
			tables: [['year'], ['municipality'], ['language'], ['topic'], ['adviser'], ['clientStatus']]
		});
		const counts = tables.map(({ cells }) =>
			Object.fromEntries(cells.map((cell) => [cell.classes[0] ?? '', cell.contacts]))
		);
		return { contacts, counts };
	};
	const rowsOf = async (table: 'journal' | 'records' | 'visit_facts' | 'register_rows' | 'audit') =>
		server.store.db.selectFrom(table).selectAll().where('organisation_id', '=', organisation).execute();

	it('is understood, checked, brought in as it was shown, and counted', async () => {
		const found = await importing.read(
			csv(
				'7.3.2019;Kirjasto;Asuminen;venäjä;1–3 vuotta;;;',
				'8.3.2019;Iisalmi;Lomakkeen tai hakemuksen täyttäminen, Koulutus;arabia;Ei tietoa;;;salainen',
				'2020-01-02;Kirjasto;kotoperä;ryska;Under 1 år;3;;'
			).replaceAll(';;;', ';1;;')
		);
		expect(found.columns.map(({ field }) => field)).toEqual(['date', 'place', 'topics', 'language', 'residenceLength', 'count', 'clientCode', null]); // prettier-ignore
		const unknown = found.columns.flatMap(({ values }) => values.filter(({ code }) => code === null));
		expect(unknown).toMatchObject([{ value: 'kotoperä', count: 1 }]);

		// A value that nobody has decided about leaves its row out, with words; nothing is written yet.
		const undecided = await importing.check();
		expect(undecided.run.result).toMatchObject({ rows: 3, taken: 2, contacts: 2, leftOut: 1, codes: { unknown_value: 1 } }); // prettier-ignore
		expect(undecided.lines).toEqual([{ where: '4', outcome: 'skipped', code: 'unknown_value', field: 'Asiat', found: 'kotoperä' }]); // prettier-ignore
		expect(await figures()).toMatchObject({ contacts: 0 });

		const checked = await importing.check(meaning('topics', ['kotoperä', 'housing']));
		expect(checked.run.result).toMatchObject({
			taken: 3,
			contacts: 5,
			leftOut: 0,
			years: { 2019: 2, 2020: 3 }
		});
		const done = await importing.apply();
		expect(done.run).toMatchObject({ state: 'applied', appliedBy: 'The coordinator' });
		const { contacts, counts } = await figures();
		const [year, municipality, language, topic, by] = counts;
		expect(contacts).toBe(5);
		expect(year).toEqual({ 2019: 2, 2020: 3 });
		expect(municipality).toEqual({ 140: 5 });
		expect(language).toEqual({ ru: 4, ar: 1 });
		expect(topic).toMatchObject({ housing: 4, education: 1 });
		expect(by).toEqual({ [coordinator.enrolled.membership]: 5 });
		// The note was not chosen: it is nowhere.
		const bodies = await server.store.db.selectFrom('journal_bodies').select('body').execute();
		expect(JSON.stringify(bodies)).not.toContain('salainen');
		expect(existsSync(join(folder, importing.id, 'files'))).toBe(false);
		const audit = await rowsOf('audit');
		expect(audit.filter((row) => 'event' in row && row.event === 'import')).toHaveLength(1);
		expect(audit.filter((row) => 'event' in row && row.event === 'change')).toHaveLength(0);
	});

	it('changes nothing the second time, in whatever order its rows and columns stand', async () => {
		const rows = ['7.3.2019;Kirjasto;Asuminen;venäjä;;1;;', '7.3.2019;Kirjasto;Asuminen;venäjä;;1;;', '9.3.2019;Kirjasto;Koulutus;arabia;;4;;']; // prettier-ignore
		await importing.bringIn(csv(...rows));
		const before = [await figures(), await rowsOf('journal'), await rowsOf('records')];
		expect(before[0]).toMatchObject({ contacts: 6 });

		const turned = csv(...rows.toReversed())
			.split('\r\n')
			.map((line) => (line === '' ? '' : line.split(';').toReversed().join(';')))
			.join('\r\n');
		for (const again of [csv(...rows), turned]) {
			await importing.read(again);
			const { run } = await importing.check();
			expect(run.result).toMatchObject({
				rows: 3,
				taken: 0,
				contacts: 0,
				before: 3,
				codes: { in_before: 3 }
			});
			await importing.apply();
			expect([await figures(), await rowsOf('journal'), await rowsOf('records')]).toEqual(before);
		}

		// What is new in it comes in, and a third row like the first two is a third contact.
		await importing.bringIn(csv(...rows, rows[0]!, '10.3.2019;Kirjasto;Koulutus;arabia;;1;;'));
		expect(await figures()).toMatchObject({ contacts: 8 });
	});

	it('is taken back as a whole, and may come in again', async () => {
		await importing.bringIn(
			csv('7.3.2019;Kirjasto;Asuminen;venäjä;;700;;', '8.3.2019;Kirjasto;Koulutus;arabia;;1;;')
		);
		const first = importing.id;
		await importing.bringIn(csv('7.5.2020;Kirjasto;Koulutus;arabia;;2;;'));
		expect(await figures()).toMatchObject({ contacts: 703 });
		importing.id = first;
		expect(await importing.step({ do: 'take-back' })).toBe(202);
		expect((await importing.look()).run).toMatchObject({
			state: 'taken-back',
			takenBackBy: 'The coordinator'
		});
		expect(await figures()).toMatchObject({ contacts: 2 });
		expect(await importing.step({ do: 'take-back' })).toBe(404);
		// Removed, as a person removes a visit: nothing that came is lost.
		const records = await rowsOf('records');
		expect(records.filter((row) => 'collection' in row && row.collection === 'visit')).toHaveLength(703);
		await importing.bringIn(csv('7.3.2019;Kirjasto;Asuminen;venäjä;;700;;'));
		expect(await figures()).toMatchObject({ contacts: 702 });
	});

	it('fills no phone, and belongs to whom the coordinator says', async () => {
		await importing.bringIn(csv('7.3.2019;Kirjasto;Asuminen;venäjä;;30;;'), (mapping) => {
			mapping.owner = adviser.enrolled.membership;
		});
		expect((await figures()).counts[4]).toEqual({ [adviser.enrolled.membership]: 30 });
		for (const phone of [coordinator, adviser]) {
			const changes = await phone.readAll({});
			expect(changes.filter(({ collection }) => collection === 'visit')).toEqual([]);
		}
	});

	describe('with bad input', () => {
		const NEXT_YEAR = new Date().getUTCFullYear() + 1;

		it.each([
			['no date', ';Kirjasto;Koulutus;arabia;;1;;', 'no_date'],
			['a date that is none', '30.2.2019;Kirjasto;Koulutus;arabia;;1;;', 'bad_date'],
			['1900', '1.1.1900;Kirjasto;Koulutus;arabia;;1;;', 'date_too_old'],
			['next year', `1.6.${NEXT_YEAR};Kirjasto;Koulutus;arabia;;1;;`, 'date_future'],
			['a date that could be two', '3/7/2019;Kirjasto;Koulutus;arabia;;1;;', 'date_ambiguous'],
			['a negative count', '7.3.2019;Kirjasto;Koulutus;arabia;;-4;;', 'count_negative'],
			['a count of nothing', '7.3.2019;Kirjasto;Koulutus;arabia;;0;;', 'count_zero'],
			['half a contact', '7.3.2019;Kirjasto;Koulutus;arabia;;1,5;;', 'bad_count'],
			['a typing error of thousands', '7.3.2019;Kirjasto;Koulutus;arabia;;70000;;', 'count_too_large'],
			['an unknown place', '7.3.2019;Atlantis;Koulutus;arabia;;1;;', 'unknown_value'],
			['a class that is not asked here', '7.3.2019;Kirjasto;Koulutus;klingon;;1;;', 'unknown_value']
		])('leaves out a row with %s and says so, and takes the others', async (_, row, code) => {
			await importing.read(csv(row, '13/3/2019;Kirjasto;Koulutus;arabia;;1;;'));
			const { run, lines } = await importing.check();
			expect(run.result).toMatchObject({ rows: 2, taken: 1, leftOut: 1, codes: { [code]: 1 } });
			expect(lines).toMatchObject([{ where: '2', outcome: 'skipped', code }]);
			await importing.apply();
			expect(await figures()).toMatchObject({ contacts: 1 });
		});

		it('reads mixed formats of dates once somebody has said what stands first', async () => {
			const found = await importing.read(
				csv(
					...['7.3.2019', '2019-03-08', '43533', '3/7/2019', '13/3/2019', '3/14/2019'].map(
						(date) => `${date};Kirjasto;Koulutus;arabia;;1;;`
					)
				)
			);
			expect(found.columns[0]?.dates).toEqual({ readable: 6, ambiguous: 1, example: '3/7/2019', dayFirst: 1, monthFirst: 1 }); // prettier-ignore
			const { run, lines } = await importing.check((mapping) => {
				mapping.columns[0]!.order = 'dmy';
			});
			expect(run.result).toMatchObject({ taken: 6, leftOut: 0, codes: { date_other_order: 1 } });
			expect(lines).toMatchObject([{ where: '7', outcome: 'mended', found: '3/14/2019' }]);
			await importing.apply();
			const { tables } = await figuresOf(server.store, organisation, {
				from: '2019-01-01',
				to: '2019-12-31',
				where: {},
				tables: [['day']]
			});
			expect(tables[0]?.cells.map(({ classes }) => classes[0])).toEqual(['2019-03-07', '2019-03-08', '2019-03-09', '2019-03-13', '2019-03-14', '2019-07-03']); // prettier-ignore
		});

		it('counts a municipality that was merged in the one of today, and says so', async () => {
			await importing.read(
				csv('7.3.2019;Pertunmaa;Koulutus;arabia;;1;;', '7.3.2019;588;Koulutus;arabia;;1;;')
			);
			const { run } = await importing.check();
			expect(run.result).toMatchObject({ taken: 2, codes: { merged_municipality: 2 } });
			const answer = await call(server, handleRegisterLines, importing.get('?locale=fi'), {
				jar: coordinator.jar,
				params: { id: importing.id }
			});
			expect(await answer.text()).toContain('2;;Kunta on liitetty toiseen; lasketaan nykyiseen kuntaan'.replace(/(Kunta.*)/, '"$1";Pertunmaa;Rivi otetaan mukaan')); // prettier-ignore
			await importing.apply();
			expect((await figures()).counts[1]).toEqual({ 507: 2 });
		});

		it('tells new from returning clients by their codes, keeps none of them, and notices one that stands twice on a day', async () => {
			await importing.read(
				csv('9.3.2019;Kirjasto;Koulutus;arabia;;1;A-17;', '7.3.2019;Kirjasto;Koulutus;arabia;;1;A-17;', '7.3.2019;Kirjasto;Asuminen;arabia;;1;a-17;', '7.3.2019;Kirjasto;Koulutus;arabia;;1;B-2;') // prettier-ignore
			);
			const { run } = await importing.check();
			expect(run.result).toMatchObject({ taken: 4, codes: { same_client_same_day: 1 } });
			await importing.apply();
			expect((await figures()).counts[5]).toEqual({ new: 2, returning: 2 });
			const bodies = await server.store.db.selectFrom('journal_bodies').select('body').execute();
			expect(JSON.stringify(bodies)).not.toMatch(/A-17/i);
			expect(await server.store.db.selectFrom('card_links').selectAll().execute()).toEqual([]);
		});

		it('leaves rows of a value out where somebody says so, and a note only where it names nobody', async () => {
			await importing.read(csv('7.3.2019;Kirjasto;Koulutus;arabia;;1;;Soita 040 123 4567', '7.3.2019;Kirjasto;Muuta;arabia;;1;;', '8.3.2019;Kirjasto;Koulutus;arabia;;1;;Toi lomakkeen')); // prettier-ignore
			const { run } = await importing.check((mapping) => {
				meaning('topics', ['muuta', NO_ROW])(mapping);
				mapping.columns.push({ column: 7, field: 'note', values: [] });
			});
			expect(run.result).toMatchObject({ taken: 2, codes: { left_out: 1, note_personal: 1 } });
			await importing.apply();
			const bodies = await server.store.db.selectFrom('journal_bodies').select('body').execute();
			expect(JSON.stringify(bodies)).toContain('Toi lomakkeen');
			expect(JSON.stringify(bodies)).not.toContain('040 123');
		});

		it('does not take in sensitive classes that the organisation does not ask', async () => {
			const { columns } = await importing.read(`Pvm;Maahantulon syy\r\n7.3.2019;Ei oleskelulupaa\r\n`);
			expect(columns[1]).toMatchObject({ field: 'residenceGround', values: [{ code: null }] });
			const { run } = await importing.check(meaning('residenceGround', ['Ei oleskelulupaa', 'undocumented']));
			expect(run.result).toMatchObject({ taken: 0, leftOut: 1, codes: { unknown_value: 1 } });
		});

		it.each([
			['nothing', '', 'no_header'],
			['no rows', `${HEAD}\r\n`, 'empty'],
			['half a file', 'Pvm;Kunta;Kieli\r\n7.3.2019;Iisalmi;ru\r\n8.3.2019;Iis', 'cut_off'],
			['a broken workbook', Buffer.from('PK\u0003\u0004 and nothing else'), 'cut_off']
		])('says what is wrong with %s, and keeps nothing of it', async (_, content, code) => {
			const { run } = await importing.read(content);
			expect(run).toMatchObject({ state: 'failed', code });
			expect(existsSync(join(folder, importing.id))).toBe(false);
		});
	});

	it('comes from a workbook with a sheet for each year', async () => {
		const rows = (year: number) =>
			Readable.from([
				['Pvm', 'Kunta', 'Antal'],
				[`7.3.${year}`, 'Iisalmi', 2]
			]);
		const table = (name: string, all: Readable) => ({ name, widths: [10, 10, 10], rightToLeft: new Set<number>(), rows: all }); // prettier-ignore
		const other = table('Ohje', Readable.from([['Lue', 'tämä'], ['ensin', '!']])); // prettier-ignore
		const book = writeXlsx([table('2018', rows(2018)), table('2019', rows(2019)), other]);
		const bytes = Buffer.concat((await book.toArray()) as Buffer[]);
		await importing.read(bytes, 'vanha.xlsx');
		const { run, lines } = await importing.check();
		expect(run.result).toMatchObject({ rows: 2, contacts: 4, years: { 2018: 2, 2019: 2 } });
		expect(lines).toMatchObject([{ where: 'Ohje', code: 'other_sheet' }]);
	});

	it('is checked anew where something came in since, and only then brought in', async () => {
		const content = csv('7.3.2019;Kirjasto;Koulutus;arabia;;1;;', '8.3.2019;Kirjasto;Koulutus;arabia;;1;;');
		await importing.read(content);
		await importing.check();
		// Somebody else has brought in one of its rows meanwhile.
		const { db } = server.store;
		const run = await db.selectFrom('register_imports').selectAll().where('id', '=', importing.id).executeTakeFirstOrThrow(); // prettier-ignore
		await db.updateTable('register_imports').set({ state: 'dropped' }).where('id', '=', run.id).execute();
		const other = new Importing(server, coordinator);
		await other.bringIn(csv('7.3.2019;Kirjasto;Koulutus;arabia;;1;;'));
		await db.updateTable('register_imports').set({ state: 'checked' }).where('id', '=', run.id).execute();
		const again = await importing.apply();
		expect(again.run).toMatchObject({
			state: 'checked',
			result: { changedSince: true, taken: 1, before: 1 }
		});
		expect(await figures()).toMatchObject({ contacts: 1 });
		await importing.apply();
		expect(await figures()).toMatchObject({ contacts: 2 });
	});

	it('brings in nothing at all where the store fails in the middle, and says so', async () => {
		await importing.read(csv('7.3.2019;Kirjasto;Koulutus;arabia;;900;;'));
		await importing.check();
		const before = await rowsOf('journal');
		const { store } = server;
		const write: typeof store.write = (task) =>
			store.write(async (trx, last) => {
				const result = await task(trx, last);
				const { count } = await trx.selectFrom('register_rows').select((eb) => eb.fn.countAll().as('count')).executeTakeFirstOrThrow(); // prettier-ignore
				if (Number(count) > 0) throw new Error('The disk is gone.');
				return result;
			});
		const broken = new Importing({ ...server, store: { ...store, write } }, coordinator);
		broken.id = importing.id;
		expect((await broken.apply()).run).toMatchObject({ state: 'failed', code: 'unavailable' });
		expect(await rowsOf('journal')).toEqual(before);
		expect(await rowsOf('register_rows')).toEqual([]);
		expect(await figures()).toMatchObject({ contacts: 0 });
	});

	it('ends by itself where nobody goes on, and is given up by hand', async () => {
		await importing.read(csv('7.3.2019;Kirjasto;Koulutus;arabia;;1;;'));
		expect(await endOldImports(server.store, Date.now())).toEqual([importing.id]);
		expect(await endOldImports(server.store, Date.now() + 90_000_000)).toEqual([]);
		expect((await importing.look()).run.state).toBe('dropped');
	});
});
