import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { findPostgres } from '../../scripts/postgres.js';
import { contentOf } from '#lib/server/storage/move.ts';
import { fillEveryTable } from '../support/every-table.ts';
import { deliverSealed, sealed } from '../support/sealing.ts';
import { newOrganisation, Phone, startServer } from '../support/server.ts';
import { onEveryStore } from '../support/stores.ts';

/** Runs one of the commands as its user does, against this register. */
function command(
	script: 'backup' | 'backup-key' | 'restore',
	database: string,
	argument: string,
	{ more = [], env = {} }: { more?: string[]; env?: Record<string, string> } = {}
) {
	const bin = findPostgres();
	return spawnSync(process.execPath, [`scripts/${script}.js`, argument, ...more], {
		encoding: 'utf8',
		env: { ...process.env, DATABASE_URL: database, ...(bin ? { PG_BIN: bin } : {}), ...env }
	});
}

const CANARY = 'kanarialintu-varmuuskopiossa';

onEveryStore('backup and restore', (fresh, kind) => {
	let folder = '';
	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), 'reppu-backups-'));
	});
	afterEach(() => rmSync(folder, { recursive: true, force: true }));

	const newest = () => join(folder, readdirSync(folder).toSorted().at(-1)!);

	it('the drill: written, backed up, written on, lost, restored: the phone hears of it and nothing is lost or doubled', async () => {
		const database = fresh();
		const server = await startServer(database);
		const { organisation, phones } = await newOrganisation(server, 'adviser');
		const [phone] = phones as [Phone];
		const [before, after] = [[phone.visit(), phone.visit()], [phone.visit()]];
		await phone.sync(before);
		const waiting = await sealed(phone, phone.visit());
		expect((await phone.sync([], {})).durable).toBe(null);

		expect(command('backup', database, folder)).toMatchObject({ status: 0, stderr: '' });
		const { durable, epoch } = await phone.sync([], {});
		expect(durable).toBeGreaterThanOrEqual(2);
		const lost = await phone.sync(after);
		expect(lost.receipts[0]!.change).toBeGreaterThan(durable!);
		await server.store.close();

		const restored = command('restore', database, newest());
		expect(restored).toMatchObject({ status: 0, stderr: '' });
		expect(restored.stdout).toContain('What stood there before is kept');
		const again = await startServer(database);
		const same = new Phone(again, phone.enrolled, phone.key);
		Object.assign(same, { replica: phone.replica, seq: phone.seq });
		const met = await same.sync([...before, ...after]);
		expect(met.epoch).not.toBe(epoch);
		expect(met.durable).toBe(durable);
		expect(met.receipts.map(({ outcome }) => outcome)).toEqual(['applied', 'applied', 'applied']);
		const { n } = await again.store.db
			.selectFrom('visit_facts')
			.select((eb) => eb.fn.countAll().as('n'))
			.where('organisation_id', '=', organisation)
			.executeTakeFirstOrThrow();
		expect(Number(n)).toBe(3);
		// What was sealed before the backup opens with the keys that it carries.
		expect((await deliverSealed(same, [waiting])).receipts).toMatchObject([{ outcome: 'applied' }]);
	});

	it('has every row of every table, also of those that are added later; only the epoch is another', async () => {
		const database = fresh();
		const server = await startServer(database);
		const { phones } = await newOrganisation(server, 'adviser');
		await phones[0]!.sync([phones[0]!.visit()]);
		await fillEveryTable(server.store);
		await server.store.close();
		expect(command('backup', database, folder)).toMatchObject({ status: 0, stderr: '' });
		const before = await contentOf(database);
		expect([...before].filter(([, { rows }]) => rows === 0)).toEqual([]);
		expect(command('restore', database, newest())).toMatchObject({ status: 0, stderr: '' });
		const after = await contentOf(database);
		expect([...after.keys()]).toEqual([...before.keys()]);
		expect(
			[...after].filter(([table, { hash }]) => before.get(table)?.hash !== hash).map(([t]) => t)
		).toEqual(['server_facts']);
	});

	it('a sealed backup says nothing without its key, counts as any other, and comes back with it', async () => {
		const database = fresh();
		const server = await startServer(database);
		const { phones } = await newOrganisation(server, 'adviser');
		const [phone] = phones as [Phone];
		const noted = phone.visit({ note: CANARY });
		await phone.sync([noted]);
		const [keys, sealedFolder] = [join(folder, 'keys'), join(folder, 'sealed')];
		for (const made of [keys, sealedFolder]) mkdirSync(made);
		const newKey = (name: string) => {
			const file = join(keys, name);
			const made = command('backup-key', database, file);
			expect(made.status).toBe(0);
			return { file, recipient: made.stdout.trim().replace('BACKUP_RECIPIENT=', '') };
		};
		const [right, spare, wrong] = [newKey('right'), newKey('spare'), newKey('wrong')];
		expect(command('backup-key', database, right.file).status).toBe(2);
		const before = kind === 'sqlite' ? readdirSync(dirname(database)) : [];
		const made = command('backup', database, sealedFolder, {
			env: { BACKUP_RECIPIENT: `${right.recipient}, ${spare.recipient}` }
		});
		expect(made).toMatchObject({ status: 0, stderr: '' });
		expect(made.stdout).toContain('covered, sealed');
		expect((await phone.sync([], {})).durable).toBeGreaterThanOrEqual(1);
		const [name, ...others] = readdirSync(sealedFolder);
		expect(name).toMatch(/\.age$/);
		expect(others).toEqual([]);
		const file = join(sealedFolder, name!);
		const bytes = readFileSync(file);
		expect(bytes.includes('age-encryption.org/v1')).toBe(true);
		// That the words would be found in a copy that lies open, where nothing is compressed.
		if (kind === 'sqlite') {
			expect(readdirSync(dirname(database)).toSorted()).toEqual(before.toSorted());
			expect(command('backup', database, folder).status).toBe(0);
			const open = readdirSync(folder).find((one) => one.endsWith('.db'));
			expect(readFileSync(join(folder, open!)).includes(CANARY)).toBe(true);
		}
		expect(bytes.includes(CANARY)).toBe(false);
		await server.store.close();

		const restore = (from: string, ...more: string[]) => command('restore', database, from, { more });
		expect(restore(file)).toMatchObject({ status: 1, stderr: expect.stringContaining('is sealed') });
		expect(restore(file, '--key', wrong.file)).toMatchObject({
			status: 1,
			stderr: expect.stringContaining('the key is another one')
		});
		const cut = join(keys, 'cut.age');
		writeFileSync(cut, bytes.subarray(0, bytes.length - 100));
		expect(restore(cut, '--key', right.file)).toMatchObject({ status: 1 });
		const changed = join(keys, 'changed.age');
		writeFileSync(changed, bytes.with(bytes.length >> 1, (bytes[bytes.length >> 1] ?? 0) ^ 1));
		expect(restore(changed, '--key', right.file)).toMatchObject({ status: 1 });

		expect(restore(file, '--key', spare.file)).toMatchObject({ status: 0, stderr: '' });
		if (kind === 'sqlite')
			expect(readdirSync(dirname(database)).filter((one) => one.startsWith('.'))).toEqual([]);
		const again = await startServer(database);
		const same = new Phone(again, phone.enrolled, phone.key);
		Object.assign(same, { replica: phone.replica, seq: phone.seq });
		expect((await same.sync([noted])).receipts.map(({ outcome }) => outcome)).toEqual(['applied']);
	});

	it('seals for nobody who is not there', () => {
		const made = command('backup', fresh(), folder, { env: { BACKUP_RECIPIENT: 'age1nobody' } });
		expect(made).toMatchObject({
			status: 1,
			stderr: expect.stringContaining('"age1nobody" is no recipient')
		});
		expect(readdirSync(folder)).toEqual([]);
	});

	it('a damaged backup and a register in use are refused, and what stands there stays', async () => {
		const database = fresh();
		const server = await startServer(database);
		const { phones } = await newOrganisation(server, 'adviser');
		await phones[0]!.sync([phones[0]!.visit()]);
		expect(command('backup', database, folder).status).toBe(0);
		const good = newest();
		const used = command('restore', database, good);
		expect(used.status).toBe(1);
		expect(used.stderr).toMatch(/stop (it|the servers) first/);
		const damaged = join(folder, 'damaged');
		writeFileSync(damaged, 'no register');
		expect(command('restore', database, damaged)).toMatchObject({ status: 1 });
		expect((await phones[0]!.sync([phones[0]!.visit()])).receipts[0]?.outcome).toBe('applied');
	});

	it('without a register there is no backup, and it says so', () => {
		const nowhere =
			kind === 'sqlite' ? join(dirname(fresh()), 'none.db') : 'postgres://nobody@/none?host=/nowhere';
		const failed = command('backup', nowhere, folder);
		expect(failed.status).toBe(1);
		expect(failed.stderr).toContain('No backup was made');
		expect(readdirSync(folder)).toEqual([]);
	});
});
