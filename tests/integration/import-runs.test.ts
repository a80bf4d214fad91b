import { existsSync, mkdtempSync, readdirSync, rmSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, it } from 'vitest';
import {
	importMade,
	importRunAnswer,
	importsAnswer,
	type ImportLine,
	type ImportRun
} from '#lib/protocol/imports.ts';
import type { ServerContext } from '#lib/server/context.ts';
import {
	handleImport,
	handleImportFile,
	handleImportGivenUp,
	handleImportLines,
	handleImports,
	handleImportStep,
	handleNewImport
} from '#lib/server/directory/runs/handle-imports.ts';
import { removeOtherFolders } from '#lib/server/directory/runs/run-folder.ts';
import { endOldRuns } from '#lib/server/directory/runs/run-rows.ts';
import {
	call,
	newOrganisation,
	ORIGIN,
	post,
	startServer,
	stopServers,
	type Phone
} from '../support/server.ts';
import { onEveryStore } from '../support/stores.ts';

const folder = mkdtempSync(join(tmpdir(), 'reppu-runs-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const services = (count: number, name = 'Palvelu') =>
	JSON.stringify(
		Array.from({ length: count }, (_, index) => ({
			id: `s${index}`,
			name: `${name} ${index}`,
			status: 'active',
			...(index === 0 ? { url: 'javascript:alert(1)' } : {}),
			...(index === 1 ? { email: '=HYPERLINK("x")' } : {})
		}))
	);

onEveryStore('an import by the office', (fresh) => {
	let server: ServerContext;
	let coordinator: Phone;

	beforeEach(async () => {
		const started = await startServer(fresh());
		const imports = { folder, most: 100_000, hosts: [] };
		server = { ...started, settings: { ...started.settings, imports } };
		const { phones } = await newOrganisation(server, 'coordinator');
		coordinator = phones[0]!;
	});
	afterAll(stopServers);

	const as = (by: Phone) => ({ 'reppu-membership': by.enrolled.membership });
	const plain = (path: string, method = 'GET', by = coordinator) =>
		new Request(`${ORIGIN}${path}`, { method, headers: { origin: ORIGIN, ...as(by) } });

	async function begin(request: object = {}, by = coordinator): Promise<string> {
		const body = { source: 'kunta', language: 'fi', partial: false, ...request };
		const answer = await call(server, handleNewImport, post('/api/v1/imports', body, as(by)), {
			jar: by.jar
		});
		return importMade.parse(await answer.json()).id;
	}

	async function send(id: string, text: BodyInit, name = 'services.json', by = coordinator): Promise<number> {
		const request = new Request(`${ORIGIN}/x`, {
			method: 'PUT',
			headers: { origin: ORIGIN, ...as(by) },
			body: text,
			...({ duplex: 'half' } as object)
		});
		return (await call(server, handleImportFile, request, { jar: by.jar, params: { id, name } })).status;
	}

	async function step(id: string, body: object, by = coordinator): Promise<number> {
		const request = post('/x', body, as(by));
		return (await call(server, handleImportStep, request, { jar: by.jar, params: { id } })).status;
	}

	async function look(id: string, query = ''): Promise<{ run: ImportRun; lines: ImportLine[] }> {
		for (;;) {
			const answer = await call(server, handleImport, plain(`/x${query}`), {
				jar: coordinator.jar,
				params: { id }
			});
			const found = importRunAnswer.parse(await answer.json());
			if (found.run.state !== 'checking' && found.run.state !== 'applying') return found;
			await new Promise((resolve) => setTimeout(resolve, 10));
		}
	}

	async function checked(text: string, request: object = {}) {
		const id = await begin(request);
		expect(await send(id, text)).toBe(204);
		expect(await step(id, { do: 'check' })).toBe(202);
		return { id, ...(await look(id)) };
	}

	const services2 = async () =>
		(await coordinator.readAll({})).filter(({ state }) => state && 'imported' in state.heads).length;

	it('shows what it would do, does that and nothing else, and is listed with who did it', async () => {
		const { id, run, lines } = await checked(services(10));
		expect(run).toMatchObject({
			state: 'checked',
			format: 'hsds-json',
			result: { read: 10, new: 10, changed: 0, removed: 0, codes: { unsafe_link: 1, bad_email: 1 } }
		});
		expect(lines.map(({ code }) => code)).toEqual(['unsafe_link', 'bad_email']);
		expect((await look(id, '?code=bad_email')).lines).toMatchObject([{ found: '=HYPERLINK("x")' }]);
		expect(await services2()).toBe(0);
		expect(existsSync(join(folder, id, 'files'))).toBe(false);

		const csv = await call(server, handleImportLines, plain('/x'), { jar: coordinator.jar, params: { id } });
		expect(await csv.text()).toContain(`'=HYPERLINK(""x"")"`);

		expect(await step(id, { do: 'apply', mayShrink: false })).toBe(202);
		expect((await look(id)).run).toMatchObject({ state: 'applied', appliedBy: 'The coordinator' });
		expect(await services2()).toBe(10);
		expect(await step(id, { do: 'apply', mayShrink: false })).toBe(404);

		const answer = await call(server, handleImports, plain('/x'), { jar: coordinator.jar });
		expect(importsAnswer.parse(await answer.json())).toMatchObject({
			current: null,
			past: [{ id, source: 'kunta', madeBy: 'The coordinator', files: [{ name: 'services.json' }] }],
			sources: ['kunta']
		});
	});

	it('says why a file cannot be read, changes nothing and leaves no file behind', async () => {
		const { id, run } = await checked(services(10).slice(0, -40));
		expect(run).toMatchObject({ state: 'failed', code: 'cut_off' });
		expect(existsSync(join(folder, id))).toBe(false);
		expect(await services2()).toBe(0);
	});

	it('of a sheet writes as whoever brings it in, and only what nobody has edited since the check', async () => {
		const first = await checked(services(2));
		await step(first.id, { do: 'apply', mayShrink: false });
		await look(first.id);
		const entries = async () =>
			(await coordinator.readAll({})).filter(({ state }) => state && 'imported' in state.heads);
		const [{ recordId } = { recordId: '' }] = await entries();
		const sheet = `service;field;ar\n${recordId};name;نص\n${recordId};colour;x\n`;
		const { id, run, lines } = await checked(sheet, { source: 'Käännös Oy' });
		expect(run).toMatchObject({
			format: 'sheet',
			result: { read: 1, new: 1, skipped: 1, codes: { unknown_field: 1 } }
		});
		expect(lines).toMatchObject([
			{ where: 'services.json row 3, column B', field: 'field', found: 'colour' }
		]);
		expect(await step(id, { do: 'apply', mayShrink: false })).toBe(202);
		expect((await look(id)).run.state).toBe('applied');
		const { state } = (await entries()).findLast((entry) => entry.recordId === recordId)!;
		expect(state?.heads['name_ar']).toMatchObject([
			{ author: coordinator.enrolled.membership, value: { text: 'نص', origin: 'written' } }
		]);
		const again = await checked(sheet.replace('نص', 'آخر'));
		expect(again.run.result).toMatchObject({ changed: 0, kept: 1, codes: { edited_since: 1 } });
	});

	it('does not let much of a source go without the word for it', async () => {
		const first = await checked(services(10));
		await step(first.id, { do: 'apply', mayShrink: false });
		await look(first.id);
		const { id, run } = await checked(services(5));
		expect(run.result).toMatchObject({ removed: 5, before: 10, shrinks: true });
		expect(await step(id, { do: 'apply', mayShrink: false })).toBe(422);
		expect(await step(id, { do: 'apply', mayShrink: true })).toBe(202);
		expect((await look(id)).run.state).toBe('applied');
	});

	it('that meets another directory than it was checked against is shown anew', async () => {
		const { id } = await checked(services(10), { source: 'a' });
		// Another import of the same source, checked and taken in by another way meanwhile.
		const { importFiles } = await import('#lib/server/directory/import-files.ts');
		const input = {
			name: 'x.json',
			async *open() {
				yield Buffer.from(services(10, 'Toinen'));
			}
		};
		const rows = await server.store.db.selectFrom('import_runs').select('organisation_id').execute();
		const organisation = rows[0]!.organisation_id;
		await importFiles(server.store, [input], { organisation, from: 'a', language: 'fi' }, Date.now());
		expect(await step(id, { do: 'apply', mayShrink: false })).toBe(202);
		const { run } = await look(id);
		expect(run).toMatchObject({ state: 'checked', result: { changedSince: true, new: 0, changed: 10 } });
		expect(await step(id, { do: 'apply', mayShrink: false })).toBe(202);
		expect((await look(id)).run.state).toBe('applied');
	});

	it('takes no more bytes than it may, and keeps nothing of what was too many or broken off', async () => {
		const id = await begin();
		expect(await send(id, 'x'.repeat(60_000))).toBe(204);
		expect(await send(id, 'x'.repeat(60_000))).toBe(413);
		const endless = new ReadableStream<Uint8Array>({
			pull: (controller) => controller.enqueue(new Uint8Array(10_000))
		});
		expect(await send(id, endless)).toBe(413);
		const broken = new ReadableStream<Uint8Array>({
			pull: (controller) => controller.error(new Error('gone'))
		});
		expect(await send(id, broken)).toBe(400);
		expect(readdirSync(join(folder, id, 'files'))).toEqual(['0']);
	});

	it('of another organisation is nobody else’s', async () => {
		const { id } = await checked(services(3));
		const { phones } = await newOrganisation(server, 'administrator');
		const stranger = phones[0]!;
		expect(await step(id, { do: 'apply', mayShrink: true }, stranger)).toBe(404);
		expect(await send(id, 'x', 'x', stranger)).toBe(404);
		const answer = await call(server, handleImports, plain('/x', 'GET', stranger), { jar: stranger.jar });
		expect(await answer.json()).toMatchObject({ current: null, past: [], sources: [] });
	});

	it('makes way for the next one, can be given up, and does not wait for ever', async () => {
		const first = await checked(services(3));
		const second = await begin();
		expect(await step(first.id, { do: 'apply', mayShrink: false })).toBe(404);
		const gone = await call(server, handleImportGivenUp, plain('/x', 'DELETE'), {
			jar: coordinator.jar,
			params: { id: second }
		});
		expect(gone.status).toBe(204);
		expect(await send(second, 'x')).toBe(404);
		const third = await checked(services(3));
		const later = Date.now() + 25 * 3_600_000;
		expect(await endOldRuns(server.store, Date.now())).toEqual([third.id]);
		expect(await endOldRuns(server.store, later)).toEqual([]);
		utimesSync(join(folder, third.id), 0, 0);
		removeOtherFolders(folder, [], Date.now());
		expect(existsSync(join(folder, third.id))).toBe(false);
		expect((await look(third.id)).run.state).toBe('dropped');
	});
});
