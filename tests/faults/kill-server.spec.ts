import process from 'node:process';
import { seeded } from '#lib/server/demo/random.ts';
import {
	demoPhone,
	deviceRows,
	expect,
	logVisit,
	pill,
	switchNetwork,
	test,
	type Server
} from '../e2e/fixtures.ts';
import { BuiltServer } from '../support/built-server.ts';
import { KillProxy, type Moment } from '../support/kill-proxy.ts';

/** `KILLS=1000 SEED=7 playwright test …` for more, or for the same again. */
const ROUNDS = Number(process.env.KILLS ?? 40);
const SEED = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31));

const server = new BuiltServer();
const proxy = new KillProxy(() => server.port);

test.beforeAll(async () => {
	await server.start();
	await proxy.start();
});

test.afterAll(async () => {
	proxy.stop();
	await server.remove();
});

test(`the server is killed ${ROUNDS} times while a phone delivers: nothing is lost, nothing doubled`, async ({
	page
}) => {
	test.setTimeout(60_000 + ROUNDS * 1500);
	const random = seeded(SEED);
	await demoPhone(page, { url: proxy.url } as Server);
	await switchNetwork(page, true);
	// The demo has one visit that the server refused; it stays, and everything else is delivered.
	await expect(pill(page)).toHaveText(/^\s*1 vaatii huomiota\s*$/);

	const kills: Record<Moment, { killed: number; committed: number }> = {
		request: { killed: 0, committed: 0 },
		commit: { killed: 0, committed: 0 },
		answer: { killed: 0, committed: 0 }
	};
	const received = () => server.rows<{ n: number }>('SELECT count(*) n FROM journal')[0]?.n ?? 0;
	const same = page.getByRole('button', { name: 'Sama kuin äsken' });
	for (let round = 0; round < ROUNDS; round += 1) {
		const moment = (['request', 'commit', 'answer'] as const)[Math.floor(random() * 3)]!;
		const before = received();
		const dead = proxy.condemn({
			moment,
			share: random(),
			kill: async () => {
				server.signal('SIGKILL');
				await server.ended();
			}
		});
		// Where midnight has passed there is no visit of today to repeat.
		if (await same.isVisible()) await same.click();
		else await logVisit(page);
		await dead;
		kills[moment].killed += 1;
		if (received() > before) kills[moment].committed += 1;
		await server.start();
	}

	await page.goto(`${proxy.url}/sync`);
	await expect
		.poll(
			async () => {
				await page.getByRole('button', { name: 'Yritä nyt' }).click();
				return (await deviceRows(page, 'outbox')).length;
			},
			{ timeout: 60_000 }
		)
		.toBe(0);

	const refused = new Set((await deviceRows(page, 'rejected')).map((row) => row['recordId']));
	const visits = new Set((await deviceRows(page, 'visits')).map((row) => String(row['id'])));
	// What this phone has delivered; it also has the visits of the last months, which the server made up.
	const delivered = [
		...new Set((await deviceRows(page, 'sent')).flatMap((row) => row['records'] as string[]))
	];
	expect(delivered).toHaveLength(3 + ROUNDS);
	expect(delivered.filter((id) => !visits.has(id) || refused.has(id))).toEqual([]);
	expect(refused.size).toBe(1);
	const times = (sql: string) =>
		new Map(server.rows<{ id: string; n: number }>(sql).map(({ id, n }) => [id, n]));
	const tables = {
		journal: times(
			"SELECT record_id id, count(*) n FROM journal WHERE outcome = 'applied' GROUP BY record_id"
		),
		records: times("SELECT id, count(*) n FROM records WHERE collection = 'visit' GROUP BY id"),
		facts: times('SELECT visit_id id, count(*) n FROM visit_facts GROUP BY visit_id')
	};
	const lost = delivered.filter((id) => Object.values(tables).some((table) => !table.has(id)));
	const doubled = delivered.filter((id) => Object.values(tables).some((table) => (table.get(id) ?? 0) > 1));
	const bodies = server.rows<{ n: number }>(
		'SELECT count(*) n FROM journal j LEFT JOIN journal_bodies b USING (organisation_id, op_id) WHERE b.op_id IS NULL'
	);
	const numbers = server.rows<{ n: number; d: number }>(
		'SELECT count(change_number) n, count(DISTINCT change_number) d FROM journal WHERE change_number IS NOT NULL'
	)[0];
	console.log(
		`kill -9, seed ${SEED}: ${Object.entries(kills)
			.map(([moment, { killed: n, committed }]) => `${n} at a byte of the ${moment} (${committed} committed)`)
			.join(', ')
			.replace(
				'at a byte of the commit',
				'during the commit'
			)}; ${delivered.length} visits, ${lost.length} lost, ${doubled.length} doubled`
	);
	expect({ lost, doubled }).toEqual({ lost: [], doubled: [] });
	expect(bodies).toEqual([{ n: 0 }]);
	expect(numbers?.n).toBe(numbers?.d);
	expect(server.rows('PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }]);
});
