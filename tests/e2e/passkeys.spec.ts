import type { BrowserContext } from '@playwright/test';
import { deviceRows, expect, lockDevice, ready, test, type Page } from './fixtures.ts';

test.use({ demo: false });

/** A passkey's holder in the browser itself: a phone's own, opened by its user. */
async function plugIn(context: BrowserContext, page: Page) {
	const protocol = await context.newCDPSession(page);
	await protocol.send('WebAuthn.enable');
	const { authenticatorId } = await protocol.send('WebAuthn.addVirtualAuthenticator', {
		options: {
			protocol: 'ctap2',
			ctap2Version: 'ctap2_1',
			transport: 'internal',
			hasResidentKey: true,
			hasUserVerification: true,
			isUserVerified: true,
			automaticPresenceSimulation: true,
			hasPrf: true
		}
	});
	return { protocol, authenticatorId };
}

test('a passkey is added, opens this device again as it was, and a new browser as another one', async ({
	page,
	context,
	browser,
	server
}) => {
	const { protocol, authenticatorId } = await plugIn(context, page);
	const [, code = ''] = /\/start#([0-9A-Z]{10})/.exec(server.output) ?? [];
	await page.goto(`${server.url}/start#${code}`);
	await page.getByRole('button', { name: 'Jatka' }).click();
	await lockDevice(page);
	await ready(page);

	await page.goto(`${server.url}/settings`);
	await page.getByRole('link', { name: 'Avaa oma tili' }).click();
	await page.getByLabel('Pääsyavaimen nimi').fill('Oma puhelin');
	await page.getByRole('button', { name: 'Lisää pääsyavain' }).click();
	await page.getByText('Pääsyavain on lisätty.').waitFor();
	await expect(page.getByText('Oma puhelin')).toBeVisible();
	const [before] = await deviceRows(page, 'memberships');

	await page.getByRole('button', { name: 'Kirjaudu ulos' }).click();
	await page.getByRole('heading', { level: 1, name: 'Kirjaudu sisään' }).waitFor();
	expect(server.rows('SELECT id FROM sessions')).toEqual([]);
	await page.getByRole('button', { name: 'Kirjaudu pääsyavaimella' }).click();
	await page.waitForURL(/\/office$/);
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
	await other.waitForURL(/\/office$/);
	expect(server.rows('SELECT id FROM devices')).toHaveLength(2);
	await elsewhere.close();
});
