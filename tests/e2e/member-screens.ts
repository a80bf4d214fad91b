import { expect, lockDevice, ready, type BrowserContext, type Page, type Server } from './fixtures.ts';
import { addPasskey, enrolFirst, invite, locked, openLock, plugIn, toSettings } from './members.ts';
import type { Screen } from './screens.ts';

/** A directory that nobody asks: what the pages say of it they know from the server's settings. */
export const DIRECTORY = {
	OIDC_ISSUER: 'https://directory.invalid',
	OIDC_CLIENT_ID: 'reppu',
	OIDC_CLIENT_SECRET: 'nobody is asked with it',
	OIDC_NAME: 'Kainuun kuntien yhteinen tunnus'
};

/** What only whoever is no demo gets to see: the lock of a device that two people share, signing in, the account. */
export async function openMemberScreens(
	page: Page,
	context: BrowserContext,
	server: Server
): Promise<Screen[]> {
	await plugIn(context, page);
	await enrolFirst(page, server);
	await page.locator('.words').waitFor();
	await addPasskey(page, server);
	await page.goto(`${server.url}/office`);
	const passphrase = await lockDevice(page);
	await ready(page);
	const code = await invite(page, 'Anna-Kaarina Testinen-Esimerkki');
	const viewer = await invite(page, 'Kaisa Katsoja', 'Lukija');
	await page.goto(`${server.url}/start#${code.replaceAll(/\W/g, '')}`);
	await page.getByRole('button', { name: 'Jatka' }).click();
	await page.locator('.words').waitFor();
	await toSettings(page);
	await page.getByRole('button', { name: /pääkäyttäjä/ }).click();

	/** The settings with the lock open, and everything about it unfolded. */
	const openSettings = async () => {
		await openLock(page, passphrase);
		await expect(locked(page)).toHaveCount(0);
		await toSettings(page);
		await page.getByRole('heading', { level: 2, name: 'Lukitus' }).waitFor();
		for (const summary of ['Avaa lukko pääsyavaimella', 'Ota PIN käyttöön', 'Vaihda salalause'])
			await page.locator('summary', { hasText: summary }).click();
	};
	const screen = (name: string, path: string, prepare: () => Promise<unknown>): Screen => ({
		name,
		path,
		state: true,
		prepare
	});

	return [
		screen('sign-in by a directory', '/sign-in', () =>
			page.getByRole('button', { name: /Kirjaudu kunnan tunnuksella/ }).waitFor()
		),
		screen('account with a passkey', '/account', () => page.getByText('Oma puhelin').first().waitFor()),
		screen('settings of the lock', '/', openSettings),
		screen('lock of a shared device', '/visits', async () => {
			await openSettings();
			const form = page.locator('details[open]', { hasText: 'Avaa lukko pääsyavaimella' });
			await form.getByLabel('Nykyinen salalause').fill(passphrase);
			await form.getByRole('button', { name: 'Avaa lukko pääsyavaimella' }).click();
			await page.getByText('Pääsyavain avaa lukon.').waitFor();
			await page.goto(`${server.url}/visits`);
			await page.getByRole('heading', { name: 'Muut tämän laitteen käyttäjät' }).waitFor();
			await openLock(page, 'jokin aivan muu lause');
			await page.getByRole('alert').waitFor();
			for (const summary of ['Unohditko salalauseen?', 'Eikö laite saa yhteyttä?'])
				await page.locator('summary', { hasText: summary }).click();
		}),
		screen('lock with a PIN', '/', async () => {
			await openLock(page, passphrase);
			await page.getByRole('heading', { level: 2, name: 'Tämän päivän käynnit' }).waitFor();
			await toSettings(page);
			await page.locator('summary', { hasText: 'Ota PIN käyttöön' }).click();
			const form = page.locator('form', { hasText: 'Uusi PIN' });
			await form.getByLabel('Nykyinen salalause').fill(passphrase);
			await form.getByLabel('Uusi PIN, kuusi numeroa').fill('407319');
			await form.getByLabel('PIN uudelleen').fill('407319');
			await form.getByRole('button', { name: 'Ota PIN käyttöön' }).click();
			await page.getByText('PIN on käytössä.').waitFor();
			// Handed over and back: the PIN opens what was open.
			await page.getByRole('button', { name: /Anna-Kaarina/ }).click();
			await page.getByRole('button', { name: /pääkäyttäjä/ }).click();
			await page.getByRole('link', { name: 'Tänään' }).click();
			await expect(locked(page)).toBeVisible();
			await page.getByLabel('PIN', { exact: true }).waitFor();
		}),
		screen('choosing the lock', '/', async () => {
			await page.getByRole('button', { name: /Anna-Kaarina/ }).click();
			await page.locator('.words').waitFor();
		}),
		screen('figures for a viewer', '/start', async () => {
			await page.getByLabel('Kutsukoodi').fill(viewer);
			await page.getByRole('button', { name: 'Jatka' }).click();
			await page.getByText(/^Päivitetty/).waitFor();
			await page.getByRole('table', { name: 'Yhteydenotot neljänneksittäin' }).waitFor();
		})
	];
}
