import { deviceRows, expect, lockDevice, logWithNote, ready, test, todayRows } from './fixtures.ts';
import { addPasskey, enrolFirst, locked, openLock, plugIn, toSettings } from './members.ts';

test.use({ demo: false });

test('a passkey is added, opens this device again as it was, and a new browser as another one', async ({
	page,
	context,
	browser,
	server
}) => {
	const { protocol, authenticatorId } = await plugIn(context, page);
	await enrolFirst(page, server);
	await lockDevice(page);
	await ready(page);
	await addPasskey(page, server);
	await expect(page.getByText('Oma puhelin')).toBeVisible();
	const [before] = await deviceRows(page, 'memberships');

	await page.getByRole('button', { name: 'Kirjaudu ulos' }).click();
	await page.getByRole('heading', { level: 1, name: 'Kirjaudu sisään' }).waitFor();
	expect(server.rows('SELECT id FROM sessions')).toEqual([]);
	await page.getByRole('button', { name: 'Kirjaudu pääsyavaimella' }).click();
	await page.waitForURL(/\/office(\/reports)?$/);
	const [after] = await deviceRows(page, 'memberships');
	expect([after?.['device'], after?.['database']]).toEqual([before?.['device'], before?.['database']]);
	expect(after?.['vault']).toBeTruthy();
	expect(server.rows('SELECT way FROM sessions')).toEqual([{ way: 'passkey' }]);

	const { credentials } = await protocol.send('WebAuthn.getCredentials', { authenticatorId });
	const elsewhere = await browser.newContext({ locale: 'fi-FI' });
	const other = await elsewhere.newPage();
	const second = await plugIn(elsewhere, other);
	for (const credential of credentials)
		await second.protocol.send('WebAuthn.addCredential', {
			authenticatorId: second.authenticatorId,
			credential
		});
	await other.goto(`${server.url}/start`);
	await other.getByRole('link', { name: 'Kirjaudu pääsyavaimella' }).click();
	await other.getByRole('button', { name: 'Kirjaudu pääsyavaimella' }).click();
	await other.waitForURL(/\/office(\/reports)?$/);
	expect(server.rows('SELECT id FROM devices')).toHaveLength(2);
	await elsewhere.close();
});

test('a passkey opens the lock without a network, and no more once it was taken off it; the passphrase does', async ({
	page,
	context,
	server
}) => {
	const words = 'kysyi kaivosta';
	await plugIn(context, page);
	await enrolFirst(page, server);
	const passphrase = await lockDevice(page);
	await addPasskey(page, server);
	await page.goto(server.url);
	await openLock(page, passphrase);
	await page.getByRole('heading', { level: 2, name: 'Tämän päivän käynnit' }).waitFor();
	await logWithNote(page, words);
	await expect(todayRows(page).first()).toContainText('Perillä');
	await ready(page);

	await toSettings(page);
	const summary = page.locator('summary', { hasText: 'Avaa lukko pääsyavaimella' });
	await summary.click();
	const form = page.locator('details', { has: summary });
	for (const typed of ['jokin aivan muu lause', passphrase]) {
		await form.getByLabel('Nykyinen salalause').fill(typed);
		await form.getByRole('button', { name: 'Avaa lukko pääsyavaimella' }).click();
		if (typed !== passphrase)
			await expect(form.getByText('Nykyinen salalause on väärä. Mitään ei muutettu.')).toBeVisible();
	}
	await expect(page.getByText('Pääsyavain avaa lukon.')).toBeVisible();

	await context.setOffline(true);
	const byPasskey = page.getByRole('button', { name: 'Avaa pääsyavaimella' });
	const readsVisit = async () => {
		await page
			.getByRole('link', { name: /Asuminen/ })
			.first()
			.click();
		await expect(page.getByText(words)).toBeVisible();
	};
	await page.goto(`${server.url}/visits`);
	await expect(locked(page)).toBeVisible();
	await byPasskey.click();
	await readsVisit();

	// Another tab takes it off the lock while this one offers it.
	await page.goto(`${server.url}/visits`);
	await byPasskey.waitFor();
	const other = await context.newPage();
	await other.goto(server.url);
	await openLock(other, passphrase);
	await other.getByRole('heading', { level: 2, name: 'Tämän päivän käynnit' }).waitFor();
	await toSettings(other);
	await other.getByRole('button', { name: 'Poista pääsyavain lukosta' }).click();
	await expect(other.locator('summary', { hasText: 'Avaa lukko pääsyavaimella' })).toBeVisible();
	await other.close();
	await byPasskey.click();
	await expect(page.getByRole('alert')).toContainText('tai toisen lukon');
	await expect(locked(page)).toBeVisible();

	await page.goto(`${server.url}/visits`);
	await expect(locked(page)).toBeVisible();
	await expect(byPasskey).toHaveCount(0);
	await openLock(page, passphrase);
	await readsVisit();
});
