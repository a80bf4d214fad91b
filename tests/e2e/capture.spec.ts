import { languages } from '../../src/lib/domain/languages.ts';
import {
	chip,
	chooseLanguage,
	countHands,
	demoPhone,
	deviceRows,
	expect,
	hands,
	newestFields,
	plus,
	save,
	test as base,
	todayRows,
	type Locator,
	type Page
} from './fixtures.ts';

/** A demo phone without a network from its first click on. */
const test = base.extend<{ phone: Page }>({
	phone: async ({ page, context, server }, use) => {
		await countHands(context);
		await demoPhone(page, server);
		await context.setOffline(true);
		await hands(page);
		await use(page);
	}
});

const codeOf = (name: string) => languages().find(({ fi }) => fi === name)?.code;

test('the tally board: one tap a visit, offline, undone from the board and after a reload', async ({
	phone
}) => {
	await plus(phone).click();
	await phone.getByRole('button', { name: 'Mallit', exact: true }).click();
	await phone.getByRole('link', { name: 'Laskuri' }).click();
	const field = phone.getByRole('button', { name: /^Luvat ja kansalaisuus, .* tänään/ });
	const before = (await deviceRows(phone, 'outbox')).length;
	await field.first().waitFor();
	const says = async (one: Locator) => (await one.getAttribute('aria-label')) ?? '';
	const topicAndLanguage = async (nth: number) => (await says(field.nth(nth))).split(':')[0] ?? '';
	// By what they say: what is tapped here may put another language first after a reload.
	const names = [await topicAndLanguage(0), await topicAndLanguage(1)];
	const fields = names.map((name) => phone.getByRole('button', { name: `${name}:` })) as [Locator, Locator];
	const counted = async (nth: 0 | 1) => Number(/: (\d+) tänään/.exec(await says(fields[nth]))?.[1]);
	const [first, second] = [await counted(0), await counted(1)];
	await hands(phone);
	await fields[0].click();
	await expect.poll(() => counted(0)).toBe(first + 1);
	expect(await hands(phone)).toEqual({ taps: 1, keys: 0 });
	const { language, ...rest } = await newestFields(phone);
	expect(language).toEqual(expect.any(String));
	expect(Object.keys(rest).sort()).toEqual(['at', 'channel', 'desk', 'deskMunicipality', 'topics']);
	expect(rest['topics']).toEqual(['permits']);

	// As fast as the hand is: none is lost, none is doubled.
	await fields[1].dblclick();
	await expect.poll(() => counted(1)).toBe(second + 2);
	expect(await deviceRows(phone, 'outbox')).toHaveLength(before + 3);

	await phone.getByRole('button', { name: 'Kumoa viimeisin' }).click();
	await expect.poll(() => counted(1)).toBe(second + 1);
	await phone.reload();
	await field.first().waitFor();
	await expect.poll(() => counted(0)).toBe(first + 1);
	await expect.poll(() => counted(1)).toBe(second + 1);
	const tapped = names[1]?.split(', ').at(-1) ?? '';
	const undo = phone
		.getByRole('region', { name: 'Viimeksi kirjatut' })
		.getByRole('button', { name: /^Kumoa/ })
		.first();
	await expect(undo).toHaveAccessibleName(new RegExp(tapped));
	await undo.click();
	await expect.poll(() => counted(1)).toBe(second);

	await phone.getByRole('button', { name: 'Muuta laskuria' }).click();
	const sheet = phone.getByRole('dialog');
	await sheet.locator('label.chip').filter({ hasText: 'Muu asia' }).click();
	await expect
		.poll(async () => (await deviceRows(phone, 'meta')).find(({ key }) => key === 'tally'))
		.toMatchObject({ value: { topics: expect.arrayContaining(['other']) } });
	await sheet.getByRole('button', { name: 'Valmis' }).click();
	await phone.reload();
	await phone
		.getByRole('button', { name: /^Muu asia, / })
		.first()
		.waitFor();
	await phone.getByRole('link', { name: 'Sulje laskuri' }).click();
	await expect(todayRows(phone)).toHaveCount(5);
});

test('a group is one visit with its participants by language; yesterday is one tap away', async ({
	phone
}) => {
	await plus(phone).click();
	await phone.getByRole('button', { name: 'Mallit', exact: true }).click();
	await phone.getByRole('button', { name: 'Ryhmäneuvonta' }).click();
	await chooseLanguage(phone, 'suomi');
	await chip(phone, 'Asuminen').click();
	const people = phone.getByRole('group', { name: /^Osallistujat/ });
	// The languages that come first are those of the last weeks: what the demo has invented, another time others.
	await people.getByRole('listitem').nth(1).waitFor();
	const [one, other] = (await people.locator('label [aria-hidden]').allInnerTexts()) as [string, string];
	await people.getByRole('button', { name: `${one}: yksi lisää` }).click();
	await people.getByRole('button', { name: `${one}: yksi lisää` }).click();
	const twelve = people.getByLabel(`${other}: osallistujia`);
	await twelve.fill('12');
	await twelve.blur();
	await twelve.fill('-3');
	await twelve.blur();
	await expect(people.getByRole('alert')).toContainText('Aiempi luku on tallella');
	await expect(twelve).toHaveValue('12');
	await phone.getByRole('button', { name: /Muuta paikkaa tai aikaa/ }).click();
	await chip(phone, 'Eilen').click();
	await phone.getByRole('dialog').getByRole('button', { name: 'Valmis' }).click();
	await save(phone).click();
	await expect(phone.getByText(/Tallessa puhelimessa. Käynti: eilen/)).toBeVisible();
	await expect(todayRows(phone)).toHaveCount(4);
	const fields = await newestFields(phone);
	expect(fields).toMatchObject({
		channel: 'group',
		participants: [
			{ language: codeOf(one), count: 2 },
			{ language: codeOf(other), count: 12 }
		]
	});
	expect(Date.parse(String(fields['at']))).toBeLessThan(Date.now() - 20 * 3_600_000);
});

test('a referral is followed up on its day, answered with one tap, and taken back', async ({ phone }) => {
	await plus(phone).click();
	await chooseLanguage(phone, 'arabia');
	await chip(phone, 'Asuminen').click();
	await phone.getByRole('button', { name: 'Ohjaus' }).click();
	await chip(phone, 'Kela').click();
	await chip(phone, 'Muu päivä').click();
	const day = new Date().toLocaleDateString('sv', { timeZone: 'Europe/Helsinki' });
	await phone.getByLabel('Seurannan päivä').fill(day);
	await phone.getByRole('dialog').getByRole('button', { name: 'Tallenna' }).click();
	const due = phone.getByRole('region', { name: 'Miten kävi?' });
	await expect(due).toContainText('Ohjattu: Kela');
	expect(await newestFields(phone)).toMatchObject({ followUp: day, referrals: [{ to: 'kela' }] });
	await hands(phone);
	await due.getByRole('button', { name: 'Asiakas sai palvelun' }).click();
	await expect(due).toHaveCount(0);
	expect(await hands(phone)).toEqual({ taps: 1, keys: 0 });
	expect(await newestFields(phone)).toEqual({ followUp: null, takenUp: [{ to: 'kela', result: 'yes' }] });
	await phone.getByRole('status', { name: 'Ilmoitukset' }).getByRole('button', { name: 'Kumoa' }).click();
	await expect(due).toBeVisible();
	expect(await newestFields(phone)).toEqual({ followUp: day, takenUp: [] });
	await phone.goto(new URL('/visits?filter=followup', phone.url()).href);
	// The demo's own stand below it.
	await expect(todayRows(phone).first()).toContainText('Asuminen');
});

test('what looks personal is pointed out while one writes and asked about before it is saved, and stops nobody', async ({
	phone
}) => {
	await plus(phone).click();
	await chooseLanguage(phone, 'arabia');
	await chip(phone, 'Asuminen').click();
	await phone.locator('summary', { hasText: 'Lisää tietoja' }).click();
	const note = phone.getByLabel('Muistiinpano');
	await note.fill('Hetu 131052-308T, soita 040 123 4567');
	await expect(phone.getByText('henkilötunnus: 131052-308T')).toBeVisible();
	await phone.getByRole('button', { name: 'Jätä pois', exact: true }).click();
	await expect(note).toHaveValue('Hetu …, soita …');
	await note.fill('Hetu 131052-308T, talo 5');
	await save(phone).click();
	const dialog = phone.getByRole('dialog', { name: 'Jätetäänkö pois?' });
	await dialog.getByRole('button', { name: 'Jätä pois ja tallenna' }).click();
	await expect(phone.getByRole('heading', { level: 2, name: 'Tämän päivän käynnit' })).toBeVisible();
	const texts = async () =>
		Object.values(await newestFields(phone)).flatMap((value) =>
			typeof value === 'object' && value && 'text' in value ? [value.text] : []
		);
	expect(await texts()).toEqual(['Hetu …, talo 5']);

	await plus(phone).click();
	await chooseLanguage(phone, 'arabia');
	await chip(phone, 'Asuminen').click();
	await phone.locator('summary', { hasText: 'Lisää tietoja' }).click();
	await note.fill('Yrityksen numero 050 765 4321');
	await save(phone).click();
	await dialog.getByRole('button', { name: 'Tallenna näin' }).click();
	await expect(phone.getByRole('heading', { level: 2, name: 'Tämän päivän käynnit' })).toBeVisible();
	expect(await texts()).toEqual(['Yrityksen numero 050 765 4321']);
});
