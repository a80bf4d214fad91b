import { spawnSync } from 'node:child_process';
import process from 'node:process';
import { deviceRows, expect, openOffice, ready, test, type Page, type Server } from './fixtures.ts';
import { enrolByCode, invite, openLock } from './members.ts';

/** Another organisation on the running server; gives the code of its first administrator. */
function addOrganisation(server: Server, name: string): string {
	const { stdout, stderr } = spawnSync(process.execPath, ['scripts/add-organisation.js', '--name', name], {
		env: { ...process.env, DATABASE_URL: server.database, ORIGIN: server.url },
		encoding: 'utf8'
	});
	const [, code] = /\/start#([0-9A-Z]{10})/.exec(stdout) ?? [];
	if (!code) throw new Error(stderr);
	return code;
}

/** A browser of somebody else, with the app enrolled by a code; `open` goes to a page and opens the lock there. */
async function enrolled(page: Page, server: Server, code: string, device: string) {
	const browser = page.context().browser()!;
	const context = await browser.newContext({ locale: 'fi-FI', timezoneId: 'Europe/Helsinki' });
	const other = await context.newPage();
	const passphrase = await enrolByCode(other, server, code, device);
	const open = async (path: string) => {
		await other.goto(`${server.url}${path}`);
		await openLock(other, passphrase);
	};
	return { page: other, open };
}

test('two organisations: one shares its languages by a code, the other one’s adviser finds Somali offline with its name, and loses it once it is withdrawn', async ({
	page: giver,
	server
}) => {
	// The other organisation gets an administrator, a coordinator and an adviser.
	const code = addOrganisation(server, 'Kajaanin neuvonta');
	const administrator = await enrolled(giver, server, code, 'Toimisto');
	await administrator.open('/office/reports');
	const coordinatorCode = await invite(administrator.page, 'Kaija Koordinaattori', 'Koordinaattori');
	const adviserCode = await invite(administrator.page, 'Anni Neuvoja');
	await administrator.page.context().close();
	const coordinator = await enrolled(giver, server, coordinatorCode, 'Kannettava');
	const adviser = await enrolled(giver, server, adviserCode, 'Puhelin');
	const { page: phone } = adviser;
	/** Records on the adviser's phone. */
	const rows = async (of: string) =>
		(await deviceRows(phone, 'records')).filter(({ collection }) => collection === of).length;

	// What one gives, and a preview of exactly that: no note and nothing that is bought.
	await openOffice(giver, server);
	await giver.goto(`${server.url}/office/sharing`);
	await expect(giver.getByText('Ette jaa mitään.')).toBeVisible();
	await expect(giver.getByRole('article', { name: 'Oulun omakielinen neuvonta (keksitty)' })).toBeVisible();
	await giver.getByRole('button', { name: 'Jaa toiselle organisaatiolle' }).click();
	const share = giver.getByRole('dialog');
	const somali = share.getByRole('region', { name: 'somali' });
	await expect(somali).toContainText('Kuopion kohtaamispaikka (keksitty)');
	await expect(share).not.toContainText('Jonoon pääsee ilman aikaa');
	await expect(share).not.toContainText('Savon etätulkkaus');
	await expect(share).not.toContainText('Oulun');
	for (const kind of ['Vastaanotot', 'Kieliapu']) await share.getByLabel(kind, { exact: true }).uncheck();
	await share.getByRole('button', { name: 'Tee koodi' }).click();
	await expect(share.getByText('Valitse, mitä jaetaan.')).toBeVisible();
	await share.getByLabel('Kieliapu', { exact: true }).check();
	await share.getByRole('button', { name: 'Tee koodi' }).click();
	const shareCode = await share.locator('.code bdi').innerText();
	await share.getByRole('button', { name: 'Sulje' }).click();
	await expect(giver.getByRole('article', { name: 'Odottaa hyväksyntää' })).toBeVisible();

	// The other one sees what would come, and accepts.
	const { page: receiver } = coordinator;
	await coordinator.open('/office/sharing');
	await receiver.getByRole('button', { name: 'Syötä koodi' }).click();
	const accept = receiver.getByRole('dialog');
	await accept.getByLabel('Koodi').fill('22222 22222');
	await accept.getByRole('button', { name: 'Näytä, mitä saamme' }).click();
	await expect(accept.getByText(/^Koodi ei kelpaa/)).toBeVisible();
	await accept.getByLabel('Koodi').fill(shareCode);
	await accept.getByRole('button', { name: 'Näytä, mitä saamme' }).click();
	await expect(accept.getByRole('region', { name: 'somali' })).toContainText('Kuopion kohtaamispaikka');
	await accept.getByRole('button', { name: 'Hyväksy' }).click();
	await expect(accept).toHaveCount(0);
	const received = receiver.getByRole('article', { name: 'Ylä-Savon neuvonta (esittely)' });
	await received.getByText('Näytä rivit').click();
	await expect(received.getByRole('region', { name: 'somali' })).toContainText('Kuopion kohtaamispaikka');
	// Each knows now who the other one is.
	await giver.reload();
	const given = giver.getByRole('article', { name: 'Kajaanin neuvonta' });
	await expect(given).toBeVisible();

	// The adviser, without a network.
	const line = phone.getByRole('listitem').filter({ hasText: 'Kuopion kohtaamispaikka' });
	await adviser.open('/');
	await ready(phone);
	await expect.poll(() => rows('shared'), { timeout: 60_000 }).toBeGreaterThan(1);
	await phone.context().setOffline(true);
	await phone.goto(`${server.url}/languages`);
	await phone.getByRole('searchbox').fill('soma');
	await phone.getByRole('link', { name: 'Soomaali' }).click();
	await phone.getByRole('link', { name: 'Kuka palvelee tällä kielellä?' }).click();
	await expect(line).toContainText('Toinen organisaatio: Ylä-Savon neuvonta (esittely)');
	await expect(line).toContainText('tiistai');
	// It is no desk of theirs.
	expect(await rows('desk')).toBe(0);

	// Withdrawn: gone with the next contact.
	await giver.context().setOffline(true);
	await given.getByRole('button', { name: /^Lopeta jakaminen/ }).click();
	const end = giver.getByRole('dialog');
	await end.getByRole('button', { name: 'Lopeta jakaminen' }).click();
	await expect(end.getByText('Palvelimeen ei saada yhteyttä.')).toBeVisible();
	await giver.context().setOffline(false);
	await end.getByRole('button', { name: 'Lopeta jakaminen' }).click();
	await expect(end).toHaveCount(0);
	await expect(giver.getByText('Ette jaa mitään.')).toBeVisible();
	await expect(line).toBeVisible();
	await phone.context().setOffline(false);
	await adviser.open('/');
	await expect.poll(() => rows('shared'), { timeout: 60_000 }).toBe(0);
	await phone.goto(`${server.url}/languages?who=so`);
	await expect(phone.getByText(/^Kukaan ei palvele tällä kielellä/)).toBeVisible();
	await expect(line).toHaveCount(0);
	await phone.context().close();
	await receiver.context().close();
});
