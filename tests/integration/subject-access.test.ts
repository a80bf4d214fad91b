import { readFileSync } from 'node:fs';
import { mkdtempSync, rmSync } from 'node:fs';
import { randomFillSync } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { newClientCard, showClientCard } from '#lib/domain/client-card.ts';
import { newId } from '#lib/domain/ids.ts';
import { shownValues } from '#lib/domain/record.ts';
import { subjectAnswer, type SubjectRequest } from '#lib/protocol/subject-access.ts';
import type { ServerContext } from '#lib/server/context.ts';
import { handleSubject } from '#lib/server/subject-access/handle-subject.ts';
import { call, newOrganisation, Phone, post, startServer, stateOf } from '../support/server.ts';
import { onEveryStore } from '../support/stores.ts';

const consent = { language: 'ar', text: 'fi-0123456789ab', on: '2026-01-05', how: 'read' };
const newCode = () => newClientCard((bytes) => randomFillSync(bytes));

onEveryStore('what is held under a client card', (fresh) => {
	let folder = '';
	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), 'reppu-card-'));
	});
	afterEach(() => rmSync(folder, { recursive: true, force: true }));

	async function begin(server: ServerContext) {
		const { organisation, phones } = await newOrganisation(server, 'adviser', 'coordinator');
		const [adviser, coordinator] = phones as [Phone, Phone];
		const code = newCode();
		const [first, second, other, another] = [
			adviser.visit({ clientCard: code, cardConsent: consent, topicText: 'firstwords' }),
			coordinator.visit({
				clientCard: code,
				[`notes/${newId()}`]: { text: 'notewords', at: '2026-01-05T10:00:00Z' }
			}),
			adviser.visit({ topicText: 'otherwords' }),
			adviser.visit({ clientCard: newCode(), topicText: 'anotherwords' })
		] as const;
		await adviser.sync([first, other, another]);
		await coordinator.sync([second]);
		return { organisation, adviser, coordinator, code, first, second, other, another };
	}
	const start = () => startServer(fresh(), { erasedFile: join(folder, 'list.erased') });
	const asks = (server: ServerContext, by: Phone, code: string, what: SubjectRequest['do'] = 'show') =>
		call(
			server,
			handleSubject,
			post('/api/v1/subject-access', { code, do: what }, { 'reppu-membership': by.enrolled.membership }),
			{ jar: by.jar }
		);

	it('is all of it with who wrote and who saw it, and nothing else; it is noted, and the statistics know no code', async () => {
		const server = await start();
		const { organisation, adviser, coordinator, code, first, second, another } = await begin(server);
		const change = {
			...adviser.visit(),
			recordId: first.recordId,
			fields: { topicText: 'secondwords' },
			base: { topicText: [first.clock] }
		};
		await adviser.sync([change]);
		await coordinator.readAll();
		const response = await asks(server, coordinator, showClientCard(code).toLowerCase());
		expect(response.status).toBe(200);
		const held = subjectAnswer.parse(await response.json());
		expect(held.visits.map(({ id }) => id).sort()).toEqual([first.recordId, second.recordId].sort());
		const found = held.visits.find(({ id }) => id === first.recordId);
		expect(found?.values).toMatchObject({
			topicText: 'secondwords',
			clientCard: code,
			cardConsent: consent
		});
		expect(found?.entries.map(({ fields }) => fields?.topicText)).toEqual(['firstwords', 'secondwords']);
		expect(found?.whose?.name).toBe('The adviser');
		expect(held.seen).toMatchObject([{ event: 'read', by: { name: 'The coordinator' } }]);
		const text = JSON.stringify(held);
		expect(text).toContain('notewords');
		expect(text).not.toMatch(/otherwords|anotherwords/);
		expect(text).not.toContain(another.recordId);

		const again = subjectAnswer.parse(await (await asks(server, coordinator, code, 'export')).json());
		expect(again.seen.filter(({ event }) => event === 'read').length).toBeGreaterThan(1);
		const facts = await server.store.db.selectFrom('visit_facts').selectAll().execute();
		const links = await server.store.db.selectFrom('card_links').selectAll().execute();
		const trail = await server.store.db
			.selectFrom('audit')
			.selectAll()
			.where('organisation_id', '=', organisation)
			.execute();
		expect(JSON.stringify([facts, links, trail])).not.toContain(code);
		expect(trail.map(({ event, kind }) => `${event} ${kind}`)).toContain('export card');
	});

	it('is answered alike where the code is mistyped, unknown, another organisation’s; and not often', async () => {
		const server = await start();
		const { adviser, coordinator, code } = await begin(server);
		const stranger = await begin(server);
		const answers = [];
		for (const wrong of [newCode(), `2${code.slice(1)}`, 'x', stranger.code])
			if (wrong !== code) answers.push(await asks(server, coordinator, wrong));
		for (const answer of answers) {
			expect(answer.status).toBe(404);
			expect(await answer.json()).toEqual({ error: 'not_found' });
		}
		expect((await asks(server, adviser, code)).status).toBe(403);
		for (let times = 0; times < 20; times += 1) await asks(server, coordinator, newCode());
		expect((await asks(server, coordinator, code)).status).toBe(429);
		// Nobody else is held up.
		expect((await asks(server, stranger.coordinator, stranger.code)).status).toBe(200);
	});

	it('goes as a whole, from the server and from phones, and nothing else goes', async () => {
		const server = await start();
		const { adviser, coordinator, code, first, second, other } = await begin(server);
		const cursors = {};
		await adviser.readAll(cursors);
		expect((await asks(server, coordinator, code, 'erase')).status).toBe(204);
		const told = await adviser.sync([], cursors);
		expect(told.changes).toMatchObject([{ recordId: first.recordId, gone: true, erased: true }]);
		const tables = ['journal_bodies', 'records', 'visit_facts', 'card_links'] as const;
		const rows = await Promise.all(
			tables.map((table) => server.store.db.selectFrom(table).selectAll().execute())
		);
		expect(JSON.stringify(rows)).not.toMatch(/firstwords|notewords/);
		expect(JSON.stringify(rows)).toContain('otherwords');
		expect(JSON.stringify(rows)).not.toContain(code);
		expect(readFileSync(join(folder, 'list.erased'), 'utf8')).toContain(second.recordId);
		expect((await asks(server, coordinator, code)).status).toBe(404);
		const late = { ...adviser.visit({ clientCard: code }), recordId: first.recordId };
		expect((await adviser.sync([late, other])).receipts).toMatchObject([
			{ code: 'erased' },
			{ outcome: 'applied' }
		]);
	});

	it('is also what was rejected: found, unlinked and erased like the rest', async () => {
		const server = await start();
		const { adviser, coordinator } = await begin(server);
		const code = newCode();
		const bad = adviser.visit({ clientCard: code, desk: newId(), topicText: 'refusedwords' });
		expect((await adviser.sync([bad])).receipts).toMatchObject([{ outcome: 'rejected' }]);
		const held = subjectAnswer.parse(await (await asks(server, coordinator, code)).json());
		expect(held.visits).toMatchObject([{ id: bad.recordId, entries: [{ outcome: 'rejected' }] }]);
		const bodies = async () =>
			JSON.stringify(await server.store.db.selectFrom('journal_bodies').selectAll().execute());
		await asks(server, coordinator, code, 'unlink');
		expect([(await bodies()).includes(code), (await bodies()).includes('refusedwords')]).toEqual([
			false,
			true
		]);
		expect((await asks(server, coordinator, code)).status).toBe(404);

		const other = adviser.visit({ clientCard: code, desk: newId(), topicText: 'lastwords' });
		await adviser.sync([other]);
		await asks(server, coordinator, code, 'erase');
		expect(await bodies()).not.toContain('lastwords');
	});

	it('is unlinked: the visits stay, the code is nowhere, and an old change does not bring it back', async () => {
		const server = await start();
		const { organisation, adviser, coordinator, code, first } = await begin(server);
		const cursors = {};
		await adviser.readAll(cursors);
		expect((await asks(server, coordinator, code, 'unlink')).status).toBe(204);
		const { changes } = await adviser.sync([first], cursors);
		expect(changes).toMatchObject([
			{ recordId: first.recordId, state: { seen: { clientCard: [first.clock], cardConsent: [first.clock] } } }
		]);
		const values = shownValues(await stateOf(server, organisation, first.recordId));
		expect([values.topicText, values.clientCard, values.cardConsent]).toEqual([
			'firstwords',
			undefined,
			undefined
		]);
		const rows = await Promise.all([
			server.store.db.selectFrom('journal_bodies').selectAll().execute(),
			server.store.db.selectFrom('records').selectAll().execute()
		]);
		expect(JSON.stringify(rows)).not.toContain(code);
		// That somebody agreed to a card would say that they had one.
		expect(JSON.stringify(rows)).not.toContain(consent.text);
		expect((await asks(server, coordinator, code)).status).toBe(404);
	});
});
