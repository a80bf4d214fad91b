import { fillEvent, tap, tapThemselves, unlockView } from './event-counter.ts';
import {
	demoPhone,
	deviceRows,
	expect,
	openOffice,
	pill,
	switchNetwork,
	test,
	toOfficePage
} from './fixtures.ts';

test('an event is planned in the office, counted without a network in four languages, and the report has one contact with 23 participants', async ({
	page,
	context,
	server
}) => {
	test.setTimeout(120_000);
	page.setDefaultTimeout(10_000);
	await openOffice(page, server);
	await toOfficePage(page, 'Tilaisuudet');
	await page.getByRole('button', { name: 'Lisää tilaisuus' }).click();
	const dialog = page.getByRole('dialog');
	await dialog.getByRole('button', { name: 'Tallenna' }).click();
	await expect(dialog.getByText('Valitse ainakin yksi aihe.')).toBeVisible();
	await fillEvent(dialog, {
		theme: 'Työnhaun ilta',
		topic: 'Työ ja yrittäjyys',
		languages: ['arabia', 'somali', 'ukraina'],
		place: 'Kiuruvesi, kirjasto · Kiuruvesi',
		from: '00:05',
		to: '23:55'
	});
	await dialog.getByLabel('Kuinka usein').selectOption('joka viikko');
	await dialog.getByLabel('Ei pyhinä eikä aattoina').uncheck();
	await dialog.getByLabel('Tulkkaus').selectOption('Tulkki paikalla');
	await dialog.getByRole('button', { name: 'Tallenna' }).click();
	const card = page.getByRole('article', { name: 'Työnhaun ilta' });
	await expect(card).toContainText('arabia, somali, ukraina');

	// A date of the series is cancelled, with a reason, and one that was is held after all.
	const cancel = card.getByRole('button', { name: /^Peru / });
	await cancel.last().click();
	await dialog.getByRole('button', { name: 'Peru tämä päivä' }).click();
	await expect(dialog.getByText('Kirjoita, miksi päivä perutaan.')).toBeVisible();
	await dialog.getByLabel('Miksi').fill('Koulutus');
	await dialog.getByRole('button', { name: 'Peru tämä päivä' }).click();
	await expect(card).toContainText('Peruttu: Koulutus');
	await card.getByRole('button', { name: /^Pidetäänkin/ }).click();
	await expect(card).not.toContainText('Peruttu');
	await expect(page.locator('.notice')).not.toContainText('odottaa', { timeout: 40_000 });

	// The adviser's phone gets it, and loses its network.
	const other = await context.browser()!.newContext();
	const phone = await other.newPage();
	phone.setDefaultTimeout(10_000);
	await demoPhone(phone, server);
	await switchNetwork(phone, true);
	await phone.goto(`${server.url}/tour`);
	await phone.getByRole('link', { name: 'Työnhaun ilta' }).first().click();
	await expect(phone.getByRole('heading', { level: 1, name: 'Työnhaun ilta' })).toBeVisible();
	await switchNetwork(phone, false);
	const visits = (await deviceRows(phone, 'visits')).length;
	await phone.getByRole('button', { name: 'Avaa laskuri' }).click();
	await tap(phone, 'arabia', 11);
	await phone.getByRole('button', { name: 'Peru viimeisin' }).click();
	await expect(phone.getByRole('button', { name: /^arabia: 10\./ })).toBeVisible();
	await tap(phone, 'somali', 5);
	await phone.getByRole('button', { name: /^Asuminen: 0\./ }).click();
	await expect(phone.getByRole('button', { name: /^Asuminen: 1\./ })).toBeVisible();
	// The browser is killed and comes back: nothing is lost.
	await phone.reload();
	await expect(phone.getByRole('button', { name: /^arabia: 10\./ })).toBeVisible();
	await phone.getByRole('button', { name: 'Kirjoita luvut' }).click();
	await phone.getByLabel('ukraina', { exact: true }).fill('monta');
	await phone.getByLabel('ukraina', { exact: true }).press('Tab');
	await expect(phone.getByText('Kirjoita luku 0–9999.')).toBeVisible();
	await phone.getByLabel('ukraina', { exact: true }).fill('5');
	await phone.getByLabel('ukraina', { exact: true }).press('Tab');
	await expect(phone.getByText('20 osallistujaa')).toBeVisible();
	await phone.getByRole('link', { name: 'Takaisin tilaisuuteen' }).click();

	// Three tap themselves in; the way back does not lead out of the view, nor does Escape.
	await phone.getByRole('button', { name: 'Osallistujat merkitsevät itse' }).click();
	await tapThemselves(phone, 'العربية', 'شكرًا لك.');
	await tapThemselves(phone, 'ไทย', 'ขอบคุณ');
	await phone.keyboard.press('Escape');
	await phone.goBack().catch(() => undefined);
	await tapThemselves(phone, 'ไทย', 'ขอบคุณ');
	await unlockView(phone);

	await phone.getByRole('button', { name: 'Päätä tilaisuus · 23 osallistujaa' }).click();
	await expect(phone.getByText('Rekisterissä on yksi yhteydenotto, 23 osallistujaa.')).toBeVisible();
	expect((await deviceRows(phone, 'visits')).length).toBe(visits + 1);
	await phone.getByRole('link', { name: 'Näytä yhteydenotto' }).click();
	await expect(phone.getByText('Info- tai muu tilaisuus')).toBeVisible();
	await expect(phone.getByText(/thai/)).toBeVisible();

	// Delivered, it is one contact with 23 participants, on the server and in the office.
	await switchNetwork(phone, true);
	const facts = () =>
		server.rows<{ participants: string }>(
			`select participants from visit_facts where channel = 'event' and participants like '%th/2%'`
		);
	await expect.poll(() => facts().length, { timeout: 40_000 }).toBe(1);
	expect(facts()[0]?.participants).toBe('ar/11 so/5 th/2 uk/5');
	await expect(pill(phone)).not.toContainText('odottaa');
	await other.close();

	await page.reload();
	const row = page.getByRole('row').filter({ hasText: 'Työnhaun ilta' });
	await expect(row).toContainText('23');
	await expect(row).toContainText('arabia 11, somali 5, ukraina 5, thai 2');
	await expect(page.getByText('Sisäinen – ei julkaistavaksi')).toBeVisible();
	// The report counts it as one, with all of them.
	const [today] = server.rows<{ date: string; contacts: number }>(
		`select date, count(*) as contacts from visit_facts where channel = 'event' and date =
			(select date from visit_facts where participants = 'ar/11 so/5 th/2 uk/5') group by date`
	);
	const query = new URLSearchParams({
		from: today!.date,
		to: today!.date,
		count: 'participants',
		rows: 'participantLanguage',
		channel: 'event'
	});
	await page.goto(`${server.url}/office/reports?${query}`);
	await expect(page.getByTestId('visits')).toHaveText(String(today!.contacts));
	expect(today!.contacts).toBe(1);
	await expect(page.getByText(/^23\s*osallistujaa$/)).toBeVisible();
});

test('an adviser adds an event on the spot, without a network; nobody comes, and five thousand do', async ({
	page,
	server
}) => {
	page.setDefaultTimeout(10_000);
	await demoPhone(page, server);
	await page.goto(`${server.url}/tour`);
	await page.getByRole('link', { name: 'Lisää tilaisuus' }).click();
	await page.locator('label.chip').filter({ hasText: 'Asuminen' }).click();
	await page.getByRole('button', { name: 'Tallenna tilaisuus' }).click();
	await expect(page.getByRole('heading', { level: 1, name: 'Asuminen' })).toBeVisible();
	const visits = (await deviceRows(page, 'visits')).length;

	await page.getByRole('button', { name: 'Ei pidetty' }).click();
	await expect(page.getByRole('heading', { name: 'Ei pidetty' })).toBeVisible();
	await page.getByRole('button', { name: 'Avaa uudelleen' }).click();
	await page.getByRole('button', { name: 'Pidettiin, kukaan ei tullut' }).click();
	await expect(page.getByRole('heading', { name: 'Pidetty, kukaan ei tullut' })).toBeVisible();
	expect((await deviceRows(page, 'visits')).length).toBe(visits);

	await page.getByRole('button', { name: 'Avaa uudelleen' }).click();
	await page.getByRole('button', { name: 'Avaa laskuri' }).click();
	await page.getByRole('button', { name: 'Kirjoita luvut' }).click();
	await page.getByLabel('venäjä', { exact: true }).fill('5000');
	await page.getByLabel('venäjä', { exact: true }).press('Tab');
	await expect(page.getByText('5000 osallistujaa')).toBeVisible();
	await page.getByRole('link', { name: 'Takaisin tilaisuuteen' }).click();
	await page.getByRole('button', { name: /^Päätä tilaisuus/ }).click();
	await expect(page.getByRole('heading', { name: 'Onko luku oikein?' })).toBeVisible();
	await page.getByRole('button', { name: 'Oikein, päätä tilaisuus' }).click();
	await expect(page.getByText('Rekisterissä on yksi yhteydenotto, 5000 osallistujaa.')).toBeVisible();
	expect((await deviceRows(page, 'visits')).length).toBe(visits + 1);
});
