import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { olderVersions } from '#lib/protocol/read-request.ts';
import { PROTOCOL } from '#lib/protocol/version.ts';
import { migrateIn, migrations } from '#lib/server/storage/migrations.ts';
import { insertRows } from '#lib/server/storage/many-rows.ts';
import { connectStore } from '#lib/server/storage/store.ts';
import { handleSync } from '#lib/server/sync/handle-sync.ts';
import { call, Jar, ORIGIN, startServer, stateOf, stopServers } from '../support/server.ts';
import { onEveryStore } from '../support/stores.ts';

type Row = Record<string, string | number | null>;

/** What phones of a release said, byte by byte, and what its server knew and made of it (make-release-fixtures.ts). */
interface Released {
	app: string;
	level: string;
	tables: Record<string, Row[]>;
	requests: {
		at: number;
		headers: Record<string, string>;
		body: string;
		status: number;
		receipts: { opId: string; outcome: string; code?: string; field?: string }[];
	}[];
	facts: Row[];
}

const folder = 'tests/fixtures';
const released = readdirSync(folder)
	.filter((name) => name.startsWith('requests-'))
	.map((name) => JSON.parse(readFileSync(`${folder}/${name}`, 'utf8')) as Released);

/** The server's database as that release left it, with its own schema. */
async function leftBehind({ level, tables }: Released, database: string): Promise<void> {
	const store = await connectStore(database);
	try {
		await store.db.transaction().execute(async (trx) => {
			await migrateIn(trx, migrations.slice(0, 1 + migrations.findIndex(({ name }) => name === level)));
			for (const [table, rows] of Object.entries(tables))
				await insertRows(trx, store, table as 'server_facts', rows as never);
		});
	} finally {
		await store.close();
	}
}

it('a version of the wire that was released is never given up', () => {
	expect(released.length).toBeGreaterThan(0);
	const versions = Object.keys(olderVersions).map(Number);
	expect([...versions, PROTOCOL]).toEqual(Array.from({ length: PROTOCOL }, (_, index) => index + 1));
});

onEveryStore('a server of today', (_fresh, _kind, empty) => {
	it.each(released)(
		'that takes over the database of $app takes what its phones say, as they say it, and counts the same',
		async (fixture) => {
			const database = empty();
			await leftBehind(fixture, database);
			const server = await startServer(database);
			const [organisation, device] = [fixture.tables['organisations']![0]!, fixture.tables['devices']![0]!];
			const send = async ({ at, headers, body }: Released['requests'][number]) => {
				server.now = () => at;
				const jar = new Jar();
				for (const cookie of (headers['cookie'] ?? '').split('; ')) {
					const [name = '', value = ''] = cookie.split('=');
					jar.values.set(name, value);
				}
				const request = new Request(`${ORIGIN}/api/v1/sync`, {
					method: 'POST',
					headers: { ...headers, origin: ORIGIN },
					body: Buffer.from(body, 'base64')
				});
				const response = await call(server, handleSync, request, { jar });
				const answer = (await response.json()) as { receipts?: Released['requests'][number]['receipts'] };
				const receipts = (answer.receipts ?? []).map(({ opId, outcome, code, field }) => ({
					opId,
					outcome,
					...(code === undefined ? {} : { code }),
					...(field === undefined ? {} : { field })
				}));
				return { status: response.status, receipts };
			};
			// Twice: what came before gets what it got before.
			for (let round = 0; round < 2; round += 1)
				for (const request of fixture.requests) {
					const { status, receipts } = request;
					expect(await send(request)).toEqual({ status, receipts });
				}
			const { db } = server.store;
			const facts = await db.selectFrom('visit_facts').selectAll().orderBy('visit_id').execute();
			expect(facts).toMatchObject(fixture.facts);
			const journal = await db.selectFrom('journal').select(['op_id', 'record_id', 'outcome']).execute();
			const sent = fixture.requests.flatMap(({ receipts }) => receipts);
			expect(journal.map(({ op_id }) => op_id).sort()).toEqual(sent.map(({ opId }) => opId).sort());
			for (const { record_id, outcome } of journal)
				if (outcome === 'applied')
					expect((await stateOf(server, String(organisation['id']), record_id)).heads).not.toEqual({});
			expect(device['membership_id']).toBe(facts[0]?.membership_id);
			await stopServers();
		}
	);
});
