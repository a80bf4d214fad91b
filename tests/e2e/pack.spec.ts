import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import {
	demoPhone,
	deviceRows,
	expect,
	logVisit,
	ready,
	switchNetwork,
	test,
	todayRows
} from './fixtures.ts';

/** Enough for a pack. */
const SERVICES = 600;
/** Names of no two entries are alike. */
const word = (number: number) =>
	`Tuki${['ka', 'lo', 'mu', 'ne', 'pi', 'ro', 'sy', 'tä', 'vö', 'ha'][number % 10]}${number}`;

test('a large directory comes as a pack: a page that is closed half-way goes on where it was, and everything is found without the server', async ({
	page,
	context,
	server
}) => {
	const file = `${server.database}.json`;
	const services = Array.from({ length: SERVICES }, (_, number) => ({
		id: `s${number}`,
		name: `${word(number)} palvelu`,
		description: `Neuvoja arkeen, numero ${number}.`,
		status: 'active'
	}));
	writeFileSync(file, JSON.stringify(services));
	const [organisation] = server.rows<{ id: string }>(
		"select id from organisations where name like 'Ylä-Savo%'"
	);
	const imported = spawnSync(
		process.execPath,
		['scripts/import.js', file, '--from', 'kunta', '--language', 'fi', '--organisation', organisation!.id],
		{
			env: { ...process.env, DATABASE_URL: server.database, DEMO: 'true' },
			encoding: 'utf8'
		}
	);
	rmSync(file);
	expect(imported.stdout).toContain('The pack for phones is up to date.');

	const asked: string[] = [];
	let letThrough = 3;
	await context.route('**/api/v1/pack/parts/*', async (route) => {
		asked.push(route.request().url());
		// The line stands still from here on.
		if ((letThrough -= 1) >= 0) await route.continue();
	});
	await demoPhone(page, server);
	await switchNetwork(page, true);
	await expect.poll(async () => (await deviceRows(page, 'packParts')).length).toBe(3);
	const here = (await deviceRows(page, 'packParts')).map(({ hash }) => String(hash));
	await page.goto(`${server.url}/services`);
	await expect(page.getByText(/^Palvelutietoja ladataan \d+/)).toBeVisible();
	await page.goto(server.url);
	await logVisit(page);
	await expect(todayRows(page).first()).toContainText('Perillä');
	await page.close();

	letThrough = Infinity;
	asked.length = 0;
	const again = await context.newPage();
	await again.goto(`${server.url}/sync`);
	await expect(again.getByText(/^Aineistopaketti/)).toBeVisible();
	expect(asked.length).toBeGreaterThan(0);
	for (const hash of here) expect(asked.filter((url) => url.endsWith(hash))).toEqual([]);

	await ready(again);
	await server.stop('SIGKILL');
	await again.goto(`${server.url}/services`);
	await again.getByRole('searchbox').fill(word(77));
	const hit = again.getByRole('link', { name: word(77) });
	await expect(hit).toBeVisible();
	await hit.click();
	await expect(again.getByRole('heading', { level: 1, name: word(77) })).toBeVisible();
	await expect(again.locator('main')).toContainText('Neuvoja arkeen, numero 77.');
});
