import { MortalBrowser } from '../support/mortal-browser.ts';
import {
	chip,
	chooseLanguage,
	expect,
	lockDevice,
	plus,
	ready,
	test,
	todayRows,
	type Page,
	type Server
} from './fixtures.ts';

test.use({ demo: false });

/** Words that stand nowhere else. */
const CANARY = 'kanarialintulaulaa';

const locked = (page: Page) => page.getByRole('heading', { level: 1, name: 'Käynnit ovat lukossa' });

async function enrol(page: Page, server: Server): Promise<string> {
	const [, code = ''] = /\/start#([0-9A-Z]{10})/.exec(server.output) ?? [];
	await page.goto(`${server.url}/start#${code}`);
	await page.getByRole('button', { name: 'Jatka' }).click();
	return lockDevice(page);
}

/** Logs a visit with a note; where it leads depends on the lock. */
async function log(page: Page, note: string): Promise<void> {
	await plus(page).click();
	await chooseLanguage(page, 'arabia');
	await chip(page, 'Asuminen').click();
	await page.getByText('Lisää tietoja (vapaaehtoinen)').click();
	await page.getByRole('textbox', { name: 'Muistiinpano' }).fill(note);
	// The draft has its moment.
	await page.waitForTimeout(500);
	await page.getByRole('button', { name: 'Tallenna' }).click();
}

const open = async (page: Page, passphrase: string) => {
	await page.getByLabel('Salalause', { exact: true }).fill(passphrase);
	await page.getByRole('button', { name: 'Avaa lukko' }).click();
};

test('what was logged is sealed on the phone, goes out though the phone is locked, and opens with the passphrase', async ({
	server
}) => {
	const browser = new MortalBrowser();
	try {
		let page = await browser.start();
		const passphrase = await enrol(page, server);
		await page.goto(server.url);
		await expect(locked(page)).toBeVisible();
		await open(page, passphrase);
		await page.getByRole('heading', { level: 2, name: 'Tämän päivän käynnit' }).waitFor();
		await ready(page);
		await server.stop();
		await log(page, CANARY);
		await expect(todayRows(page)).toHaveCount(1);

		// Killed without a network: what was saved is there, and nobody reads it.
		await browser.kill();
		expect(browser.filesWith(CANARY)).toEqual([]);
		expect(browser.filesWith(passphrase)).toEqual([]);
		page = await browser.start();
		await page.goto(server.url);
		await expect(locked(page)).toBeVisible();
		await log(page, `${CANARY} lukossa`);
		await expect(locked(page)).toBeVisible();
		await expect(page.getByText('Tallessa puhelimessa')).toBeVisible();

		// The network is back, the lock is closed.
		await server.start();
		await page.evaluate(() => dispatchEvent(new Event('online')));
		const facts = () => server.rows('SELECT count(*) n FROM visit_facts');
		await expect.poll(facts, { timeout: 40_000 }).toEqual([{ n: 2 }]);
		await expect(locked(page)).toBeVisible();

		await open(page, 'jokin aivan muu lause');
		await expect(page.getByRole('alert')).toContainText('Yrityksiä jäljellä: 4');
		await open(page, passphrase);
		await expect(todayRows(page)).toHaveCount(2);
		await expect(todayRows(page).first()).toContainText('Perillä');

		// What was sent is read back and still sealed.
		await page.reload();
		await expect(locked(page)).toBeVisible();
		await browser.kill();
		expect(browser.filesWith(CANARY)).toEqual([]);
	} finally {
		await browser.remove();
	}
});

test('the search for words in a profile finds those that are not sealed', async ({ server }) => {
	const browser = new MortalBrowser();
	try {
		const page = await browser.start();
		await page.goto(server.url);
		await page.evaluate(
			(text) =>
				new Promise<void>((done, failed) => {
					const request = indexedDB.open('plain', 1);
					request.onupgradeneeded = () => request.result.createObjectStore('rows');
					request.onsuccess = () => {
						const writing = request.result.transaction('rows', 'readwrite', { durability: 'strict' });
						writing.objectStore('rows').put({ body: JSON.stringify({ text, wide: `${text}☃` }) }, 1);
						writing.oncomplete = () => done();
						writing.onabort = () => failed(writing.error);
					};
				}),
			CANARY
		);
		await browser.kill();
		expect(browser.filesWith(CANARY).length).toBeGreaterThan(0);
	} finally {
		await browser.remove();
	}
});
