import {
	chip,
	chooseLanguage,
	countHands,
	demoPhone,
	deviceRows,
	expect,
	hands,
	newestFields,
	pill,
	plus,
	save,
	todayHeading,
	test as base,
	todayRows,
	visitIds,
	type Page
} from './fixtures.ts';

/** A demo phone without a network from its first click on: neither the browser's nor the demo's own. */
const test = base.extend<{ phone: Page }>({
	phone: async ({ page, context, server }, use) => {
		await countHands(context);
		await demoPhone(page, server);
		await context.setOffline(true);
		await hands(page);
		await use(page);
	}
});

const toast = (page: Page) => page.getByRole('status', { name: 'Ilmoitukset' });

/** Chooses one of the languages that this desk's last visits put first, and tells its code. */
async function usualLanguage(page: Page, index: number): Promise<string> {
	const offered = page.locator('label.chip', { has: page.locator('input[name="language"]') }).nth(index);
	await offered.click();
	return offered.locator('input').inputValue();
}

test('tap budget: plain visit 4, undo 1, repeat 1, two topics and a referral 7; nothing typed', async ({
	phone
}) => {
	let language = '';
	for (const start of ['/', '/services', '/tour', '/more']) {
		await phone.goto(new URL(start, phone.url()).href);
		await plus(phone).waitFor();
		await hands(phone);
		await plus(phone).click();
		language = await usualLanguage(phone, 0);
		await chip(phone, 'Asuminen').click();
		await save(phone).click();
		await expect(todayHeading(phone)).toBeVisible();
		expect(await hands(phone)).toEqual({ taps: 4, keys: 0 });
	}
	await expect(todayRows(phone)).toHaveCount(8);
	expect(await newestFields(phone)).toMatchObject({ language, topics: ['housing'] });

	await toast(phone).getByRole('button', { name: 'Kumoa' }).click();
	await expect(todayRows(phone)).toHaveCount(7);
	expect(await hands(phone)).toEqual({ taps: 1, keys: 0 });

	await phone.getByRole('button', { name: 'Sama kuin äsken' }).click();
	await expect(todayRows(phone)).toHaveCount(8);
	expect(await hands(phone)).toEqual({ taps: 1, keys: 0 });
	expect(await newestFields(phone)).toMatchObject({ language, topics: ['housing'] });

	await plus(phone).click();
	language = await usualLanguage(phone, 1);
	await chip(phone, 'Asuminen').click();
	await chip(phone, 'Perhe ja lapset').click();
	await phone.getByRole('button', { name: 'Ohjaus' }).click();
	await chip(phone, 'Kela').click();
	await phone.getByRole('dialog').getByRole('button', { name: 'Tallenna' }).click();
	await expect(todayHeading(phone)).toBeVisible();
	expect(await hands(phone)).toEqual({ taps: 7, keys: 0 });
	expect(await newestFields(phone)).toMatchObject({
		language,
		topics: ['housing', 'family'],
		referrals: [{ to: 'kela' }]
	});
});

test('tap budget: what is unsent 1, the place 2, a service in Arabic 4 and three letters', async ({
	phone
}) => {
	await pill(phone).click();
	await expect(phone.getByRole('heading', { name: /Odottaa lähetystä \(3\)/ })).toBeVisible();
	expect(await hands(phone)).toEqual({ taps: 1, keys: 0 });

	await phone.getByRole('link', { name: 'Tänään' }).click();
	await hands(phone);
	const place = await phone.getByRole('heading', { level: 1 }).innerText();
	await phone.getByRole('button', { name: 'Vaihda paikka' }).click();
	await phone
		.getByRole('dialog')
		.getByRole('button', { name: /kirjasto/ })
		.filter({ hasNotText: place })
		.first()
		.click();
	await expect(phone.getByRole('heading', { level: 1 })).not.toHaveText(place);
	expect(await hands(phone)).toEqual({ taps: 2, keys: 0 });

	// The client has said at the beginning which language they read; it stays for this client.
	await phone.getByRole('link', { name: /Kielikortti/ }).click();
	// By its own name: a visit of today may be a link with the other one.
	await phone.getByRole('link', { name: /^العربية/ }).click();
	await phone.getByRole('link', { name: 'Tänään' }).click();
	await hands(phone);
	await phone.getByRole('link', { name: 'Palvelut' }).click();
	await phone.getByRole('searchbox').click();
	await phone.keyboard.type('kel');
	await phone.getByRole('listitem').getByRole('link', { name: /^Kela/ }).click();
	await phone.getByRole('link', { name: 'Näytä asiakkaalle: arabia', exact: true }).click();
	await expect(phone.locator('[lang="ar"][dir="rtl"]').first()).toBeVisible();
	expect(await hands(phone)).toEqual({ taps: 4, keys: 3 });

	// Or straight from the list of hits.
	await phone.goto(new URL('/', phone.url()).href);
	await todayHeading(phone).waitFor();
	await hands(phone);
	await phone.getByRole('link', { name: 'Palvelut' }).click();
	await phone.getByRole('searchbox').click();
	await phone.keyboard.type('kel');
	await phone.getByRole('link', { name: 'Näytä asiakkaalle: arabia. Kela', exact: true }).click();
	await expect(phone.locator('[lang="ar"][dir="rtl"]').first()).toBeVisible();
	expect(await hands(phone)).toEqual({ taps: 3, keys: 3 });
});

test('all tiles and the save button are within one scroll of a small phone', async ({ phone }) => {
	await plus(phone).click();
	await chip(phone, 'Muu asia').waitFor();
	const [last, dock] = await Promise.all([
		chip(phone, 'Muu asia').boundingBox(),
		phone.locator('.dock').boundingBox()
	]);
	const visible = dock?.y ?? 0;
	expect(visible).toBeGreaterThan(450);
	expect((last?.y ?? Infinity) + (last?.height ?? 0) - visible).toBeLessThanOrEqual(visible);
});

test('a draft comes back after a reload, a killed page and another page in between', async ({
	phone,
	context,
	server
}) => {
	await plus(phone).click();
	await chooseLanguage(phone, 'venäjä');
	await chip(phone, 'Koulutus').click();
	await expect.poll(async () => (await deviceRows(phone, 'drafts')).length).toBe(1);
	await phone.reload();
	await expect(chip(phone, 'venäjä').getByRole('radio')).toBeChecked();
	await expect(chip(phone, 'Koulutus').getByRole('checkbox')).toBeChecked();
	await expect(phone.getByText(/Jatkat .* aloitettua kirjausta/)).toBeVisible();

	await chip(phone, 'Asuminen').click();
	await phone.waitForTimeout(450);
	const again = await context.newPage();
	// As when the system throws the app out: no event reaches the page.
	const cdp = await context.newCDPSession(phone);
	const crashed = phone.waitForEvent('crash');
	void cdp.send('Page.crash').catch(() => undefined);
	await crashed;
	await again.goto(`${server.url}/log`);
	await expect(chip(again, 'Asuminen').getByRole('checkbox')).toBeChecked();
	await expect(chip(again, 'Koulutus').getByRole('checkbox')).toBeChecked();

	await again.getByRole('link', { name: /Sulje/ }).click();
	await expect(toast(again)).toContainText('Keskeneräinen kirjaus säilyi');
	await plus(again).click();
	await expect(chip(again, 'Asuminen').getByRole('checkbox')).toBeChecked();
	await save(again).click();
	await expect(todayHeading(again)).toBeVisible();
	expect(await newestFields(again)).toMatchObject({ language: 'ru', topics: ['education', 'housing'] });
	expect(await deviceRows(again, 'drafts')).toEqual([]);
});

test('a page that goes at any moment of a save leaves the visit or its draft, never both, never neither', async ({
	phone,
	server
}) => {
	for (const ms of [0, 1, 2, 4, 8, 16, 32, 64]) {
		const before = await visitIds(phone);
		await plus(phone).click();
		await chooseLanguage(phone, 'arabia');
		await chip(phone, 'Perhe ja lapset').click();
		// Nothing of the browser's driver lies between the tap and the end of the page.
		await phone.evaluate((delay) => {
			const buttons = [...document.querySelectorAll<HTMLButtonElement>('.dock button.primary')];
			buttons.at(-1)?.click();
			if (delay === 0) location.assign('/tour');
			else setTimeout(() => location.assign('/tour'), delay);
		}, ms);
		await phone.waitForURL(`${server.url}/tour`);
		await plus(phone).click();
		await chip(phone, 'Perhe ja lapset').waitFor();
		const saved = (await visitIds(phone)).length - before.length;
		const resumed = await chip(phone, 'Perhe ja lapset').getByRole('checkbox').isChecked();
		expect({ ms, saved, resumed }).toEqual({ ms, saved, resumed: saved === 0 });
		if (resumed) await save(phone).click();
		else await phone.getByRole('link', { name: /Sulje/ }).click();
		await expect(todayHeading(phone)).toBeVisible();
		expect(await visitIds(phone), `${ms} ms`).toHaveLength(before.length + 1);
	}
});

test('starting over empties the form and can be undone', async ({ phone }) => {
	await plus(phone).click();
	await chip(phone, 'Koulutus').click();
	await phone.waitForTimeout(450);
	await phone.reload();
	await phone.getByRole('button', { name: 'Aloita alusta' }).click();
	await expect(chip(phone, 'Koulutus').getByRole('checkbox')).not.toBeChecked();
	await toast(phone).getByRole('button', { name: 'Kumoa' }).click();
	await expect(chip(phone, 'Koulutus').getByRole('checkbox')).toBeChecked();
});

test('a save pressed twice is one visit', async ({ phone }) => {
	const before = await visitIds(phone);
	await plus(phone).click();
	await chooseLanguage(phone, 'arabia');
	await chip(phone, 'Asuminen').click();
	await save(phone).dblclick();
	await expect(todayHeading(phone)).toBeVisible();
	await phone.waitForTimeout(300);
	expect(await visitIds(phone)).toHaveLength(before.length + 1);
	await expect(todayRows(phone)).toHaveCount(5);
});

test('what is missing is said on save and nowhere else', async ({ phone }) => {
	const before = await visitIds(phone);
	await plus(phone).click();
	await chooseLanguage(phone, 'arabia');
	await save(phone).click();
	const summary = phone.getByRole('alert').filter({ hasText: 'Tarkista nämä kohdat' });
	await expect(summary).toBeFocused();
	await expect(phone).toHaveTitle(/^Virhe: Kirjaa käynti/);
	await expect(chip(phone, 'arabia').getByRole('radio')).toBeChecked();
	await summary.getByRole('link', { name: 'Valitse ainakin yksi asia' }).click();
	await expect(phone.getByRole('checkbox', { name: 'Luvat ja kansalaisuus' })).toBeFocused();
	expect(await visitIds(phone)).toHaveLength(before.length);

	await chip(phone, 'Asuminen').click();
	await expect(summary).toHaveCount(0);
	await save(phone).click();
	await expect(todayHeading(phone)).toBeVisible();
	expect(await visitIds(phone)).toHaveLength(before.length + 1);
});

test('a missing language is asked for once and may stay open', async ({ phone }) => {
	await plus(phone).click();
	await chip(phone, 'Asuminen').click();
	await save(phone).click();
	await expect(phone.getByText(/Kieli puuttuu/)).toBeVisible();
	await expect(chip(phone, 'Kieli ei tiedossa')).toBeVisible();
	await save(phone).click();
	await expect(todayHeading(phone)).toBeVisible();
	expect(await newestFields(phone)).toMatchObject({ language: 'unknown', topics: ['housing'] });
});

test('details: what was not asked is absent, what the client does not know is "unknown", nothing is inferred', async ({
	phone
}) => {
	await plus(phone).click();
	await chooseLanguage(phone, 'arabia');
	await chip(phone, 'Asuminen').click();
	const choose = (group: string, answer: string) =>
		phone
			.getByRole('group', { name: group })
			.locator('label.chip')
			.filter({ hasText: answer })
			.first()
			.click();
	await phone.locator('summary', { hasText: 'Lisää tietoja' }).click();
	await choose('Mitä tehtiin', 'Annettiin tietoa');
	await phone.locator('summary', { hasText: 'Asiakkaan tausta' }).click();
	await choose('Suomessa asumisen kesto', 'Ei tietoa');
	await choose('Ikäryhmä', '25–44');
	await phone.getByLabel('Muistiinpano').fill('Vuokrasopimus irtisanottu');
	await save(phone).click();
	await expect(todayHeading(phone)).toBeVisible();
	const fields = await newestFields(phone);
	expect(fields).toMatchObject({ actions: ['information'], residenceLength: 'unknown', ageBand: '25-44' });
	for (const absent of [
		'residenceGround',
		'citizenshipGroup',
		'origin',
		'education',
		'employment',
		'clientMunicipality'
	]) {
		expect(fields, absent).not.toHaveProperty(absent);
	}
	const note = Object.entries(fields).find(([name]) => name.startsWith('notes/'))?.[1];
	expect(note).toMatchObject({ text: 'Vuokrasopimus irtisanottu' });

	// An answer tapped again is taken back: not asked.
	await plus(phone).click();
	await chooseLanguage(phone, 'arabia');
	await chip(phone, 'Asuminen').click();
	await chip(phone, 'Asuu täällä').click();
	await chip(phone, 'Asuu täällä').click();
	await save(phone).click();
	await expect(todayHeading(phone)).toBeVisible();
	expect(await newestFields(phone)).not.toHaveProperty('clientMunicipality');

	await plus(phone).click();
	await chooseLanguage(phone, 'arabia');
	await chip(phone, 'Asuminen').click();
	await chip(phone, 'Asuu täällä').click();
	await save(phone).click();
	await expect(todayHeading(phone)).toBeVisible();
	const here = await newestFields(phone);
	expect(here['clientMunicipality']).toBe(here['deskMunicipality']);

	await plus(phone).click();
	await chooseLanguage(phone, 'arabia');
	await chip(phone, 'Asuminen').click();
	await chip(phone, 'Asuu muualla').click();
	await phone.getByRole('button', { name: 'Mikä kunta?' }).click();
	await phone.getByRole('dialog').getByRole('searchbox').fill('kuop');
	await phone.getByRole('dialog').getByRole('button', { name: 'Kuopio' }).click();
	await save(phone).click();
	await expect(todayHeading(phone)).toBeVisible();
	expect(await newestFields(phone)).toMatchObject({ clientMunicipality: '297' });
});

test('a visit is changed, removed and brought back', async ({ phone }) => {
	await todayRows(phone).filter({ hasText: 'Asuminen' }).getByRole('link').click();
	await expect(phone.getByText(/Tallessa puhelimessa\. Lähtee/)).toBeVisible();
	const url = phone.url();
	await phone.getByRole('button', { name: /^Muuta.*Asia$/ }).click();
	const dialog = phone.getByRole('dialog');
	await dialog.locator('label.chip').filter({ hasText: 'Koulutus' }).click();
	await dialog.getByRole('button', { name: 'Tallenna' }).click();
	await expect(phone.getByText('Koulutus').first()).toBeVisible();
	expect(await newestFields(phone)).toMatchObject({
		topics: expect.arrayContaining(['education', 'housing'])
	});

	await phone.getByRole('button', { name: 'Poista' }).click();
	await toast(phone).getByRole('button', { name: 'Palauta' }).waitFor();
	await phone.goto(new URL('/', phone.url()).href);
	await expect(todayRows(phone)).toHaveCount(3);
	await phone.goto(url);
	await expect(phone.getByRole('heading', { level: 1, name: 'Käynti on poistettu' })).toBeVisible();
	await phone.getByRole('button', { name: 'Palauta' }).click();
	await expect(phone.getByRole('heading', { level: 1, name: 'Käynti on poistettu' })).toHaveCount(0);
	await phone.getByRole('link', { name: 'Tänään' }).click();
	await expect(todayRows(phone)).toHaveCount(4);
});

test('the newest row is undone in its place, long after the notice is gone', async ({ phone }) => {
	await plus(phone).click();
	await chooseLanguage(phone, 'arabia');
	await chip(phone, 'Perhe ja lapset').click();
	await save(phone).click();
	await expect(todayHeading(phone)).toBeVisible();
	await phone.reload();
	await phone.getByRole('button', { name: /^Kumoa .* Perhe ja lapset/ }).click();
	await expect(todayRows(phone)).toHaveCount(4);
	await toast(phone).getByRole('button', { name: 'Palauta' }).click();
	await expect(todayRows(phone)).toHaveCount(5);
});
