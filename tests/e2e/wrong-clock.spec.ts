import {
	demoPhone,
	deviceRows,
	expect,
	logVisit,
	newestFields,
	pill,
	switchNetwork,
	test,
	todayRows,
	visitIds,
	waiting,
	type Page
} from './fixtures.ts';

const YEARS = 1000 * 86_400_000;

const offset = async (page: Page) =>
	Number((await deviceRows(page, 'meta')).find((row) => row['key'] === 'clockOffset')?.['value']);

test('a clock that is years ahead: the phone says so, and a visit is of today, here and in the figures [fault 48]', async ({
	page,
	context,
	server
}) => {
	// The worker's clock is right, and it must not measure for the page.
	await context.addInitScript(() => Reflect.deleteProperty(ServiceWorkerRegistration.prototype, 'sync'));
	await demoPhone(page, server);
	await switchNetwork(page, true);
	await expect.poll(() => waiting(page)).toBe(0);
	const before = new Set(await visitIds(page));
	await context.clock.setSystemTime(Date.now() + YEARS);
	await page.goto(`${server.url}/sync`);
	await expect(page.getByText('Puhelimen kello edistää 3 vuotta.')).toBeVisible();
	expect(Math.abs((await offset(page)) + YEARS)).toBeLessThan(60_000);

	await page.goto(server.url);
	await expect(todayRows(page)).toHaveCount(4);
	await switchNetwork(page, false);
	await logVisit(page);
	await expect(todayRows(page)).toHaveCount(5);
	const added = (await visitIds(page)).filter((id) => !before.has(id));
	const { at } = await newestFields(page);
	expect(Math.abs(Date.parse(String(at)) - Date.now())).toBeLessThan(60_000);
	await switchNetwork(page, true);
	await expect.poll(() => waiting(page)).toBe(0);
	await expect(todayRows(page).first()).toContainText('Perillä');
	const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Helsinki' }).format(Date.now());
	expect(server.rows('SELECT date FROM visit_facts WHERE visit_id = ?', added[0]!)).toEqual([
		{ date: today }
	]);
	await pill(page).click();
	await expect(page.getByText(/^\s*Viimeksi lähetetty \d+\.\d+\s*$/)).toBeVisible();
});
