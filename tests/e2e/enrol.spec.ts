import {
	chip,
	chooseLanguage,
	expect,
	lockDevice,
	plus,
	test,
	todayRows,
	toOfficePage,
	type Page
} from './fixtures.ts';

test.use({ demo: false });

const join = (page: Page) => page.getByRole('button', { name: 'Jatka' }).click();

/** Logs a visit on a phone of an organisation that has no desks yet. */
async function logWithoutPlace(page: Page): Promise<void> {
	await plus(page).click();
	await chooseLanguage(page, 'arabia');
	await chip(page, 'Asuminen').click();
	await page.getByRole('button', { name: 'Tallenna' }).click();
	await page.getByRole('heading', { level: 2, name: 'Tämän päivän käynnit' }).waitFor();
}

test('from the first link to a revoked phone', async ({ page: office, browser, server }) => {
	const [, first = ''] = /\/start#([0-9A-Z]{10})/.exec(server.output) ?? [];
	expect(first).toHaveLength(10);
	const usedCodes = () =>
		server.rows<{ n: number }>('SELECT count(*) n FROM invitations WHERE used_at IS NOT NULL')[0]?.n;

	// A preview of the link in a chat fetches it, perhaps with a browser: nothing is redeemed without a tap.
	await fetch(`${server.url}/start`);
	const preview = await browser.newContext();
	const previewPage = await preview.newPage();
	await previewPage.goto(`${server.url}/start#${first}`);
	await expect(previewPage.getByText('Koodi tuli linkistä')).toBeVisible();
	await preview.close();
	expect(usedCodes()).toBe(0);

	await office.goto(`${server.url}/start#${first}`);
	await join(office);
	await lockDevice(office);
	await expect(office.getByRole('heading', { level: 1, name: 'Yhteydenotot' })).toBeVisible();
	await expect(office.getByText('Ei yhteydenottoja tällä rajauksella')).toBeVisible();
	expect(usedCodes()).toBe(1);

	const context = await browser.newContext({
		locale: 'fi-FI',
		timezoneId: 'Europe/Helsinki',
		viewport: { width: 360, height: 640 },
		hasTouch: true
	});
	const phone = await context.newPage();
	await phone.goto(`${server.url}/start#${first}`);
	await join(phone);
	await expect(phone.getByRole('alert').filter({ hasText: 'Koodi ei kelpaa' })).toBeVisible();

	// The administrator invites; the code is typed as people type it.
	await toOfficePage(office, 'Ihmiset ja laitteet');
	await office.getByRole('button', { name: 'Kutsu henkilö' }).click();
	await office.getByRole('button', { name: 'Tee koodi' }).click();
	await expect(office.getByText('Kirjoita nimi')).toBeVisible();
	await office.getByLabel('Nimi').fill('Aino Testinen');
	await office.getByRole('button', { name: 'Tee koodi' }).click();
	await expect(office.getByRole('img', { name: 'Koodi puhelimen kameralle' })).toBeVisible();
	const code = await office.locator('.code bdi').innerText();
	expect(code.replace(/\W/g, '')).toHaveLength(10);
	await office.getByRole('dialog').getByRole('button', { name: 'Sulje' }).click();

	await phone.goto(`${server.url}/start`);
	await phone.getByLabel('Kutsukoodi').fill('0000000000');
	await join(phone);
	await expect(phone.getByRole('alert').filter({ hasText: 'Koodi ei kelpaa' })).toBeVisible();
	await phone.getByLabel('Kutsukoodi').fill(` ${code.toLowerCase()} `);
	await phone.getByLabel('Laitteen nimi').fill('Ainon puhelin');
	await join(phone);
	await lockDevice(phone);
	await expect(phone.getByRole('heading', { level: 1, name: 'Ei vastaanottoa nyt' })).toBeVisible();
	expect(usedCodes()).toBe(2);
	await logWithoutPlace(phone);
	await expect(todayRows(phone).first()).toContainText('Perillä');

	await toOfficePage(office, 'Raportit');
	await expect(office.getByTestId('visits')).toHaveText('1');

	// An adviser does not see the office, neither its pages nor its data.
	const answers = await phone.evaluate(async () => {
		const open = await new Promise<IDBDatabase>((done, failed) => {
			const request = indexedDB.open('reppu-public');
			request.onsuccess = () => done(request.result);
			request.onerror = () => failed(request.error);
		});
		const id = await new Promise<string>((done) => {
			const request = open.transaction('memberships').objectStore('memberships').getAllKeys();
			request.onsuccess = () => done(String(request.result[0]));
		});
		open.close();
		const ask = async (path: string, init: RequestInit = {}) => {
			const headers = { 'reppu-membership': id, 'content-type': 'application/json' };
			const answer = await fetch(path, { ...init, headers });
			return [answer.status, ((await answer.json()) as { error: string }).error];
		};
		return [
			await ask('/api/v1/people'),
			await ask('/api/v1/report?from=2026-01-01&to=2026-12-31'),
			await ask('/api/v1/invitations', {
				method: 'POST',
				body: JSON.stringify({ name: 'X', role: 'adviser', delivery: 'sent' })
			})
		];
	});
	for (const answer of answers) expect(answer).toEqual([403, 'not_allowed']);
	await phone.goto(`${server.url}/office`);
	await expect(
		phone.getByRole('heading', { level: 1, name: 'Toimisto ei ole käytössä tällä laitteella' })
	).toBeVisible();

	// The phone is lost. It is locked, for it was opened anew, and still takes a visit.
	await phone.goto(server.url);
	await expect(phone.getByRole('heading', { level: 1, name: 'Käynnit ovat lukossa' })).toBeVisible();
	await context.setOffline(true);
	await toOfficePage(office, 'Ihmiset ja laitteet');
	await office.getByRole('button', { name: /Poista käytöstä.*Ainon puhelin/ }).click();
	await office.getByRole('dialog').getByRole('button', { name: 'Poista käytöstä' }).click();
	await expect(office.getByText('Ainon puhelin on poistettu käytöstä.')).toBeVisible();
	await plus(phone).click();
	await chooseLanguage(phone, 'arabia');
	await chip(phone, 'Asuminen').click();
	await phone.getByRole('button', { name: 'Tallenna' }).click();

	await expect(phone.getByText('Tallessa puhelimessa')).toBeVisible();
	await context.setOffline(false);

	// What it held arrives and waits for a coordinator, and nothing of it stays on the phone.
	await expect(phone.getByRole('heading', { name: 'Tämä laite on poistettu käytöstä' })).toBeVisible();
	const databases = () => phone.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name));
	expect((await databases()).filter((name) => name !== 'reppu-public')).toEqual([]);
	expect(server.rows('SELECT count(*) n FROM visit_facts')).toEqual([{ n: 1 }]);
	expect(server.rows("SELECT code FROM journal WHERE outcome = 'rejected' AND collection = 'visit'")).toEqual(
		[{ code: 'device_revoked' }]
	);
	await context.close();
});
