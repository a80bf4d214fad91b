import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { mkdtempSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { newId } from '#lib/domain/ids.ts';
import type { WireOp } from '#lib/protocol/sync.ts';
import { handleRejected } from '#lib/server/sync/handle-rejected.ts';
import { retryLater } from '#lib/server/sync/retry-later.ts';
import type { ServerContext } from '#lib/server/context.ts';
import { findPostgres } from '../../scripts/postgres.js';
import { call, newOrganisation, ORIGIN, Phone, startServer } from '../support/server.ts';
import { onEveryStore } from '../support/stores.ts';

/** Words that stand nowhere else. */
const SECRET = 'secretwordsofaclient';

const erasureOf = (phone: Phone, recordId: string): WireOp => ({
	...phone.visit(),
	collection: 'erasure',
	recordId,
	fields: { collection: 'visit' }
});

const headerOf = ({ base: _, of: __, ...op }: WireOp): WireOp => ({ ...op, fields: {} });

/** Everything that the tables of visits hold, as one text. */
async function everything({ store }: ServerContext): Promise<string> {
	const tables = ['journal_bodies', 'records', 'visit_facts', 'packed_months', 'journal'] as const;
	return JSON.stringify(
		await Promise.all(tables.map((table) => store.db.selectFrom(table).selectAll().execute()))
	);
}

onEveryStore('erasing for good', (fresh, kind) => {
	let folder = '';
	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), 'reppu-erased-'));
	});
	afterEach(() => rmSync(folder, { recursive: true, force: true }));
	const start = (database: string) => startServer(database, { erasedFile: join(folder, 'list.erased') });

	it('leaves nothing of what was said, and every reader is told', async () => {
		const database = fresh();
		const server = await start(database);
		const { phones } = await newOrganisation(server, 'adviser', 'coordinator');
		const [author, coordinator] = phones as [Phone, Phone];
		const visit = author.visit({ topicText: SECRET });
		const bad = { ...author.visit({ topicText: SECRET, channel: 'x'.repeat(70) }), recordId: visit.recordId };
		const other = author.visit({ topicText: 'anotherclient' });
		await author.sync([visit, bad, other]);
		const cursors: Record<string, string> = {};
		const before = await author.readAll(cursors);
		expect(before.filter(({ collection }) => collection === 'visit')).toHaveLength(2);

		const { receipts } = await coordinator.sync([erasureOf(coordinator, visit.recordId)]);
		expect(receipts).toMatchObject([{ outcome: 'applied' }]);
		expect(await everything(server)).not.toContain(SECRET);
		expect(await everything(server)).toContain('anotherclient');
		expect(await everything(server)).toContain(visit.opId);
		const told = await author.sync([], cursors);
		expect(told.changes).toMatchObject([
			{ part: 'own', collection: 'visit', recordId: visit.recordId, gone: true, erased: true }
		]);
		expect(told.changes[0]?.state).toBeUndefined();
		const request = new Request(`${ORIGIN}/api/v1/rejected`, {
			headers: { 'reppu-membership': coordinator.enrolled.membership }
		});
		const queue = await call(server, handleRejected, request, { jar: coordinator.jar });
		expect(await queue.json()).toMatchObject({ rejected: [] });
		expect(await retryLater(server.store, Date.now())).toBe(0);
		if (kind === 'sqlite') {
			const { dir, name } = { dir: join(database, '..'), name: database.split('/').at(-1)! };
			const files = readdirSync(dir).filter((file) => file.startsWith(name));
			expect(files.length).toBeGreaterThan(0);
			for (const file of files) expect(readFileSync(join(dir, file)).includes(SECRET)).toBe(false);
		}
		expect(readFileSync(join(folder, 'list.erased'), 'utf8')).toContain(visit.recordId);
	});

	it('takes nothing in again: a late change, the same op, its header, and a copy from another phone', async () => {
		const server = await start(fresh());
		const { phones } = await newOrganisation(server, 'adviser', 'coordinator');
		const [author, coordinator] = phones as [Phone, Phone];
		const visit = author.visit({ topicText: SECRET });
		const [first] = (await author.sync([visit])).receipts;
		await coordinator.sync([erasureOf(coordinator, visit.recordId)]);
		const late = { ...author.visit({ topicText: SECRET }), recordId: visit.recordId };
		expect((await author.sync([late])).receipts).toMatchObject([{ outcome: 'rejected', code: 'erased' }]);
		expect((await author.sync([visit, headerOf(visit)])).receipts).toEqual([first, first]);
		const given = { ...author.visit(), recordId: visit.recordId };
		expect((await author.sync([headerOf(given)])).receipts).toMatchObject([{ outcome: 'applied' }]);
		expect(await everything(server)).not.toContain(SECRET);
	});

	it('counts from the coordinator only, of the own organisation, and of what is not here yet', async () => {
		const server = await start(fresh());
		const { phones } = await newOrganisation(server, 'adviser', 'coordinator');
		const [author, coordinator] = phones as [Phone, Phone];
		const stranger = (await newOrganisation(server, 'coordinator')).phones[0]!;
		const visit = author.visit({ topicText: SECRET });
		await author.sync([visit]);
		expect((await author.sync([erasureOf(author, visit.recordId)])).receipts).toMatchObject([
			{ outcome: 'rejected', code: 'not_allowed' }
		]);
		await stranger.sync([erasureOf(stranger, visit.recordId)]);
		const odd = { ...erasureOf(coordinator, visit.recordId), fields: { collection: 'desk' } };
		expect((await coordinator.sync([odd])).receipts).toMatchObject([
			{ outcome: 'rejected', field: 'collection' }
		]);
		expect(await everything(server)).toContain(SECRET);

		const coming = newId();
		const early = { ...erasureOf(coordinator, coming), of: author.enrolled.membership };
		await coordinator.sync([early]);
		const late = { ...author.visit({ topicText: 'toolate' }), recordId: coming };
		expect((await author.sync([late])).receipts).toMatchObject([{ code: 'erased' }]);
		expect(await everything(server)).not.toContain('toolate');
		expect(await author.readAll()).toContainEqual(
			expect.objectContaining({ recordId: coming, erased: true })
		);
	});

	it('in one batch with what it erases, and with what comes behind it', async () => {
		const server = await start(fresh());
		const { phones } = await newOrganisation(server, 'coordinator');
		const [coordinator] = phones as [Phone];
		const visit = coordinator.visit({ topicText: SECRET });
		const erasure = erasureOf(coordinator, visit.recordId);
		const behind = { ...coordinator.visit({ topicText: SECRET }), recordId: visit.recordId };
		const { receipts } = await coordinator.sync([visit, erasure, behind]);
		expect(receipts).toMatchObject([
			{ outcome: 'applied' },
			{ outcome: 'applied' },
			{ outcome: 'rejected', code: 'erased' }
		]);
		expect(await everything(server)).not.toContain(SECRET);
	});

	it('is not undone by an older backup', async () => {
		const database = fresh();
		const server = await start(database);
		const { phones } = await newOrganisation(server, 'adviser', 'coordinator');
		const [author, coordinator] = phones as [Phone, Phone];
		const [visit, later] = [author.visit({ topicText: SECRET }), author.visit({ topicText: SECRET })];
		await author.sync([visit]);
		const bin = findPostgres();
		const command = (script: string, argument: string) =>
			spawnSync(process.execPath, [`scripts/${script}.js`, argument], {
				encoding: 'utf8',
				env: { ...process.env, DATABASE_URL: database, ...(bin ? { PG_BIN: bin } : {}) }
			});
		const backups = join(folder, 'backups');
		expect(command('backup', backups)).toMatchObject({ status: 0, stderr: '' });
		await author.sync([later]);
		for (const { recordId } of [visit, later]) await coordinator.sync([erasureOf(coordinator, recordId)]);
		await server.store.close();
		const restored = command('restore', join(backups, readdirSync(backups)[0]!));
		expect(restored).toMatchObject({ status: 0, stderr: '' });

		const again = await start(database);
		expect(await everything(again)).not.toContain(SECRET);
		const phone = Object.assign(new Phone(again, author.enrolled, author.key), {
			replica: author.replica,
			seq: author.seq
		});
		// A phone that has not heard of it sends again what the backup lacked.
		const met = await phone.sync([later]);
		expect(met.receipts).toMatchObject([{ outcome: 'rejected', code: 'erased' }]);
		expect((await phone.readAll()).filter(({ erased }) => erased).map(({ recordId }) => recordId)).toEqual(
			expect.arrayContaining([visit.recordId, later.recordId])
		);
		expect(await everything(again)).not.toContain(SECRET);
	});
});
