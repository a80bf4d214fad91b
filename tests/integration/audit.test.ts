import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { sql } from 'kysely';
import { afterAll, expect, it } from 'vitest';
import { findPostgres } from '../../scripts/postgres.js';
import { newId } from '#lib/domain/ids.ts';
import { auditAnswer, type AuditAnswer } from '#lib/protocol/audit.ts';
import {
	handleEnrolment,
	handleInvitation,
	handleRevocation,
	handleMember
} from '#lib/server/accounts/handle-accounts.ts';
import { handleAudit } from '#lib/server/audit/handle-audit.ts';
import { keepAudit } from '#lib/server/audit/keep.ts';
import { note } from '#lib/server/audit/note.ts';
import { knowsHead, verifyAudit } from '#lib/server/audit/verify.ts';
import type { ServerContext } from '#lib/server/context.ts';
import { handleExport } from '#lib/server/directory/export/handle-export.ts';
import { SecretBox } from '#lib/server/keys/secret-box.ts';
import { handleReport } from '#lib/server/reports/handle-report.ts';
import { handleDecision, handleRejected } from '#lib/server/sync/handle-rejected.ts';
import { asks } from '../support/asks.ts';
import { opOf } from '../support/ops.ts';
import { newOrganisation, startServer, stopServers, type Phone } from '../support/server.ts';
import { onEveryStore } from '../support/stores.ts';

afterAll(stopServers);

const SECRET = 'of the tests of the audit trail, and of nothing else';
const key = SecretBox.from({ text: SECRET, file: undefined, given: false }, false).auditKey;
const YEAR = 365.25 * 86_400_000;
const fiveYears = () => Promise.resolve(60);
/** Stands in what visits say; no trail may have it. */
const CANARY = 'kanarialintu';

onEveryStore('the audit trail', (fresh, kind) => {
	async function start() {
		const database = fresh();
		const server = await startServer(database);
		const { organisation, phones } = await newOrganisation(server, 'adviser', 'coordinator', 'administrator');
		const [adviser, coordinator, administrator] = phones as [Phone, Phone, Phone];
		return { database, server, organisation, adviser, coordinator, administrator };
	}

	const trail = async (server: ServerContext, by: Phone, query = ''): Promise<AuditAnswer> =>
		auditAnswer.parse(await (await asks(server, by, handleAudit, { query })).json());

	const events = async ({ store }: ServerContext, organisation: string) =>
		store.db
			.selectFrom('audit')
			.selectAll()
			.where('organisation_id', '=', organisation)
			.orderBy('id')
			.execute();

	it('has who was shown, took out, changed, erased, decided, invited and locked out what, and nothing that was said', async () => {
		const { server, organisation, adviser, coordinator, administrator } = await start();
		const begun = (await events(server, organisation)).length;
		const visit = adviser.visit({ topics: [CANARY] });
		const bad = adviser.visit({ desk: newId(), topics: [CANARY] });
		await adviser.sync([visit, bad]);
		// What people do with what is their own is in the journal.
		expect((await events(server, organisation)).length).toBe(begun);

		await coordinator.readAll();
		await asks(server, coordinator, handleRejected);
		await asks(server, coordinator, handleReport, { query: '?from=2026-01-01&to=2026-12-31' });
		await (await asks(server, coordinator, handleExport)).text();
		const owner = adviser.enrolled.membership;
		const corrected = { ...coordinator.visit({ language: 'so' }), recordId: visit.recordId, of: owner };
		await coordinator.sync([corrected]);
		const erasure = { collection: 'erasure', fields: { collection: 'visit' }, recordId: visit.recordId };
		await coordinator.sync([{ ...coordinator.visit(), ...erasure }]);
		await asks(server, coordinator, handleDecision, {
			method: 'POST',
			id: bad.opId,
			body: { state: 'discarded' }
		});
		const settings = opOf(coordinator, 'settings', { clientCard: true }, { recordId: organisation });
		await coordinator.sync([settings]);
		await server.keys.rotate(organisation, Date.now());
		const invited = await asks(server, coordinator, handleInvitation, {
			method: 'POST',
			body: { name: CANARY, role: 'adviser', delivery: 'sent' }
		});
		const { code } = (await invited.json()) as { code: string };
		const enrolment = { code, deviceName: CANARY, publicKey: adviser.key.export({ format: 'jwk' }) };
		const { kty, crv, x, y } = enrolment.publicKey as Record<string, string>;
		await asks(server, adviser, handleEnrolment, {
			method: 'POST',
			body: { ...enrolment, publicKey: { kty, crv, x, y } }
		});
		await asks(server, administrator, handleMember, {
			method: 'PATCH',
			id: owner,
			body: { role: 'coordinator' }
		});
		const device = adviser.enrolled.device;
		await asks(server, administrator, handleRevocation, { method: 'DELETE', id: device });
		for (let times = 0; times < 3; times += 1) await adviser.send({ ops: [], cursors: {} });

		const rows = (await events(server, organisation)).slice(begun);
		const [c, a] = [coordinator.enrolled.membership, administrator.enrolled.membership];
		const told = rows.map(({ event, kind: about, membership_id, subject_id, ids }) => [
			event,
			about,
			membership_id,
			subject_id === null || subject_id === owner ? subject_id : 'somebody new',
			(JSON.parse(ids) as string[]).filter((id) =>
				[visit.recordId, bad.opId, device, owner, organisation].includes(id)
			)
		]);
		const enrolled = rows.find(({ event }) => event === 'enrol')?.membership_id;
		// Ids have no order within a millisecond.
		const inOrder = (lines: unknown[]) => lines.map((line) => JSON.stringify(line)).sort();
		const expected = [
			['read', 'visit', c, owner, [visit.recordId]],
			['read', 'op', c, owner, [bad.opId]],
			['report', 'figures', c, null, []],
			['export', 'directory', c, null, []],
			['change', 'visit', c, owner, [visit.recordId]],
			['erase', 'visit', c, owner, [visit.recordId]],
			['decide', 'op', c, owner, [bad.opId]],
			['set', 'settings', c, null, [organisation]],
			// A command of whoever runs the server.
			['set', 'key', null, null, []],
			['invite', 'member', c, 'somebody new', []],
			['enrol', 'device', enrolled, 'somebody new', []],
			['role', 'member', a, owner, [owner]],
			['revoke', 'device', a, owner, [device]],
			// However often the phone asks again.
			['refuse', 'device', owner, owner, [device]]
		];
		expect(inOrder(told)).toEqual(inOrder(expected));
		expect(JSON.stringify(rows)).not.toContain(CANARY);
	});

	it('shows people what concerns them, an administrator everything, and nobody another organisation’s', async () => {
		const { server, adviser, coordinator, administrator } = await start();
		const other = await start();
		await adviser.sync(Array.from({ length: 3 }, () => adviser.visit()));
		await coordinator.readAll();
		await asks(server, coordinator, handleReport, { query: '?from=2026-01-01&to=2026-12-31' });

		const own = await trail(server, adviser);
		expect(own.all).toBe(false);
		expect(own.people).toEqual([{ membership: adviser.enrolled.membership, name: 'The adviser' }]);
		expect(own.entries.map(({ event, by }) => [event, by?.name])).toEqual([
			['read', 'The coordinator'],
			['enrol', 'The adviser'],
			['invite', undefined]
		]);
		expect(own.entries[0]?.ids).toHaveLength(3);
		const everything = await trail(server, administrator);
		expect(everything.all).toBe(true);
		expect(everything.entries.map(({ event }) => event)).toContain('report');
		expect(everything.people).toHaveLength(3);
		// Whoever looks leaves a trail, too.
		expect((await trail(server, administrator)).entries[0]).toMatchObject({ event: 'read', kind: 'audit' });
		expect((await trail(server, administrator, '?mine=yes')).all).toBe(false);
		const colleague = coordinator.enrolled.membership;
		expect((await trail(server, adviser, `?member=${colleague}`)).entries.map(({ event }) => event)).toEqual([
			'read'
		]);
		expect((await trail(server, administrator, '?event=report')).entries).toHaveLength(1);
		expect((await trail(server, administrator, '?from=2020-01-01&to=2020-01-02')).entries).toEqual([]);
		const strange = JSON.stringify(await trail(other.server, other.administrator));
		for (const { enrolled } of [adviser, coordinator]) expect(strange).not.toContain(enrolled.membership);
		for (const query of ['?event=all', '?member=x', '?from=1.1.2026', '?organisation=x'])
			expect([query, (await asks(server, administrator, handleAudit, { query })).status]).toEqual([
				query,
				422
			]);
	});

	it('comes page by page, each entry once', async () => {
		const { server, coordinator, administrator } = await start();
		for (let times = 0; times < 60; times += 1)
			await asks(server, coordinator, handleReport, { query: '?from=2026-01-01&to=2026-12-31' });
		const seen: string[] = [];
		for (let query = '?event=report', pages = 0; pages < 5; pages += 1) {
			const { entries, next } = await trail(server, administrator, query);
			seen.push(...entries.map(({ id }) => id));
			if (next === null) break;
			query = `?event=report&before=${next}`;
		}
		expect(seen).toHaveLength(60);
		expect(new Set(seen).size).toBe(60);
		expect(seen).toEqual(seen.toSorted().reverse());
	});

	it('is only added to, and shows where somebody has gone round that (I6)', async () => {
		const { database, server, organisation, coordinator } = await start();
		for (let times = 0; times < 5; times += 1)
			await asks(server, coordinator, handleReport, { query: '?from=2026-01-01&to=2026-12-31' });
		const { store } = server;
		// Two servers that chain at once agree.
		await Promise.all([
			keepAudit(store, key, fiveYears, Date.now()),
			keepAudit(store, key, fiveYears, Date.now())
		]);
		const of = async () => (await verifyAudit(store, key)).find((one) => one.organisation === organisation)!;
		const { faults, waiting, rows, head } = await of();
		expect([faults, waiting]).toEqual([[], 0]);
		expect(rows).toBe((await events(server, organisation)).length);
		expect([await knowsHead(store, head), await knowsHead(store, 'f'.repeat(64))]).toEqual([true, false]);

		const change = () =>
			store.db.updateTable('audit').set({ event: 'read' }).where('event', '=', 'report').execute();
		const remove = () => store.db.deleteFrom('audit').where('event', '=', 'report').execute();
		await expect(change()).rejects.toThrow('only added to');
		await expect(remove()).rejects.toThrow('only added to');
		const folder = mkdtempSync(join(tmpdir(), 'reppu-audited-'));
		const run = (script: string, ...args: string[]) =>
			spawnSync(process.execPath, [`scripts/${script}.js`, ...args], {
				encoding: 'utf8',
				env: { ...process.env, DATABASE_URL: database, REPPU_SECRET: SECRET, PG_BIN: findPostgres() ?? '' }
			});
		const command = (...args: string[]) => run('audit', ...args);
		expect(command('verify', '--head', head)).toMatchObject({ status: 0, stderr: '' });
		expect(command('look').status).toBe(2);
		expect(run('backup', folder)).toMatchObject({
			status: 0,
			stdout: expect.stringContaining('audit trail whole')
		});

		const triggers = kind === 'sqlite' ? ['audit_unchanged', 'audit_stays'] : ['audit_kept on audit'];
		for (const trigger of triggers) await sql.raw(`drop trigger ${trigger}`).execute(store.db);
		await change();
		expect((await of()).faults.map(({ fault }) => fault)).toEqual(Array(5).fill('changed'));
		await remove();
		await store.db.deleteFrom('audit').where('event', '=', 'read').execute();
		expect((await of()).faults).toContainEqual(expect.objectContaining({ fault: 'missing' }));
		const told = command('verify');
		expect(told.status).toBe(1);
		expect(told.stderr).toContain('missing');
		expect(told.stdout).toContain('DAMAGED');
		const backup = run('backup', folder);
		expect([backup.status, backup.stderr]).toEqual([
			1,
			expect.stringContaining('The backup was made, but the audit trail is damaged')
		]);
		rmSync(folder, { recursive: true });
	});

	it('lets go of whole months after the years that it is kept, and the chain goes on', async () => {
		const { server, organisation, coordinator } = await start();
		const { store } = server;
		const report = async (now: number) => {
			const query = '?from=2026-01-01&to=2026-12-31';
			await asks({ ...server, now: () => now }, coordinator, handleReport, { query });
			await keepAudit(store, key, fiveYears, now);
		};
		const now = Date.now();
		await report(now);
		const before = (await events(server, organisation)).length;
		// Sessions do not live so long; what a command does is noted all the same.
		const later = now + 5.2 * YEAR;
		await note(store.db, { organisation }, [{ event: 'import', kind: 'directory' }], later);
		await keepAudit(store, key, fiveYears, later);
		const left = await events(server, organisation);
		expect([before > 1, left.map(({ event }) => event)]).toEqual([true, ['import']]);
		expect((await verifyAudit(store, key)).flatMap(({ faults }) => faults)).toEqual([]);
		const segments = await store.db
			.selectFrom('audit_segments')
			.select('dropped_at')
			.where('organisation_id', '=', organisation)
			.orderBy('segment')
			.execute();
		expect(segments.map(({ dropped_at }) => dropped_at !== null)).toEqual([true, false]);
	});
});
