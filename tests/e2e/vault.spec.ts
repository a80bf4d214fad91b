import { MortalBrowser } from '../support/mortal-browser.ts';
import {
	chooseLanguage,
	deviceRows,
	expect,
	lockDevice,
	logWithNote,
	plus,
	ready,
	test,
	todayRows,
	type Page,
	type Server
} from './fixtures.ts';
import { enrolByCode, enrolFirst, invite, locked, makeCode, openLock, toSettings } from './members.ts';

test.use({ demo: false });

/** Words that stand nowhere else. */
const CANARY = 'kanarialintulaulaa';

/** Page or worker, whichever is first, empties a phone that was revoked. */
const wiped = (page: Page) =>
	expect(async () => {
		for (const table of ['memberships', 'visits', 'outbox', 'drafts'])
			expect(await deviceRows(page, table)).toEqual([]);
	}).toPass({ timeout: 60_000 });

/** As a worker does that empties a device (sync/wiped-mark.ts); of one that the server does not know. */
async function leaveMark(): Promise<void> {
	const key = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign']);
	const value = { device: crypto.randomUUID(), replica: '0123456789abcdef', key };
	const db = await new Promise<IDBDatabase>((resolve, reject) => {
		const opening = indexedDB.open('reppu-public');
		opening.onsuccess = () => resolve(opening.result);
		opening.onerror = () => reject(opening.error);
	});
	const writing = db.transaction('settings', 'readwrite');
	writing.objectStore('settings').put({ key: 'wiped', value });
	await new Promise((resolve) => (writing.oncomplete = resolve));
	db.close();
}

async function enrol(page: Page, server: Server): Promise<string> {
	await enrolFirst(page, server);
	return lockDevice(page);
}

test('what was logged is sealed on the phone, goes out though the phone is locked, and opens with the passphrase', async ({
	server
}) => {
	const browser = new MortalBrowser();
	try {
		let page = await browser.start();
		const passphrase = await enrol(page, server);
		await page.goto(server.url);
		await expect(locked(page)).toBeVisible();
		await openLock(page, passphrase);
		await page.getByRole('heading', { level: 2, name: 'Tämän päivän käynnit' }).waitFor();
		await ready(page);
		await server.stop();
		await logWithNote(page, CANARY);
		await expect(todayRows(page)).toHaveCount(1);

		// Killed without a network: what was saved is there, and nobody reads it.
		await browser.kill();
		expect(browser.filesWith(CANARY)).toEqual([]);
		expect(browser.filesWith(passphrase)).toEqual([]);
		page = await browser.start();
		await page.goto(server.url);
		await expect(locked(page)).toBeVisible();
		await logWithNote(page, `${CANARY} lukossa`);
		await expect(locked(page)).toBeVisible();
		await expect(page.getByText('Tallessa puhelimessa')).toBeVisible();

		// The network is back, the lock is closed.
		await server.start();
		await page.evaluate(() => dispatchEvent(new Event('online')));
		const facts = () => server.rows('SELECT count(*) n FROM visit_facts');
		await expect.poll(facts, { timeout: 40_000 }).toEqual([{ n: 2 }]);
		await expect(locked(page)).toBeVisible();

		await openLock(page, 'jokin aivan muu lause');
		await expect(page.getByRole('alert')).toContainText('Yrityksiä jäljellä: 4');
		await openLock(page, passphrase);
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

test('a vault that locks itself while a visit is being written: nothing of it stays on the screen in any tab, the PIN opens it, and the draft is there', async ({
	page,
	context,
	server
}) => {
	await context.clock.install();
	const passphrase = await enrol(page, server);
	await page.goto(server.url);
	await openLock(page, passphrase);
	await page.getByRole('heading', { level: 2, name: 'Tämän päivän käynnit' }).waitFor();
	await toSettings(page);
	await page.getByText('Ota PIN käyttöön').first().click();
	const form = page.locator('form').filter({ hasText: 'Uusi PIN' });
	await form.getByLabel('Nykyinen salalause').fill(passphrase);
	await form.getByLabel('Uusi PIN, kuusi numeroa').fill('407319');
	await form.getByLabel('PIN uudelleen').fill('407319');
	await form.getByRole('button', { name: 'Ota PIN käyttöön' }).click();
	await expect(page.getByText('PIN on käytössä.')).toBeVisible();

	const other = await context.newPage();
	await other.goto(server.url);
	await openLock(other, passphrase);
	await other.getByRole('heading', { level: 2, name: 'Tämän päivän käynnit' }).waitFor();

	await plus(page).click();
	await chooseLanguage(page, 'arabia');
	await page.getByText('Lisää tietoja (vapaaehtoinen)').click();
	const note = page.getByRole('textbox', { name: 'Muistiinpano' });
	await note.fill(CANARY);
	await page.clock.runFor(1000);
	await expect.poll(() => deviceRows(page, 'drafts')).toHaveLength(1);

	// Nobody is there for longer than was chosen.
	for (const each of [page, other]) await each.clock.fastForward('06:00');
	await expect(locked(other)).toBeVisible();
	await expect(other.getByLabel('PIN', { exact: true })).toBeVisible();
	await expect(page.getByText(CANARY)).toHaveCount(0);
	await page.getByText('Lisää tietoja (vapaaehtoinen)').click();
	await expect(note).toHaveValue('');
	await page.getByRole('link', { name: 'Sulje' }).click();
	await expect(locked(page)).toBeVisible();
	await page.getByLabel('PIN', { exact: true }).fill('407319');
	await page.getByRole('button', { name: 'Avaa lukko' }).click();
	await page.getByRole('heading', { level: 2, name: 'Tämän päivän käynnit' }).waitFor();
	await expect(locked(other)).toBeVisible();
	await plus(page).click();
	await page.getByText('Lisää tietoja (vapaaehtoinen)').click();
	await expect(note).toHaveValue(CANARY);

	// Whoever is given the phone to read a card finds the register locked behind it.
	await page.getByRole('link', { name: 'Sulje' }).click();
	await page.getByRole('link', { name: 'Palvelut' }).click();
	await page.getByRole('searchbox').fill('kela');
	await page.getByRole('listitem').getByRole('link', { name: /^Kela/ }).click();
	await page.getByRole('link', { name: /Näytä asiakkaalle/ }).click();
	await page.getByRole('button', { name: /العربية/ }).click();
	await page.getByRole('button', { name: 'Anna puhelin' }).click();
	const hold = page.getByRole('button', { name: /Näkymä on lukittu/ });
	await expect(hold).toBeVisible();
	await expect(page.locator('[lang="ar"][dir="rtl"]').first()).toBeVisible();
	await hold.focus();
	await page.keyboard.down('Enter');
	await page.clock.runFor(1100);
	await page.keyboard.up('Enter');
	await page.getByRole('button', { name: 'Kyllä, avaa lukitus' }).click();
	await page.getByRole('link', { name: 'Sulje' }).click();
	await page.getByRole('heading', { level: 1, name: 'Kela' }).waitFor();
	await page.getByRole('link', { name: 'Tänään' }).click();
	await expect(locked(page)).toBeVisible();
	await expect(page.getByText(CANARY)).toHaveCount(0);
	await page.getByLabel('PIN', { exact: true }).fill('407319');
	await page.getByRole('button', { name: 'Avaa lukko' }).click();
	await page.getByRole('heading', { level: 2, name: 'Tämän päivän käynnit' }).waitFor();

	// What is loaded anew wants the passphrase.
	await other.reload();
	await expect(other.getByLabel('Salalause', { exact: true })).toBeVisible();
});

test('a lost phone whose profile was copied: revoked, it shows nothing and reads nothing, brings what it holds for the coordinator, and is emptied', async ({
	page: office,
	server
}) => {
	const officePassphrase = await enrol(office, server);
	const code = await invite(office, 'Aino Testinen');

	const phone = new MortalBrowser();
	let copy: MortalBrowser | undefined;
	try {
		let page = await phone.start();
		const passphrase = await enrolByCode(page, server, code, 'Ainon puhelin');
		await page.getByRole('heading', { level: 2, name: 'Tämän päivän käynnit' }).waitFor();
		await ready(page);
		await server.stop();
		await logWithNote(page, CANARY);
		await expect(todayRows(page)).toHaveCount(1);
		await phone.kill();
		copy = phone.copy();
		for (const word of [CANARY, passphrase]) expect(copy.filesWith(word)).toEqual([]);

		await server.start();
		await office.reload();
		await openLock(office, officePassphrase);
		await office.getByRole('button', { name: /Poista käytöstä.*Ainon puhelin/ }).click();
		await office.getByRole('dialog').getByRole('button', { name: 'Poista käytöstä' }).click();
		await expect(office.getByText('Ainon puhelin on poistettu käytöstä.')).toBeVisible();
		await server.stop();

		// Without a network the copy is a locked phone.
		page = await copy.start();
		await page.goto(server.url);
		await expect(locked(page)).toBeVisible();
		await openLock(page, 'jokin aivan muu lause');
		await expect(page.getByRole('alert')).toContainText('Yrityksiä jäljellä: 4');
		for (const table of ['visits', 'outbox']) {
			const rows = await deviceRows(page, table);
			expect(rows).toHaveLength(1);
			expect(rows[0]).toMatchObject({ codec: 'aes' });
		}
		expect(await page.content()).not.toContain(CANARY);

		// With one it brings what it holds, and that is all.
		await server.start();
		await page.evaluate(() => dispatchEvent(new Event('online')));
		await wiped(page);
		const quarantine = "SELECT code FROM journal WHERE outcome = 'rejected' AND collection = 'visit'";
		expect(server.rows(quarantine)).toEqual([{ code: 'device_revoked' }]);
		expect(server.rows('SELECT count(*) n FROM visit_facts')).toEqual([{ n: 0 }]);
		await copy.kill();
		expect(copy.filesWith(CANARY)).toEqual([]);

		// So does the phone itself, where it was found again; it adds nothing.
		page = await phone.start();
		await page.goto(server.url);
		await wiped(page);
		expect(server.rows(quarantine)).toHaveLength(1);
		// Whether its page or its worker was first, whoever looks is told why nothing is there.
		const reason = page.getByRole('heading', { name: 'Tämä laite on poistettu käytöstä' });
		await expect(reason).toBeVisible();
		// What a worker leaves says it as long as the server has not been told that somebody has seen it.
		// The page that told it drops the rest meanwhile, and may load itself anew under this.
		await expect(async () => {
			await page.goto(`${server.url}/start`);
			await expect(reason).toBeHidden({ timeout: 5000 });
		}).toPass();
		await page.evaluate(leaveMark);
		for (let times = 0; times < 2; times += 1) {
			await page.reload();
			await expect(reason).toBeVisible();
		}
	} finally {
		await copy?.remove();
		await phone.remove();
	}
});

test('a forgotten passphrase: what waits goes out all the same, a new code opens the phone anew, and nothing is lost', async ({
	page: office,
	browser,
	server
}) => {
	await enrol(office, server);
	const first = await invite(office, 'Aino Testinen');
	const context = await browser.newContext({ locale: 'fi-FI', viewport: { width: 360, height: 640 } });
	const page = await context.newPage();
	const forgotten = await enrolByCode(page, server, first, 'Ainon puhelin');
	await page.getByRole('heading', { level: 2, name: 'Tämän päivän käynnit' }).waitFor();
	await ready(page);
	await logWithNote(page, `${CANARY} perillä`);
	await expect(todayRows(page).first()).toContainText('Perillä');

	await context.setOffline(true);
	await logWithNote(page, `${CANARY} avoinna`);
	await expect(todayRows(page)).toHaveCount(2);
	await page.goto(server.url);
	await logWithNote(page, `${CANARY} lukossa`);
	await expect(locked(page)).toBeVisible();
	await page.locator('summary', { hasText: 'Unohditko salalauseen?' }).click();
	await expect(page.getByText('Kirjaamasi ei katoa.')).toBeVisible();

	// It goes out under the closed lock.
	await context.setOffline(false);
	await page.evaluate(() => dispatchEvent(new Event('online')));
	const arrived = () =>
		server.rows("SELECT count(*) n FROM journal WHERE collection = 'visit' AND outcome = 'applied'");
	await expect.poll(arrived, { timeout: 40_000 }).toEqual([{ n: 3 }]);
	await expect(locked(page)).toBeVisible();

	// One more waits when the phone begins anew.
	await context.route('**/api/v1/sync*', (route) => route.abort());
	await logWithNote(page, `${CANARY} viimeinen`);
	await expect(locked(page)).toBeVisible();
	await office.getByRole('button', { name: /Uusi koodi.*Aino Testinen/ }).click();
	const second = await makeCode(office);
	await page.locator('summary', { hasText: 'Unohditko salalauseen?' }).click();
	await page.getByRole('link', { name: 'Minulla on uusi koodi' }).click();
	await page.getByLabel('Kutsukoodi').fill(second);
	await page.getByRole('button', { name: 'Jatka' }).click();
	const passphrase = await lockDevice(page);
	// It goes on as the device that it was: none is left behind for somebody to wonder about.
	expect(
		server.rows(
			"SELECT count(*) n FROM devices d JOIN memberships m ON m.id = d.membership_id WHERE m.name = 'Aino Testinen'"
		)
	).toEqual([{ n: 1 }]);
	await context.unroute('**/api/v1/sync*');
	await page.evaluate(() => dispatchEvent(new Event('online')));
	await expect(todayRows(page)).toHaveCount(4);
	await expect(todayRows(page).filter({ hasText: 'Perillä' })).toHaveCount(4);
	await expect.poll(arrived).toEqual([{ n: 4 }]);
	expect(server.rows('SELECT count(*) n FROM visit_facts')).toEqual([{ n: 4 }]);
	for (const row of await deviceRows(page, 'visits')) expect(row).toMatchObject({ codec: 'aes' });

	await page.goto(server.url);
	await openLock(page, forgotten);
	await expect(page.getByRole('alert')).toContainText('Salalause on väärä');
	await openLock(page, passphrase);
	await expect(todayRows(page)).toHaveCount(4);
	await todayRows(page).first().getByRole('link').first().click();
	await expect(page.getByText(CANARY)).toBeVisible();
	await context.close();
});

test('a browser that refuses WebAssembly locks and opens all the same, and more strongly once it does not', async ({
	browser,
	server
}) => {
	const context = await browser.newContext({ locale: 'fi-FI', serviceWorkers: 'block' });
	let refused = true;
	await context.route('**/*', async (route) => {
		if (!refused) return route.continue();
		const response = await route.fetch();
		const policy = response.headers()['content-security-policy'] ?? "script-src 'self'";
		const headers = {
			...response.headers(),
			'content-security-policy': policy.replaceAll("'wasm-unsafe-eval'", '')
		};
		return route.fulfill({ response, headers });
	});
	const page = await context.newPage();
	const derivation = async () => {
		const [row] = (await deviceRows(page, 'memberships')) as {
			vault: { wraps: { derivation: { name: string } }[] };
		}[];
		return row?.vault.wraps.map((wrap) => wrap.derivation.name);
	};
	const passphrase = await enrol(page, server);
	expect(await derivation()).toEqual(['pbkdf2-sha256']);
	const opened = page.getByRole('heading', { level: 2, name: 'Tämän päivän käynnit' });
	await page.goto(server.url);
	await openLock(page, passphrase);
	await opened.waitFor();
	expect(await derivation()).toEqual(['pbkdf2-sha256']);

	refused = false;
	await page.goto(server.url);
	await openLock(page, passphrase);
	await opened.waitFor();
	expect(await derivation()).toEqual(['argon2id']);

	// What was locked so opens no more where WebAssembly is refused; nothing is lost, and that is said.
	refused = true;
	await page.goto(server.url);
	await openLock(page, passphrase);
	await expect(page.getByRole('alert')).toContainText('Kirjaukset ovat tallessa');
	await context.close();
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
