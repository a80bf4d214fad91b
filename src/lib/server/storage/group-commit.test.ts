import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStore, type Store, type Trx } from './store.ts';

let folder: string;
let store: Store;

beforeEach(async () => {
	folder = mkdtempSync(join(tmpdir(), 'reppu-group-'));
	store = await openStore(join(folder, 'reppu.db'));
});
afterEach(async () => {
	await store.close();
	rmSync(folder, { recursive: true, force: true });
});

const note = (trx: Trx, key: string, value = '') =>
	trx.insertInto('server_facts').values({ key, value }).execute();

const keys = async () =>
	(await store.db.selectFrom('server_facts').select('key').orderBy('key').execute()).map(({ key }) => key);

describe('tasks that write at once', () => {
	it('all stand when their promises resolve, and what one of them says comes back to its own caller', async () => {
		const tasks = Array.from({ length: 100 }, (_, index) =>
			store.write(async (trx) => {
				await note(trx, `key-${index}`);
				return index;
			})
		);
		expect(await Promise.all(tasks)).toEqual(Array.from({ length: 100 }, (_, index) => index));
		expect(await keys()).toHaveLength(100);
	});

	it('undo what one of them did when it fails, and nothing else', async () => {
		const results = await Promise.allSettled([
			store.write((trx) => note(trx, 'a')),
			store.write(async (trx) => {
				await note(trx, 'b');
				throw new Error('changed its mind');
			}),
			store.write((trx) => note(trx, 'a')),
			store.write((trx) => note(trx, 'c'))
		]);
		expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled']);
		expect(await keys()).toEqual(['a', 'c']);
	});

	it('are tried one by one where a full disk ends their transaction', async () => {
		await store.write((trx) => note(trx, 'before'));
		const { rows } = await sql<{ page_count: number }>`pragma page_count`.execute(store.db);
		await sql.raw(`pragma max_page_count = ${rows[0]!.page_count + 8}`).execute(store.db);
		const results = await Promise.allSettled([
			store.write((trx) => note(trx, 'small')),
			store.write((trx) => note(trx, 'large', 'x'.repeat(200_000))),
			store.write((trx) => note(trx, 'last'))
		]);
		expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
		expect(results[1]).toMatchObject({ reason: { errcode: 13 } });
		expect(await keys()).toEqual(['before', 'last', 'small']);
	});
});
