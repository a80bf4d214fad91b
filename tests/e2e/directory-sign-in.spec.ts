import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { BuiltServer } from '../support/built-server.ts';
import { TestIssuer } from '../support/issuer.ts';
import { lockDevice, toOfficePage } from './fixtures.ts';
import { enrolFirst, invite, openLock } from './members.ts';

/** The directory's certificate is of the test's own making. */
test.use({ ignoreHTTPSErrors: true, locale: 'fi-FI' });

/** A port that was free a moment ago: the directory has to know where it sends browsers back to before the server starts. */
async function freePort(): Promise<number> {
	const probe = createServer();
	await new Promise<void>((listening) => probe.listen(0, 'localhost', listening));
	const { port } = probe.address() as AddressInfo;
	await new Promise((closed) => probe.close(closed));
	return port;
}

test('whoever was entered in the office comes in by the municipality’s account, whoever was not is told who enters them, and an old session enters nobody', async ({
	page,
	browser
}) => {
	const port = await freePort();
	const origin = `http://localhost:${port}`;
	const issuer = await TestIssuer.start(`${origin}/api/v1/sign-in/directory/callback`);
	const folder = mkdtempSync(join(tmpdir(), 'reppu-issuer-'));
	writeFileSync(join(folder, 'ca.pem'), issuer.certificate);
	const server = new BuiltServer({
		...issuer.settings(),
		PORT: String(port),
		ORIGIN: origin,
		DEMO: 'false',
		NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem')
	});
	try {
		await server.start();
		issuer.person = { subject: 'a-1', email: 'aino@city.example' };
		await page.goto(`${origin}/sign-in`);
		const button = page.getByRole('button', { name: 'Kirjaudu kunnan tunnuksella (City)' });
		await button.click();
		await expect(page.getByRole('alert')).toContainText('sitä ei ole liitetty kehenkään täällä');
		expect(new URL(page.url()).hash).toBe('');

		// The administrator enters whom the municipality knows; nobody hands out a code.
		const desk = await browser.newContext({ ignoreHTTPSErrors: true, locale: 'fi-FI' });
		const office = await desk.newPage();
		await enrolFirst(office, server);
		const passphrase = await lockDevice(office);
		await invite(office, 'Aino Testinen');
		const naming = office.getByRole('dialog', { name: /kunnan tunnus/ });
		const name = async (text: string) => {
			await office.getByRole('button', { name: /Kunnan tunnus….*Aino Testinen/ }).click();
			await naming.getByLabel('Kunnan tunnus').fill(text);
			await naming.getByRole('button', { name: 'Tallenna tunnus' }).click();
		};
		await name('aino city');
		await expect(naming.getByRole('alert')).toContainText('Mitään ei tallennettu');
		await naming.getByLabel('Kunnan tunnus').fill('aino@city.example');
		await naming.getByRole('button', { name: 'Tallenna tunnus' }).click();
		await expect(office.getByText('Henkilön Aino Testinen kunnan tunnus on muutettu.')).toBeVisible();
		await expect(office.getByText('aino@city.example')).toBeVisible();

		await button.click();
		await lockDevice(page);
		await page.getByRole('heading', { level: 2, name: 'Tämän päivän käynnit' }).waitFor();
		const ways = () => server.rows('SELECT way FROM sessions ORDER BY way');
		expect(ways()).toEqual([{ way: 'code' }, { way: 'directory' }]);
		expect(server.rows('SELECT subject FROM identities')).toEqual([{ subject: 'a-1' }]);

		// An old session enters nobody else: whoever sits at it has to show by the directory who they are.
		server.rows('UPDATE sessions SET proved_at = 0');
		server.rows(
			`INSERT INTO identities (organisation_id, membership_id, name, set_at)
			SELECT organisation_id, id, 'head@city.example', 0 FROM memberships WHERE role = 'administrator'`
		);
		issuer.person = { subject: 'h-1', email: 'head@city.example' };
		await name('stranger@city.example');
		const question = office.getByRole('dialog', { name: 'Vahvista, että se olet sinä' });
		await question.getByRole('button', { name: 'Vahvista pääsyavaimella' }).click();
		await expect(question.getByRole('alert')).toContainText('Sinulla ei ole pääsyavainta');
		await question.getByRole('link', { name: 'Kirjaudu kunnan tunnuksella (City)' }).click();
		await office.getByRole('button', { name: 'Kirjaudu kunnan tunnuksella (City)' }).click();
		await office.waitForURL(/\/office(\/reports)?$/);
		expect(ways()).toEqual([{ way: 'directory' }, { way: 'directory' }]);
		expect(server.rows('SELECT id FROM devices')).toHaveLength(2);
		await expect(office.getByText('stranger@city.example')).toHaveCount(0);
		await openLock(office, passphrase);
		await toOfficePage(office, 'Ihmiset ja laitteet');
		await name('');
		await expect(office.getByText('Henkilön Aino Testinen kunnan tunnus on muutettu.')).toBeVisible();
		expect(server.rows('SELECT name FROM identities')).toEqual([{ name: 'head@city.example' }]);
		await desk.close();
	} finally {
		await server.remove();
		await issuer.stop();
		rmSync(folder, { recursive: true, force: true });
	}
});
