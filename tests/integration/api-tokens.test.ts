import { spawnSync } from 'node:child_process';
import process from 'node:process';
import { expect, it } from 'vitest';
import { codeListAnswer } from '#lib/protocol/code-lists.ts';
import { tokenMade, tokensAnswer } from '#lib/protocol/api-tokens.ts';
import {
	handleNewToken,
	handleTokenRevocation,
	handleTokens
} from '#lib/server/accounts/handle-api-tokens.ts';
import { handleAudit } from '#lib/server/audit/handle-audit.ts';
import { handleCodeLists } from '#lib/server/reports/handle-code-lists.ts';
import { handleFiguresFile } from '#lib/server/reports/handle-figures-file.ts';
import { handlePublishedFile } from '#lib/server/reports/handle-published-file.ts';
import type { PublishedFigures } from '#lib/statistics/published.ts';
import { handleFigures } from '#lib/server/reports/handle-report.ts';
import { call, newOrganisation, ORIGIN, post, startServer, type Phone } from '../support/server.ts';
import { onEveryStore } from '../support/stores.ts';

const NOW = Date.UTC(2026, 9, 20);
const PERIOD = 'from=2026-07-01&to=2026-09-30';
const FILE = `/api/v1/figures/published?${PERIOD}&format=json&locale=fi`;

type Handler = Parameters<typeof call>[1];

const bearer = (path: string, token: string) =>
	new Request(`${ORIGIN}${path}`, { headers: { authorization: `Bearer ${token}` } });

/** The command as whoever runs the server uses it. */
function command(database: string, ...args: string[]) {
	const env = { ...process.env, DATABASE_URL: database };
	return spawnSync(process.execPath, ['scripts/api-token.js', ...args], { encoding: 'utf8', env });
}

onEveryStore('a token of a municipality’s program', (fresh) => {
	it('opens the public figures of its organisation and nothing else, until it is over or taken back', async () => {
		const database = fresh();
		const server = await startServer(database);
		server.now = () => NOW;
		const { organisation, phones } = await newOrganisation(server, 'adviser', 'administrator');
		const other = await newOrganisation(server, 'adviser');
		const [adviser, administrator] = phones as [Phone, Phone];
		const visits = Array.from({ length: 20 }, () =>
			adviser.visit({ at: '2026-08-12T09:00:00Z', deskMunicipality: '140', language: 'ar' })
		);
		await adviser.sync(visits);

		expect(command(database, '--name', 'Iisalmi').stderr).toContain('For which organisation?');
		const made = command(database, '--name', 'Iisalmi, raportointi', '--organisation', organisation);
		expect(made.status).toBe(0);
		const token = made.stdout.trim();
		expect(token).toMatch(/^reppu_api_[\w-]{43}$/);
		const foreign = command(database, '--name', 'x', '--organisation', other.organisation).stdout.trim();

		const read = (asked: string) => call(server, handlePublishedFile, bearer(FILE, asked));
		const answer = await read(token);
		expect(answer.status).toBe(200);
		const figures = (await answer.json()) as PublishedFigures & { kind: string; quarter: string };
		expect(figures).toMatchObject({ kind: 'public', quarter: '2026-Q3', contacts: 20 });
		// Every class of them can be looked up.
		const known = codeListAnswer.parse(await handleCodeLists().json());
		const named: Record<string, readonly string[]> = {
			municipality: known.municipalities.map(({ code }) => code),
			language: known.languages.map(({ code }) => code),
			topicGroup: known.topicGroups.map(({ id }) => id),
			residenceLength: known.lists['residence-length']?.codes.map(({ id }) => id) ?? []
		};
		for (const { by, cells } of figures.tables)
			for (const { classes } of cells) {
				const [dimension = '', name = ''] = [by[0], classes[0]];
				const isRest = known.rest.some((one) => one.dimension === dimension && one.class === name);
				expect([dimension, name, isRest || named[dimension]?.includes(name)]).toEqual([
					dimension,
					name,
					true
				]);
			}
		expect(await (await read(foreign)).json()).toMatchObject({ contacts: null });
		for (const wrong of ['x', 'reppu_api_', `${token}x`, token.toLowerCase(), administrator.enrolled.token])
			expect([wrong, (await read(wrong)).status]).toEqual([wrong, 401]);

		// A proxy's own header does not shut out who has signed in.
		const { membership } = administrator.enrolled;
		const headers = { 'reppu-membership': membership, authorization: 'Basic dXNlcjpwYXNz' };
		const signedIn = new Request(`${ORIGIN}${FILE}`, { headers });
		expect((await call(server, handlePublishedFile, signedIn, { jar: administrator.jar })).status).toBe(200);

		// Nothing else answers to it.
		const question = encodeURIComponent('{"from":"2026-07-01","to":"2026-09-30","where":{},"tables":[]}');
		for (const [handler, path] of [
			[handleFigures, `/api/v1/figures?ask=${question}`],
			[handleFiguresFile, `/api/v1/figures/file?ask=${question}&format=csv&locale=fi`],
			[handleAudit, '/api/v1/audit']
		] as const)
			expect([path, (await call(server, handler, bearer(path, token))).status]).toEqual([path, 401]);

		// What is kept of it does not open anything.
		const rows = await server.store.db.selectFrom('api_tokens').selectAll().execute();
		expect(JSON.stringify(rows)).not.toContain(token.slice(10));
		const [row] = rows.filter(({ organisation_id }) => organisation_id === organisation);
		expect(Number(row?.used_at)).toBe(NOW);
		expect(command(database, '--list', '--organisation', organisation).stdout).toContain(
			'Iisalmi, raportointi'
		);
		const trail = () =>
			server.store.db
				.selectFrom('audit')
				.select(['event', 'kind', 'ids'])
				.where('organisation_id', '=', organisation)
				.where('ids', 'like', `%${row?.id}%`)
				.orderBy('at')
				.execute();
		expect((await trail()).map(({ event, kind }) => `${event} ${kind}`).toSorted()).toEqual([
			'export figures',
			'invite token'
		]);

		server.now = () => Number(row?.expires_at) + 1;
		expect((await read(token)).status).toBe(401);
		server.now = () => NOW;
		expect((await read(token)).status).toBe(200);
		expect(command(database, '--revoke', row!.id, '--organisation', other.organisation).status).toBe(2);
		expect((await read(token)).status).toBe(200);
		expect(command(database, '--revoke', row!.id, '--organisation', organisation).status).toBe(0);
		expect((await read(token)).status).toBe(401);
		expect((await trail()).map(({ event }) => event)).toContain('revoke');
	});

	it('is made, listed and taken back in the office too, by who may, with who did it; told once, and not without end', async () => {
		const server = await startServer(fresh());
		server.now = () => NOW;
		const { organisation, phones } = await newOrganisation(server, 'coordinator', 'adviser', 'viewer');
		const [coordinator, adviser, viewer] = phones as [Phone, Phone, Phone];
		const other = (await newOrganisation(server, 'coordinator')).phones[0]!;
		const asks = (
			by: Phone,
			handler: Handler,
			more: { method?: string; body?: object; id?: string } = {}
		) => {
			const headers = { 'reppu-membership': by.enrolled.membership };
			const request = more.body
				? post('/api/v1/api-tokens', more.body, headers)
				: new Request(`${ORIGIN}/api/v1/api-tokens`, {
						method: more.method ?? 'GET',
						headers: { ...headers, origin: ORIGIN }
					});
			return call(server, handler, request, { jar: by.jar, params: { id: more.id ?? '' } });
		};
		const body = { name: '  Iisalmi, raportointi ', days: 365 };
		const made = await asks(coordinator, handleNewToken, { body });
		expect(made.status).toBe(201);
		const { id, token, expiresAt } = tokenMade.parse(await made.json());
		expect(expiresAt).toBe(NOW + 365 * 86_400_000);
		const read = () => call(server, handlePublishedFile, bearer(FILE, token));
		expect((await read()).status).toBe(200);

		const listed = await asks(coordinator, handleTokens);
		const text = await listed.text();
		expect(text).not.toContain(token.slice(10));
		expect(tokensAnswer.parse(JSON.parse(text)).tokens).toEqual([
			{ id, name: 'Iisalmi, raportointi', createdAt: NOW, expiresAt, usedAt: NOW, revokedAt: null }
		]);
		expect(tokensAnswer.parse(await (await asks(other, handleTokens)).json()).tokens).toEqual([]);

		for (const by of [adviser, viewer]) {
			expect((await asks(by, handleTokens)).status).toBe(403);
			expect((await asks(by, handleNewToken, { body })).status).toBe(403);
			expect((await asks(by, handleTokenRevocation, { method: 'DELETE', id })).status).toBe(403);
		}
		for (const wrong of [
			{ name: ' ', days: 1 },
			{ name: 'x'.repeat(81), days: 1 },
			{ name: 'x', days: 401 },
			{ name: 'x', days: 0.5 },
			{ name: 'x' }
		])
			// prettier-ignore
			expect([wrong, (await asks(coordinator, handleNewToken, { body: wrong })).status]).toEqual([wrong, 422]);

		// Another organisation's is none, and taking back is done once.
		const revoke = (by: Phone) => asks(by, handleTokenRevocation, { method: 'DELETE', id });
		expect([(await revoke(other)).status, (await read()).status]).toEqual([404, 200]);
		expect([(await revoke(coordinator)).status, (await read()).status]).toEqual([204, 401]);
		expect((await revoke(coordinator)).status).toBe(404);
		const trail = await server.store.db
			.selectFrom('audit')
			.select(['event', 'membership_id'])
			.where('organisation_id', '=', organisation)
			.where('kind', '=', 'token')
			.execute();
		const by = coordinator.enrolled.membership;
		expect(trail).toEqual(
			expect.arrayContaining([
				{ event: 'invite', membership_id: by },
				{ event: 'revoke', membership_id: by }
			])
		);

		// Ten in a while; and fifty that count, however long it took to make them.
		const more = async () =>
			(await asks(coordinator, handleNewToken, { body: { name: 'x', days: 1 } })).status;
		for (let times = 1; times < 10; times += 1) expect(await more()).toBe(201);
		expect(await more()).toBe(429);
		for (let wave = 1; wave < 5; wave += 1) {
			server.now = () => NOW + wave * 11 * 60_000;
			for (let times = 0; times < 10; times += 1) await more();
		}
		server.now = () => NOW + 60 * 60_000;
		const counting = tokensAnswer.parse(await (await asks(coordinator, handleTokens)).json()).tokens;
		expect(counting.filter(({ revokedAt }) => revokedAt === null)).toHaveLength(49);
		expect([await more(), await more()]).toEqual([201, 429]);
		// What is over counts no more.
		server.now = () => NOW + 2 * 86_400_000;
		expect(await more()).toBe(201);

		// A session alone makes none where there is a passkey to prove it with.
		await server.store.db
			.insertInto('passkeys')
			.values({
				organisation_id: organisation,
				id: 'x',
				membership_id: by,
				public_key: 'x',
				counter: 0,
				transports: '[]',
				synced: 0,
				backed_up: 0,
				name: 'Key',
				created_at: NOW,
				used_at: null
			})
			.execute();
		server.now = () => Date.now() + 6 * 60_000;
		const refused = await asks(coordinator, handleNewToken, { body });
		expect([refused.status, await refused.json()]).toEqual([403, { error: 'step_up_needed' }]);
	});

	it('is made for a while and by a name', () => {
		const database = fresh();
		expect(command(database).status).toBe(2);
		expect(command(database, '--name', 'x', '--list').status).toBe(2);
		expect(command(database, '--name', 'x', '--days', '401').stderr).toContain('400 at most');
		expect(command(database, '--name', 'x').stderr).toContain('no organisation');
	});
});

it('the code lists say what every code means, to whoever asks', async () => {
	const answer = handleCodeLists();
	const text = await answer.text();
	expect(text).not.toContain('\u00ad');
	const { lists, topicGroups, municipalities, languages, rest } = codeListAnswer.parse(JSON.parse(text));
	const groups = topicGroups.map(({ id }) => id);
	for (const { id } of lists['topic']?.codes ?? []) expect(groups).toContain(id.split('.')[0]);
	expect(municipalities.find(({ code }) => code === '140')).toMatchObject({ fi: 'Iisalmi', sv: 'Idensalmi' });
	expect(languages.find(({ code }) => code === 'so')).toMatchObject({ fi: 'somali', en: 'Somali' });
	expect(rest.find(({ dimension }) => dimension === 'language')).toMatchObject({ class: '' });
});
