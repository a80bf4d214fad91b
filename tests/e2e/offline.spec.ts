import {
	chip,
	chooseLanguage,
	demoPhone,
	deviceRows,
	expect,
	logVisit,
	pill,
	plus,
	ready,
	switchNetwork,
	test,
	todayRows,
	visitIds,
	waiting,
	type Page
} from './fixtures.ts';

const KELA = /^Kela/;

/** The visits of the demo's day without the one that the server refused. */
async function acceptable(page: Page): Promise<string[]> {
	const refused = await deviceRows(page, 'rejected');
	const ids = new Set(refused.map((row) => row['recordId']));
	// What was shown unchecked is counted by the same outbox.
	const rows = (await deviceRows(page, 'outbox')).filter(({ collection }) => collection === 'visit');
	return [...new Set(rows.map((row) => String(row['recordId'])))].filter((id) => !ids.has(id));
}

/** Every one of these visits is on the server, and none of them twice. */
function expectOnce(counts: { journal: number[]; records: number[]; facts: number[] }, visits: number): void {
	expect(counts).toEqual({
		journal: Array(visits).fill(1),
		records: Array(visits).fill(1),
		facts: Array(visits).fill(1)
	});
}

test('the server is dead: every page opens, saves, lists, searches and shows; later everything arrives once', async ({
	page,
	context,
	server
}) => {
	await demoPhone(page, server);
	await switchNetwork(page, true);
	await expect.poll(() => waiting(page)).toBe(0);
	const before = server.rows<{ n: number }>('SELECT count(*) n FROM visit_facts')[0]?.n ?? 0;
	const service = (await deviceRows(page, 'services')).find((row) => String(row['body']).includes('"Kela"'));
	const [visit] = await visitIds(page);
	await server.stop('SIGKILL');

	await logVisit(page);
	await expect(todayRows(page).first()).toContainText('Tallessa puhelimessa');
	// As after a restart of the phone: a fresh page on every address, and none of them was ever open before.
	const routes: [string, RegExp][] = [
		['/', /kirjasto/],
		['/?source=pwa', /kirjasto/],
		['/log', /Kirjaa käynti/],
		['/visits', /Käynnit/],
		[`/visits/${visit}`, /./],
		['/services', /Palvelut/],
		['/services?topic=housing', /Palvelut/],
		[`/services/${service?.['id']}`, /Kela/],
		[`/show/${service?.['id']}?lang=ar`, /[؀-ۿ]/],
		['/tour', /Kierros/],
		['/languages', /Mitä kieltä puhut/],
		['/sync', /Lähetys/],
		['/settings', /Asetukset/],
		['/start', /Ota Reppu käyttöön/],
		['/more', /Lisää/],
		['/office', /Toimisto/],
		['/office/people', /Toimisto/]
	];
	for (const [path, heading] of routes) {
		const fresh = await context.newPage();
		await fresh.goto(`${server.url}${path}`);
		await expect(fresh.getByRole('heading', { level: 1 }).first(), path).toHaveText(heading);
		await fresh.close();
	}
	// What no page answers for is a plain error of the network and never the app.
	for (const path of ['/demo', '/api/health', '/no-such-page']) {
		const fresh = await context.newPage();
		await expect(fresh.goto(`${server.url}${path}`), path).rejects.toThrow(/ERR_CONNECTION_REFUSED/);
		await fresh.close();
	}

	await page.reload();
	await expect(todayRows(page)).toHaveCount(5);
	await logVisit(page, 'ukraina', 'Koulutus');
	await expect(todayRows(page)).toHaveCount(6);
	await page.getByRole('link', { name: 'Palvelut' }).click();
	await page.getByRole('searchbox').fill('asumistukea');
	await page.getByRole('listitem').getByRole('link', { name: KELA }).click();
	await page.getByRole('link', { name: 'Näytä asiakkaalle' }).click();
	await page
		.getByRole('dialog')
		.getByRole('button', { name: /somali/i })
		.click();
	await expect(page.locator('[lang="so"]').first()).toBeVisible();
	await page.goto(`${server.url}/sync`);
	await expect(page.getByRole('heading', { name: 'Odottaa lähetystä (2)' })).toBeVisible();
	const ids = await acceptable(page);
	expect(ids).toHaveLength(2);

	await server.start();
	await page.getByRole('button', { name: 'Yritä nyt' }).click();
	await expect(page.getByText('2 lähetetty')).toBeVisible();
	expect(await waiting(page)).toBe(0);
	expectOnce(server.counts(ids), 2);
	expect(server.rows('SELECT count(*) n FROM visit_facts')).toEqual([{ n: before + 2 }]);
	await page.goto(`${server.url}/`);
	await expect(todayRows(page).filter({ hasText: /Perillä/ })).toHaveCount(5);
});

test('Background Sync delivers with no page open', async ({ page, context, server }) => {
	await context.grantPermissions(['background-sync'], { origin: server.url });
	await demoPhone(page, server);
	await switchNetwork(page, true);
	await expect.poll(() => waiting(page)).toBe(0);
	const before = new Set(await visitIds(page));
	await context.setOffline(true);
	await logVisit(page);
	const added = (await visitIds(page)).filter((id) => !before.has(id));
	expect(added).toHaveLength(1);
	await expect
		.poll(() =>
			page.evaluate(async () => {
				const registration = (await navigator.serviceWorker.ready) as unknown as {
					sync: { getTags(): Promise<string[]> };
				};
				return (await registration.sync.getTags()).length;
			})
		)
		.toBe(1);
	await page.close();
	expect(server.counts(added).journal).toEqual([0]);

	await context.setOffline(false);
	await expect.poll(() => server.counts(added).facts, { timeout: 20_000 }).toEqual([1]);
	const again = await context.newPage();
	await again.goto(server.url);
	await expect(todayRows(again).first()).toContainText('Perillä');
	expectOnce(server.counts(added), 1);
});

test('Background Sync was given up by the browser: the open page delivers by itself', async ({
	page,
	context,
	server
}) => {
	await context.grantPermissions(['background-sync'], { origin: server.url });
	await demoPhone(page, server);
	await switchNetwork(page, true);
	await expect.poll(() => waiting(page)).toBe(0);
	const before = new Set(await visitIds(page));
	await server.stop('SIGKILL');
	await logVisit(page);
	const added = (await visitIds(page)).filter((id) => !before.has(id));

	// The last try that the browser makes, with the server still gone: it does not come back to it.
	const cdp = await context.newCDPSession(page);
	const registrationId = new Promise<string>((done) =>
		cdp.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
			if (registrations[0]) done(registrations[0].registrationId);
		})
	);
	await cdp.send('ServiceWorker.enable');
	const event = { origin: server.url, tag: 'reppu-outbox', lastChance: true };
	await cdp.send('ServiceWorker.dispatchSyncEvent', { ...event, registrationId: await registrationId });
	await page.evaluate(() => {
		// No further event comes for what the browser has given up.
		Object.defineProperty(ServiceWorkerRegistration.prototype, 'sync', { value: undefined });
	});
	expect(await waiting(page)).toBe(1);
	expect(server.counts(added).journal).toEqual([0]);

	await server.start();
	await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
	await expect.poll(() => waiting(page)).toBe(0);
	await expect(todayRows(page).first()).toContainText('Perillä');
	expectOnce(server.counts(added), 1);
});

test('a line that carries nothing: the app works, the pill claims nothing', async ({
	page,
	context,
	server
}) => {
	await demoPhone(page, server);
	await switchNetwork(page, true);
	await expect.poll(() => waiting(page)).toBe(0);
	// Every request hangs, of the page and of the worker.
	await context.route('**/*', () => undefined);
	await page.reload();
	await expect(todayRows(page)).toHaveCount(4);
	await logVisit(page);
	await expect(todayRows(page)).toHaveCount(5);
	expect(await waiting(page)).toBe(1);
	await expect(todayRows(page).first()).toContainText(/Lähetetään|Tallessa puhelimessa/);
	await pill(page).click();
	await expect(page.getByRole('heading', { level: 1, name: 'Lähetys' })).toBeVisible();
	await expect(page.getByText(/Kaikki perillä/)).toHaveCount(0);
});

test.describe('somebody else answers', () => {
	// A page without the worker's hands in between: what the route says is what the app gets.
	const answers: [
		string,
		(url: string) => { status: number; contentType?: string; body?: string; headers?: Record<string, string> }
	][] = [
		[
			'a page of HTML of a captive portal',
			() => ({ status: 200, contentType: 'text/html', body: '<h1>Tervetuloa verkkoon</h1>' })
		],
		['an empty 200', () => ({ status: 200, contentType: 'application/json', body: '' })],
		['204', () => ({ status: 204 })],
		['a redirect to a login page', (url) => ({ status: 302, headers: { location: `${url}/login` } })],
		['500', () => ({ status: 500, contentType: 'application/json', body: '{}' })],
		['413 of a proxy', () => ({ status: 413, contentType: 'text/html', body: 'too large' })],
		[
			'receipts for other ops',
			() => ({
				status: 200,
				contentType: 'application/json',
				body: JSON.stringify({
					receipts: [{ opId: '01980000-0000-7000-8000-000000000000', outcome: 'applied', change: 1 }],
					changes: [],
					cursors: {},
					more: false,
					epoch: 'x',
					durable: 0,
					serverTime: 1
				})
			})
		]
	];

	test('nothing leaves the outbox without its receipt', async ({ page, context, server }) => {
		await demoPhone(page, server);
		await switchNetwork(page, true);
		await expect.poll(() => waiting(page)).toBe(0);
		const before = new Set(await visitIds(page));
		let answer = answers[0]?.[1];
		await context.route('**/api/v1/sync', (route) =>
			answer ? route.fulfill(answer(server.url)) : route.continue()
		);
		await logVisit(page);
		const added = (await visitIds(page)).filter((id) => !before.has(id));
		await pill(page).click();
		for (const [name, say] of answers) {
			answer = say;
			await page.getByRole('button', { name: 'Yritä nyt' }).click();
			await expect(page.getByText(/kokeiltu/), name).toBeVisible();
			await expect(page.getByRole('heading', { name: 'Odottaa lähetystä (1)' }), name).toBeVisible();
			expect(await waiting(page), name).toBe(1);
			expect(
				(await deviceRows(page, 'sent')).some((row) =>
					(row['records'] as string[]).includes(String(added[0]))
				),
				name
			).toBe(false);
		}
		expect(server.counts(added).journal).toEqual([0]);

		answer = undefined;
		await page.getByRole('button', { name: 'Yritä nyt' }).click();
		await expect(page.getByText('1 lähetetty')).toBeVisible();
		expectOnce(server.counts(added), 1);
	});
});

test('two tabs that save at once store each visit once', async ({ page, context, server }) => {
	await demoPhone(page, server);
	await switchNetwork(page, true);
	await expect.poll(() => waiting(page)).toBe(0);
	const before = new Set(await visitIds(page));
	const other = await context.newPage();
	await other.goto(server.url);
	await ready(other);
	for (const tab of [page, other]) {
		await plus(tab).click();
		await chooseLanguage(tab, 'arabia');
		await chip(tab, 'Asuminen').click();
	}
	await Promise.all([page, other].map((tab) => tab.getByRole('button', { name: 'Tallenna' }).click()));
	for (const tab of [page, other]) await expect(todayRows(tab)).toHaveCount(6);
	const added = (await visitIds(page)).filter((id) => !before.has(id));
	expect(added).toHaveLength(2);
	await expect.poll(() => waiting(page)).toBe(0);
	expectOnce(server.counts(added), 2);
});
