import { createServer, type AddressInfo } from 'node:net';
import { expect, lockDevice, test, toOfficePage } from './fixtures.ts';
import { enrolByCode, enrolFirst, invite } from './members.ts';
import { readMail, SmtpServer } from '../support/smtp-server.ts';

const smtp = new SmtpServer();

/** A port that nobody listens on: mails name the server's own address, so it has to know it before it listens. */
async function freePort(): Promise<number> {
	const probe = createServer();
	await new Promise<void>((resolve) => probe.listen(0, resolve));
	const { port } = probe.address() as AddressInfo;
	await new Promise((resolve) => probe.close(resolve));
	return port;
}

test.use({
	demo: false,
	settings: async ({ demo }, use) => {
		await smtp.start();
		const port = await freePort();
		await use({
			PORT: String(port),
			ORIGIN: `http://localhost:${port}`,
			SMTP_URL: `smtp://127.0.0.1:${smtp.port}`,
			MAIL_FROM: 'neuvonta@reppu.example',
			MAIL_WAIT: '2',
			DEMO: String(demo)
		});
		await smtp.stop();
	}
});

test('a contact person: a coordinator enters one, cancels a day of the tour, and sees that the mail has gone', async ({
	page: first,
	browser,
	server
}) => {
	await enrolFirst(first, server);
	await first.locator('.words').waitFor();
	await first.goto(`${server.url}/office`);
	await lockDevice(first);
	const code = await invite(first, 'Kaisa Koordinaattori', 'Koordinaattori');
	const context = await browser.newContext({ locale: 'fi-FI', timezoneId: 'Europe/Helsinki' });
	const page = await context.newPage();
	page.setDefaultTimeout(15_000);
	await enrolByCode(page, server, code, 'Koneeni');

	// Nothing is served yet.
	await toOfficePage(page, 'Yhteyshenkilöt');
	await expect(page.getByText('Yhtään neuvontapistettä ei ole vielä.')).toBeVisible();
	await page.getByRole('main').getByRole('link', { name: 'Kierroksen suunnittelu' }).click();
	const dialog = page.getByRole('dialog');
	await page.getByRole('button', { name: 'Lisää piste' }).click();
	await dialog.getByLabel('Nimi').fill('Vieremä, kirjasto');
	await dialog.getByLabel('Kunta', { exact: true }).selectOption('Vieremä');
	await dialog.getByRole('button', { name: 'Tallenna' }).click();
	await expect(dialog).toHaveCount(0);
	const desk = page.getByRole('region', { name: 'Vieremä, kirjasto' });
	await desk.getByRole('button', { name: 'Lisää vastaanotto' }).click();
	const day = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10);
	await dialog.getByLabel('Ensimmäinen päivä').fill(day);
	await dialog.getByLabel('Alkaa').fill('12:00');
	await dialog.getByLabel('Päättyy').fill('14:30');
	await dialog.getByLabel('Ei pyhinä eikä aattoina').uncheck();
	await dialog.getByRole('button', { name: 'Tallenna' }).click();
	await expect(dialog).toHaveCount(0);
	await expect(page.locator('p.notice')).not.toContainText('odottaa', { timeout: 40_000 });

	await toOfficePage(page, 'Yhteyshenkilöt');
	const town = page.getByRole('region', { name: 'Vieremä' });
	await expect(town).toContainText('Ei yhteyshenkilöä');
	await town.getByRole('button', { name: /^Lisää yhteyshenkilö/ }).click();
	await dialog.getByLabel('Nimi', { exact: true }).fill('Kerttu Kunta');
	await dialog.getByLabel('Sähköposti').fill('kerttu.kunta');
	await dialog.getByRole('button', { name: 'Tallenna' }).click();
	await expect(dialog.getByText('Kirjoita osoite näin')).toBeVisible();
	await dialog.getByLabel('Sähköposti').fill('kerttu.kunta@vierema.example');
	await context.setOffline(true);
	await dialog.getByRole('button', { name: 'Tallenna' }).click();
	await expect(dialog.getByRole('alert')).toBeVisible();
	await context.setOffline(false);
	await dialog.getByRole('button', { name: 'Tallenna' }).click();
	await expect(dialog).toHaveCount(0);
	await expect(town).toContainText('Kerttu Kunta');
	await town.getByRole('button', { name: /^Lähetä kokeiluviesti/ }).click();
	await expect.poll(() => smtp.mails.length).toBe(1);

	await toOfficePage(page, 'Kierros');
	await desk.getByRole('button', { name: 'Peru päivä' }).click();
	await dialog.getByLabel('Miksi').fill('Kirjasto on kiinni');
	await dialog.getByRole('button', { name: 'Peru tämä päivä' }).click();
	await expect(desk).toContainText('Peruttu: Kirjasto on kiinni');
	await expect.poll(() => smtp.mails.length, { timeout: 40_000 }).toBe(2);
	const { headers, text } = readMail(smtp.mails[1]!);
	expect(headers.get('subject')).toMatch(/^Neuvonta peruttu: Vieremä, kirjasto, /);
	expect(text).not.toContain('Kirjasto on kiinni');

	await toOfficePage(page, 'Yhteyshenkilöt');
	const sent = page.getByRole('listitem').filter({ hasText: 'Neuvonta peruttu' });
	await expect(sent).toContainText('Lähetetty', { timeout: 30_000 });

	// The mail server refuses: its words are there, and the next step.
	smtp.manner = (line) => (line.startsWith('RCPT') ? '550 5.1.1 No such user here' : undefined);
	await town.getByRole('button', { name: /^Lähetä kokeiluviesti/ }).click();
	const failed = page.getByRole('listitem').filter({ hasText: 'Ei mennyt perille' });
	await expect(failed).toContainText('No such user here', { timeout: 30_000 });
	await expect(failed).toContainText('Tarkista osoite');

	await town.getByRole('button', { name: /^Poista/ }).click();
	await dialog.getByRole('button', { name: 'Poista', exact: true }).click();
	await expect(town).toContainText('Ei yhteyshenkilöä');
	await expect(page.getByText('Viestejä ei ole.')).toBeVisible();
	expect(server.rows('SELECT municipality FROM contact_persons')).toEqual([]);
	await context.close();
});
