import { randomFillSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { newClientCard, showClientCard } from '../../src/lib/domain/client-card.ts';
import { HttpPhone } from '../support/http-phone.ts';
import { expect, lockDevice, test, toOfficePage, type Page, type Server } from './fixtures.ts';
import { addPasskey, firstCode, makeCode, plugIn } from './members.ts';

test.use({ demo: false, viewport: { width: 1280, height: 800 }, isMobile: false, hasTouch: false });

/** What everybody has proved of themselves is old, as on a screen that stands open or in a session that was stolen. */
function age(server: Server): void {
	const db = new DatabaseSync(server.database, { timeout: 5000 });
	db.exec('UPDATE sessions SET proved_at = proved_at - 3600000');
	db.close();
}

const question = (page: Page) => page.getByRole('dialog', { name: 'Vahvista, että se olet sinä' });
const prove = (page: Page) => question(page).getByRole('button', { name: 'Vahvista pääsyavaimella' }).click();
const newCard = () => newClientCard((bytes) => randomFillSync(bytes));

test('an old session takes nothing out, erases nothing and ends nobody’s ways in until its passkey has signed; then it does', async ({
	page,
	context,
	server
}) => {
	const administrator = await HttpPhone.redeem(server.url, firstCode(server));
	const adviser = await HttpPhone.redeem(server.url, await administrator.invite('Aino Testinen', 'adviser'));
	const [card, linked] = [newCard(), newCard()];
	const sent = await adviser.send([
		adviser.visit({ clientCard: card, topics: ['other'], topicText: 'kirjaston aula' }),
		adviser.visit({ clientCard: card, topics: ['other'], topicText: 'torin kulma' }),
		adviser.visit({ clientCard: linked, topics: ['other'], topicText: 'koulun piha' })
	]);
	expect(sent.status).toBe(200);

	const broken: string[] = [];
	page.on('pageerror', (error) => broken.push(String(error)));
	const holder = await plugIn(context, page);
	await page.goto(`${server.url}/start#${await administrator.invite('Kaisa Koordinaattori', 'coordinator')}`);
	await page.getByRole('button', { name: 'Jatka' }).click();
	await page.locator('.words').waitFor();
	await addPasskey(page, server);
	await page.goto(`${server.url}/office`);
	await lockDevice(page);

	// What is held under a card is shown; a slip of the pen asks nobody.
	await toOfficePage(page, 'Tietopyyntö');
	const field = page.getByLabel('Kortin koodi');
	const search = async (code: string) => {
		await field.fill(code);
		await page.getByRole('button', { name: 'Hae', exact: true }).click();
	};
	await search(`${card.startsWith('2') ? '3' : '2'}${card.slice(1)}`);
	await expect(page.getByRole('alert')).toContainText('Koodissa on kirjoitusvirhe');
	await search(showClientCard(card).toLowerCase());
	await expect(page.getByText('kirjaston aula').first()).toBeVisible();
	await expect(page.getByText('torin kulma').first()).toBeVisible();
	await expect(page.getByText('Kirjaaja: Aino Testinen').first()).toBeVisible();
	await expect(page.getByText('koulun piha')).toHaveCount(0);

	// On paper it is without fields and buttons.
	await page.evaluate(() => (globalThis.print = () => void (document.title = 'printed')));
	await page.getByRole('button', { name: 'Tulosta asiakkaalle' }).click();
	expect(await page.title()).toBe('printed');
	await page.emulateMedia({ media: 'print' });
	await expect(page.getByText('kirjaston aula').first()).toBeVisible();
	await expect(page.getByText(showClientCard(card)).first()).toBeVisible();
	await expect(page.locator('main').getByRole('button')).toHaveCount(0);
	await expect(field).toBeHidden();
	await page.emulateMedia({ media: 'screen' });

	// Whoever sits at it is somebody else: nothing leaves.
	age(server);
	let left = 0;
	page.on('download', () => (left += 1));
	const save = page.getByRole('button', { name: 'Tallenna tiedostona (JSON)' });
	await save.click();
	const putBack = await holder.empty();
	await prove(page);
	await expect(question(page).getByRole('alert')).toContainText('Pääsyavainta ei käytetty');
	await question(page).getByRole('button', { name: 'Peruuta' }).click();
	await expect(page.getByRole('alert')).toContainText('vahvistaa, että se olet sinä');
	expect(left).toBe(0);
	await putBack();
	await save.click();
	const saving = page.waitForEvent('download');
	await prove(page);
	const file = readFileSync(await (await saving).path(), 'utf8');
	for (const word of ['kirjaston aula', 'torin kulma', card]) expect(file).toContain(word);
	expect(file).not.toContain('koulun piha');

	// Everything under the card goes, and nothing else; the other one's code comes off its visit.
	const bodies = () => JSON.stringify(server.rows('SELECT body FROM journal_bodies'));
	await page.getByRole('button', { name: 'Poista kaikki' }).click();
	const erase = page.getByRole('dialog').getByRole('button', { name: 'Poista kaikki' });
	await erase.click();
	await expect(page.getByRole('dialog').getByRole('alert')).toContainText('Mitään ei poistettu');
	expect(bodies()).toContain('kirjaston aula');
	await page.getByRole('dialog').getByRole('checkbox').check();
	await erase.click();
	await expect(page.getByRole('status').filter({ hasText: 'Kaikki poistettiin.' })).toBeVisible();
	expect(bodies()).not.toMatch(/kirjaston aula|torin kulma/);
	expect(bodies()).toContain('koulun piha');
	await search(card);
	await expect(page.getByText('Tällä koodilla ei ole mitään tallessa')).toBeVisible();
	await search(linked);
	await page.getByRole('button', { name: 'Irrota koodi' }).click();
	await page.getByRole('dialog').getByRole('button', { name: 'Irrota koodi' }).click();
	await expect(page.getByText('Koodi irrotettiin. Yhteydenotot jäivät.')).toBeVisible();
	expect(server.rows('SELECT count(*) n FROM visit_facts')).toEqual([{ n: 1 }]);
	expect(bodies()).not.toContain(linked);

	// Somebody has lost what they sign in with: it ends, a new code opens, and their phone goes on delivering.
	age(server);
	await toOfficePage(page, 'Ihmiset ja laitteet');
	await page.getByRole('button', { name: /Poista kirjautumistavat.*Aino Testinen/ }).click();
	const decide = page.getByRole('dialog', { name: /kaikki kirjautumistavat/ });
	await decide.getByRole('button', { name: 'Poista kirjautumistavat' }).click();
	await expect(question(page)).toBeVisible();
	expect((await adviser.ask('/api/v1/account')).status).toBe(200);
	await prove(page);
	await expect(page.getByRole('dialog', { name: 'Uusi koodi: Aino Testinen' })).toBeVisible();
	const code = await makeCode(page);
	await expect(page.getByText('kirjautumistavat on poistettu')).toBeVisible();
	expect((await adviser.ask('/api/v1/account')).status).toBe(401);
	expect((await adviser.send([adviser.visit()])).status).toBe(200);
	const again = await HttpPhone.redeem(server.url, code);
	expect((await again.ask('/api/v1/account')).status).toBe(200);
	expect(broken).toEqual([]);
});
