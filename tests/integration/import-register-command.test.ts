import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { RegisterMapping } from '#lib/protocol/register-import.ts';
import type { ServerContext } from '#lib/server/context.ts';
import { figuresOf } from '#lib/server/reports/figures.ts';
import { TEST_SECRET } from '../support/built-server.ts';
import { Importing } from '../support/old-register.ts';
import { newOrganisation, startServer, type Phone } from '../support/server.ts';
import { onEveryStore } from '../support/stores.ts';

const HEAD = 'Päivämäärä;Kunta;Asiat;Kieli;Lukumäärä;Huomautus';
const REGISTER = [
	HEAD,
	'7.3.2019;Iisalmi;Asuminen;venäjä;2;',
	'8.3.2019;Kiuruvesi;Koulutus;arabia;1;salainen',
	'2.1.2020;Iisalmi;kotoperä;ryska;3;'
].join('\r\n');

onEveryStore('npm run import-register', (fresh, kind) => {
	let folder: string;
	let server: ServerContext;
	let organisation: string;
	let coordinator: Phone;
	let adviser: Phone;
	let database: string;

	beforeAll(async () => {
		folder = mkdtempSync(join(tmpdir(), 'reppu-register-command-'));
		database = fresh();
		const started = await startServer(database);
		const imports = { folder: join(folder, 'imports'), most: 1_000_000, hosts: [] };
		server = { ...started, settings: { ...started.settings, imports } };
		const made = await newOrganisation(server, 'coordinator', 'adviser');
		organisation = made.organisation;
		[coordinator, adviser] = made.phones as [Phone, Phone];
	});
	afterAll(() => rmSync(folder, { recursive: true, force: true }));

	/** As people run it; the store is open beside it, as the server's is. */
	function run(...args: string[]): { code: number | null; out: string; errors: string } {
		const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/import-register.js', ...args], {
			env: {
				...process.env,
				DATABASE_URL: database,
				ERASED_FILE: join(folder, 'erased'),
				...(kind === 'postgres' && { REPPU_SECRET: TEST_SECRET })
			},
			encoding: 'utf8'
		});
		return { code: status, out: stdout, errors: stderr };
	}

	function file(name: string, text: string): string {
		const path = join(folder, name);
		writeFileSync(path, text);
		return path;
	}

	async function counted() {
		const { contacts, tables } = await figuresOf(server.store, organisation, {
			from: '2000-01-01',
			to: '2026-12-31',
			where: {},
			tables: [['municipality'], ['topic'], ['adviser']]
		});
		const counts = tables.map(({ cells }) =>
			Object.fromEntries(cells.map((cell) => [cell.classes[0] ?? '', cell.contacts]))
		);
		return { contacts, counts };
	}
	const imports = () => server.store.db.selectFrom('register_imports').selectAll().execute();

	it('says what it would do, does it, and is known again and taken back by the office', async () => {
		const path = file('vanha.csv', REGISTER);
		const dry = run(path, '--dry-run');
		expect(dry).toMatchObject({ code: 0, errors: '' });
		for (const said of [
			'A  Päivämäärä: date\n',
			'F  Huomautus: not brought in\n',
			'     1 × kotoperä: not known\n',
			'4 · Asiat · The value is not known: say what it means · kotoperä · Row left out\n',
			'      1 × The value is not known: say what it means\n',
			'3 rows read, 2 come in as 3 contacts (2019: 3), 1 left out, 0 came in before.\n'
		])
			expect(dry.out).toContain(said);
		expect(dry.out).toContain('A dry run, nothing was changed. ');
		expect([(await counted()).contacts, await imports()]).toEqual([0, []]);

		// What was proposed, with what nobody but a person knows.
		const mapped = join(folder, 'mapping.json');
		expect(run(path, '--save-mapping', mapped)).toMatchObject({ code: 0, errors: '' });
		const mapping = JSON.parse(readFileSync(mapped, 'utf8')) as RegisterMapping;
		mapping.columns.find(({ field }) => field === 'topics')?.values.push(['kotoperä', 'housing']);
		writeFileSync(mapped, JSON.stringify(mapping));
		const whole = [path, '--mapping', mapped, '--owner', adviser.enrolled.membership];
		const done = run(...whole);
		expect(done).toMatchObject({ code: 0, errors: '' });
		expect(done.out).toMatch(
			/^[^\n]*: 3 rows read, 3 come in as 6 contacts \(2019: 3, 2020: 3\), 0 left out, 0 came in before\.$/m
		);
		expect(await counted()).toEqual({
			contacts: 6,
			counts: [{ 140: 5, 263: 1 }, { housing: 5, education: 1 }, { [adviser.enrolled.membership]: 6 }]
		});
		const bodies = await server.store.db.selectFrom('journal_bodies').select('body').execute();
		expect(JSON.stringify(bodies)).not.toContain('salainen');
		const noted = await server.store.db
			.selectFrom('audit')
			.selectAll()
			.where('event', '=', 'import')
			.execute();
		expect(noted).toMatchObject([{ membership_id: null, subject_id: adviser.enrolled.membership }]);

		expect(run(...whole).out).toContain('0 come in as 0 contacts, 0 left out, 3 came in before.');
		const [only, ...others] = await imports();
		expect(only).toMatchObject({ file: 'vanha.csv', state: 'applied', applied_by: null });
		expect(others).toEqual([]);

		const office = new Importing(server, coordinator);
		await office.read(REGISTER);
		expect((await office.check()).run.result).toMatchObject({ taken: 0, before: 3 });
		office.id = only!.id;
		await office.step({ do: 'take-back' });
		expect((await office.look()).run.state).toBe('taken-back');
		expect(await counted()).toMatchObject({ contacts: 0 });
	});

	it('changes nothing where the office is bringing one in', async () => {
		const path = file('toinen.csv', `${HEAD}\r\n9.3.2019;Iisalmi;Asuminen;venäjä;1;`);
		const { db } = server.store;
		const set = (state: 'applying' | 'taken-back') =>
			db.updateTable('register_imports').set({ state, changed_at: Date.now() }).execute();
		await set('applying');
		expect(run(path)).toMatchObject({
			code: 1,
			errors: expect.stringContaining('Nothing was changed (busy)') as string
		});
		expect(await counted()).toMatchObject({ contacts: 0 });
		await set('taken-back');
		expect(run(path)).toMatchObject({ code: 0, errors: '' });
		expect(await counted()).toMatchObject({ contacts: 1 });
	});

	// What is said of a call is said alike on both.
	if (kind === 'sqlite') {
		it('asks for what it needs, and says what cannot be read', async () => {
			const path = file('vanha.csv', REGISTER);
			const before = [await counted(), await imports()];
			const tries: [args: string[], code: number, said: string][] = [
				[[], 2, 'Which file?'],
				[[path, '--mapping', file('a.json', '{')], 2, 'is no JSON'],
				[[path, '--mapping', file('b.json', '{"columns":[{"column":0,"field":"name","values":[]}]}')], 2, 'columns.0.field'], // prettier-ignore
				[[path, '--mapping', file('c.json', '{"columns":[{"column":0,"field":"date","values":[]}],"place":"Narnia"}')], 2, 'cannot be carried out'], // prettier-ignore
				[[path, '--mapping', file('d.json', '{"columns":[]}')], 1, 'Nothing was changed (no_date)'],
				[[path, '--save-mapping', path], 2, 'it is not replaced'],
				[[path, '--owner', organisation], 2, `${adviser.enrolled.membership}  adviser`],
				[[file('half.csv', `${HEAD}\r\n7.3.2019;Iisalmi;Asuminen`), '--dry-run'], 1, 'Nothing was changed (cut_off)'] // prettier-ignore
			];
			for (const [args, code, said] of tries) {
				const answer = run(...args);
				expect([args, answer.code]).toEqual([args, code]);
				expect(answer.errors).toContain(said);
			}
			expect([await counted(), await imports()]).toEqual(before);
			const dates = file('dates.csv', 'Date;Municipality\r\n3/7/2019;Iisalmi\r\n13/3/2019;Iisalmi\r\n');
			const asked = run(dates, '--dry-run');
			expect(asked.out).toContain('1 × a date like 3/7/2019, which can be read in two ways: say its "order"');
			expect(asked.out).toContain('2 rows read, 1 come in as 1 contacts');
		});
	}
});
