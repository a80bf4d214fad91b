import ICAL from 'ical.js';
import { calendarPath, tourPath } from '../../src/lib/directory/take-away/public-address.ts';
import { DEMO_DESKS } from '../../src/lib/server/demo/organisation.ts';
import { fillEvent, tap, tapThemselves, unlockView } from './event-counter.ts';
import {
	chip,
	chooseLanguage,
	demoPhone,
	deviceRows,
	expect,
	liveAt,
	openOffice,
	plus,
	save,
	switchNetwork,
	test,
	todayHeading,
	todayRows,
	toOfficePage
} from './fixtures.ts';

/** The week of the test, and the hour (UTC; Helsinki is two ahead) at which each of its days begins. */
const DAYS = {
	/** The demo has its own reception on the day on which it is made. */
	sunday: '2026-11-29T08:00:00Z',
	monday: '2026-11-30T06:30:00Z',
	wednesday: '2026-12-02T15:00:00Z',
	thursday: '2026-12-03T07:30:00Z',
	friday: '2026-12-04T13:30:00Z'
};

test.use({ at: DAYS.sunday });

const deskIn = (municipality: string) => DEMO_DESKS.find((desk) => desk.municipality === municipality)!;

test('a week on the tour: Monday is cancelled, Wednesday counts 23 people, a substitute takes Thursday, Friday’s hours are shared, and Sonkajärvi gets its sheet', async ({
	page,
	context,
	server
}) => {
	page.setDefaultTimeout(15_000);
	const text = async (path: string) => (await fetch(`${server.url}${path}`)).text();
	const allSent = () => expect(page.locator('.notice')).not.toContainText('odottaa', { timeout: 40_000 });

	// The adviser's phone has a clock of its own.
	const pocket = await context.browser()!.newContext();
	await liveAt(pocket, DAYS.sunday);
	const phone = await pocket.newPage();
	phone.setDefaultTimeout(15_000);
	/** Server, office and phone wake on another day. */
	const wakeOn = async (day: keyof typeof DAYS) => {
		await server.moveTo(DAYS[day]);
		for (const each of [context, pocket]) await each.clock.setSystemTime(DAYS[day]);
	};

	// Monday: the coordinator cancels Vieremä of today, before it opens.
	await openOffice(page, server);
	await demoPhone(phone, server);
	await switchNetwork(phone, true);
	await wakeOn('monday');
	await page.goto(`${server.url}/office/tour`);
	const [membership] = await deviceRows(page, 'memberships');
	const organisation = String(membership?.['organisation']);
	const vierema = { kind: 'desk', id: deskIn('925').id } as const;
	await phone.goto(`${server.url}/tour`);
	const monday = phone.getByRole('listitem').filter({ hasText: 'Vieremä, kirjasto' }).first();
	await expect(monday).toBeVisible();
	await expect(monday).not.toContainText('Peruttu');
	const plan = page.getByRole('region', { name: 'Vieremä, kirjasto' });
	await plan.getByRole('button', { name: 'Peru päivä' }).first().click();
	const dialog = page.getByRole('dialog');
	await expect(dialog.getByRole('combobox').first()).toContainText('30.11.');
	await dialog.getByLabel('Miksi').fill('Auto ei käynnisty');
	await dialog.getByRole('button', { name: 'Peru tämä päivä' }).click();
	await expect(plan).toContainText('Peruttu: Auto ei käynnisty');
	await expect
		.poll(() => text(tourPath(organisation, vierema, 'fi')), { timeout: 20_000 })
		.toContain('peruttu');
	const calendar = new ICAL.Component(
		ICAL.parse(await text(calendarPath(organisation, vierema, 'fi'))) as unknown[]
	);
	const cancelled = calendar
		.getAllSubcomponents('vevent')
		.filter((event) => event.getFirstPropertyValue('status') === 'CANCELLED');
	expect(cancelled.map((event) => String(event.getFirstPropertyValue('dtstart')))).toEqual([
		'2026-11-30T10:00:00'
	]);
	await expect(async () => {
		await phone.reload();
		await expect(monday).toContainText('Peruttu: Auto ei käynnisty', { timeout: 5000 });
	}).toPass({ timeout: 40_000 });

	// In the same sitting the coordinator plans Wednesday's evening in Sonkajärvi and Thursday's substitute.
	await page
		.getByRole('region', { name: 'Pielavesi, kirjasto' })
		.getByRole('button', { name: 'Sijainen' })
		.click();
	await dialog.getByLabel('Olavi Malli').check();
	await dialog.getByRole('button', { name: 'Tallenna' }).click();
	await expect(page.getByRole('region', { name: 'Pielavesi, kirjasto' })).toContainText(
		'sijainen: Olavi Malli'
	);
	await toOfficePage(page, 'Tilaisuudet');
	await page.getByRole('button', { name: 'Lisää tilaisuus' }).click();
	await fillEvent(dialog, {
		theme: 'Talven ilta',
		topic: 'Asuminen',
		languages: ['arabia', 'somali', 'ukraina'],
		place: 'Sonkajärvi, kirjasto · Sonkajärvi',
		from: '17:00',
		to: '19:00'
	});
	await dialog.getByLabel('Ensimmäinen päivä').fill('2026-12-02');
	await dialog.getByRole('button', { name: 'Tallenna' }).click();
	await expect(page.getByRole('article', { name: 'Talven ilta' })).toBeVisible();
	await allSent();

	// Wednesday: 23 people in four languages, counted in a cellar without a network.
	await wakeOn('wednesday');
	await phone.goto(`${server.url}/tour`);
	await phone.getByRole('link', { name: 'Talven ilta' }).first().click();
	await expect(phone.getByRole('heading', { level: 1, name: 'Talven ilta' })).toBeVisible();
	await switchNetwork(phone, false);
	await phone.getByRole('button', { name: 'Avaa laskuri' }).click();
	await tap(phone, 'arabia', 10);
	await tap(phone, 'somali', 6);
	await tap(phone, 'ukraina', 5);
	await phone.getByRole('link', { name: 'Takaisin tilaisuuteen' }).click();
	await phone.getByRole('button', { name: 'Osallistujat merkitsevät itse' }).click();
	for (let count = 0; count < 2; count++) await tapThemselves(phone, 'ไทย', 'ขอบคุณ');
	await unlockView(phone);
	await phone.getByRole('button', { name: 'Päätä tilaisuus · 23 osallistujaa' }).click();
	await expect(phone.getByText('Rekisterissä on yksi yhteydenotto, 23 osallistujaa.')).toBeVisible();
	await switchNetwork(phone, true);
	const counted = () =>
		server.rows<{ date: string; participants: string }>(
			"SELECT date, participants FROM visit_facts WHERE participants LIKE '%th/2%'"
		);
	await expect
		.poll(counted, { timeout: 40_000 })
		.toEqual([{ date: '2026-12-02', participants: 'ar/10 so/6 th/2 uk/5' }]);

	// Thursday: Pielavesi is the substitute's, on the adviser's phone and on the substitute's own.
	await wakeOn('thursday');
	await phone.goto(`${server.url}/tour`);
	await expect(phone.getByRole('listitem').filter({ hasText: 'Pielavesi, kirjasto' }).first()).toContainText(
		'Olavi Malli'
	);
	await page.goto(`${server.url}/`);
	await expect(page.getByRole('heading', { level: 1, name: 'Pielavesi, kirjasto' })).toBeVisible();
	await plus(page).click();
	await chooseLanguage(page, 'venäjä');
	await chip(page, 'Asuminen').click();
	await save(page).click();
	await expect(todayHeading(page)).toBeVisible();
	await expect(todayRows(page)).toHaveCount(1);
	const byOlavi = () =>
		server.rows<{ n: number }>(
			"SELECT count(*) n FROM visit_facts WHERE date = '2026-12-03' AND municipality = '595'"
		)[0]?.n;
	await expect.poll(byOlavi, { timeout: 40_000 }).toBe(1);

	// Friday: Kiuruvesi took an hour more than planned, and the cost share divides by what was told.
	await wakeOn('friday');
	const share = `${server.url}/office/cost-share?year=2026&cost=10000&by=hours`;
	await page.goto(share);
	const kiuruvesi = page.getByRole('row', { name: /Kiuruvesi/ });
	await expect(page.getByTestId('cost-sum')).toContainText(/10\s000,00/);
	const before = await kiuruvesi.innerText();
	await phone.goto(`${server.url}/tour?hours`);
	const told = phone.locator('.card', { hasText: 'Kiuruvesi, kirjasto' }).first();
	await told.getByLabel('Alkoi').fill('10:00');
	await told.getByLabel('Päättyi').fill('15:20');
	await told.getByRole('button', { name: 'Tallenna tunnit' }).click();
	await expect(told).toContainText('Tunnit tallennettu: 10.00–15.20');
	const toldHours = () =>
		server.rows<{ n: number }>("SELECT count(*) n FROM records WHERE collection = 'work-hours'")[0]?.n;
	await expect.poll(toldHours, { timeout: 40_000 }).toBeGreaterThan(0);
	await page.goto(share);
	await expect(page.getByTestId('cost-sum')).toContainText(/10\s000,00/);
	await expect(kiuruvesi).not.toHaveText(before, { useInnerText: true });

	// And the year of Sonkajärvi goes to its council, on one sheet of paper.
	await toOfficePage(page, 'Kuntaraportti');
	await page.getByRole('combobox', { name: 'Kunta' }).selectOption({ label: 'Sonkajärvi' });
	await expect(page.getByRole('article')).toHaveCount(1);
	await page.evaluate(() => (globalThis.print = () => void (document.title = 'printed')));
	await page.getByRole('button', { name: 'Tulosta tai tallenna PDF' }).click();
	await expect(page).toHaveTitle('printed');
	const sheet = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
	expect(sheet.match(/\/Type\s*\/Page\b(?!s)/g)).toHaveLength(1);
	expect(server.rows('SELECT place FROM printed_reports')).toHaveLength(1);
	await pocket.close();
});
