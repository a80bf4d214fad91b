import { AxeBuilder } from '@axe-core/playwright';
import { feedbackWord } from '../../src/lib/directory/feedback/feedback-words.ts';
import { feedbackPath } from '../../src/lib/directory/take-away/public-address.ts';
import { DEMO_DESKS } from '../../src/lib/server/demo/organisation.ts';
import {
	demoPhone,
	deviceRows,
	expect,
	openOffice,
	pill,
	switchNetwork,
	test,
	toOfficePage,
	type Page
} from './fixtures.ts';
import { overflow, smallTargets } from './layout.ts';

test.setTimeout(120_000);

const desk = DEMO_DESKS.find(({ municipality }) => municipality === '925')!;
const ar = (word: Parameters<typeof feedbackWord>[0]) => feedbackWord(word, 'ar').text;

/** What is wrong with a screen that a client holds, on the narrowest phone. */
async function faults(page: Page): Promise<string[]> {
	await page.setViewportSize({ width: 320, height: 700 });
	const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
	return [...violations.map(({ id }) => id), ...(await smallTargets(page)), ...(await overflow(page, 320))];
}

test('a client answers in Arabic on a phone without a network, and the coordinator sees that somebody did', async ({
	page,
	browser,
	server
}) => {
	page.setDefaultTimeout(10_000);
	await demoPhone(page, server);
	await switchNetwork(page, true);
	await expect(pill(page)).not.toContainText('odottaa', { timeout: 40_000 });
	await page.goto(`${server.url}/languages?lang=ar`);
	const way = page.getByRole('link', { name: 'Asiakkaiden palaute' });
	await expect(way).toBeVisible();
	await switchNetwork(page, false);
	await way.click();
	await page.getByRole('button', { name: 'Palaute', exact: true }).click();

	// One question at a time, in the client's words; the way out is locked.
	const heading = page.getByRole('heading', { level: 1 });
	await expect(heading).toHaveText(ar('help'));
	await expect(heading).toBeFocused();
	await expect(page.locator('.steps')).toHaveAttribute('dir', 'rtl');
	await expect(page.getByText('ترجمة آلية')).toBeVisible();
	expect(await faults(page)).toEqual([]);
	await page.goBack().catch(() => undefined);
	await expect(heading).toHaveText(ar('help'));
	await page.getByRole('button', { name: ar('good') }).click();
	await expect(heading).toHaveText(ar('next'));
	await page.getByRole('button', { name: ar('back') }).click();
	await expect(page.getByRole('button', { name: ar('good') })).toHaveAttribute('aria-pressed', 'true');
	await page.getByRole('button', { name: ar('bad') }).click();
	await page.getByRole('button', { name: ar('skip') }).click();
	await page.getByRole('button', { name: ar('partly') }).click();

	// Nothing is saved before it was looked at.
	await expect(heading).toHaveText(ar('check'));
	const waiting = async () =>
		(await deviceRows(page, 'outbox')).filter(({ collection }) => collection === 'feedback').length;
	expect(await waiting()).toBe(0);
	await expect(page.locator('dd:not(.change)')).toHaveText([ar('bad'), ar('skipped'), ar('partly')]);
	expect(await faults(page)).toEqual([]);
	await page.getByRole('button', { name: `${ar('change')}: ${ar('help')}` }).click();
	await page.getByRole('button', { name: ar('so-so') }).click();
	await expect(page.locator('dd').first()).toHaveText(ar('so-so'));
	await page.getByRole('button', { name: ar('send') }).click();
	await expect(heading).toHaveText(ar('thanks'));
	// By itself back to the client's view, which is still locked.
	await expect(heading).toHaveText(ar('title'));
	const lock = page.getByRole('button', { name: /Näkymä on lukittu/ });
	await expect(lock).toBeVisible();
	await expect(page.getByRole('button', { name: 'Palaute', exact: true })).toHaveCount(0);
	expect(await waiting()).toBe(1);
	const counted = () =>
		server.rows<{ n: number }>(
			`select coalesce(sum(count), 0) n from feedback_sums where language = 'ar' and question = 'help' and answer = 'so-so'
				and month = (select max(month) from feedback_sums)`
		)[0]?.n;
	const [before] = server.rows<{ n: number }>('select coalesce(sum(count), 0) n from feedback_sums');

	await lock.focus();
	await page.keyboard.down('Enter');
	await expect(lock).toHaveClass(/ripe/);
	await page.keyboard.up('Enter');
	await page.getByRole('button', { name: 'Kyllä, avaa lukitus' }).click();
	await page.getByRole('link', { name: 'Sulje' }).click();
	await switchNetwork(page, true);
	const sum = () => server.rows<{ n: number }>('select coalesce(sum(count), 0) n from feedback_sums')[0]?.n;
	await expect.poll(sum, { timeout: 40_000 }).toBe((before?.n ?? 0) + 3);
	expect(counted()).toBe(1);
	expect(server.rows("select body from journal_bodies where body like '%so-so%'")).toEqual([]);
	await page.goto(server.url);
	await expect(pill(page)).not.toContainText('odottaa');

	const office = await (await browser.newContext()).newPage();
	await openOffice(office, server);
	await toOfficePage(office, 'Asiakkaiden palaute');
	await expect(office.getByText('Sisäinen – ei julkaistavaksi')).toBeVisible();
	await expect(office.getByText('Tässä kuussa saatu: 1.')).toBeVisible();
	// Months that are over show their answers, by desk and language, and as a table.
	await expect(office.getByRole('table', { name: 'Kielittäin', exact: true }).first()).toContainText(
		'venäjä'
	);
	await expect(office.getByRole('table', { name: 'Pisteittäin', exact: true })).toContainText(
		'Iisalmi, kirjasto'
	);
	await office.getByLabel('Mistä vastaus tuli').selectOption('Asiakkaan omasta puhelimesta (koodi)');
	await expect(office.getByRole('status').filter({ hasText: 'vastaaja' })).toBeVisible();
});

test('behind the code on the poster the same questions stand without a script, and a form counts once', async ({
	page,
	browser,
	server
}) => {
	page.setDefaultTimeout(10_000);
	await openOffice(page, server);
	await page.goto(`${server.url}/office/tour?desk=${desk.id}&poster=a4&lang=ar`);
	await page.getByLabel('Palautteeseen').check();
	await expect(page.locator('.url')).toContainText('/p/');
	const organisation = String((await deviceRows(page, 'memberships'))[0]?.['organisation']);
	const path = feedbackPath(organisation, desk.id, 'ar');
	await expect(page.locator('.url')).toHaveText(`${server.url}${path}`.replace(/^https?:\/\//, ''));

	const still = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
	await still.setViewportSize({ width: 320, height: 700 });
	await still.goto(`${server.url}${path}`);
	await expect(still.locator('html')).toHaveAttribute('dir', 'rtl');
	expect(await still.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
	const sums = () =>
		server.rows<{ question: string; answer: string; n: number }>(
			`select question, answer, sum(count) n from feedback_sums where source = 'code' and desk_id = '${desk.id}'
				and month = (select substr(date('now'), 1, 7)) group by question, answer order by question, answer`
		);
	await still.getByRole('button', { name: ar('send') }).click();
	await expect(still.getByText(ar('choose'))).toBeVisible();
	expect(sums()).toEqual([]);
	await still.getByLabel(ar('good')).check();
	await still.locator('[name=own]').nth(2).check();
	// The finger trembles.
	await still.getByRole('button', { name: ar('send') }).dblclick();
	await expect(still.getByRole('heading', { level: 1 })).toHaveText(
		new RegExp(`${ar('thanks')}|${ar('counted')}`)
	);
	await still.reload();
	const once = [
		{ question: 'help', answer: 'good', n: 1 },
		{ question: 'next', answer: 'skipped', n: 1 },
		{ question: 'own', answer: 'no', n: 1 }
	];
	expect(sums()).toEqual(once);
	// Back to the form, which is not drawn anew everywhere, and sent again.
	const form = await (await fetch(`${server.url}${path}`)).text();
	const name = /name="form" value="([^"]+)"/.exec(form)?.[1] ?? '';
	const post = () =>
		fetch(`${server.url}${path}`, {
			method: 'POST',
			redirect: 'manual',
			headers: { origin: server.url },
			body: new URLSearchParams({ form: name, help: 'bad' })
		});
	const answers = await Promise.all([post(), post(), post()]);
	expect(answers.map(({ status }) => status)).toEqual([303, 303, 303]);
	expect(sums().find(({ answer }) => answer === 'bad')).toMatchObject({ n: 1 });
	// Another site's form counts nothing.
	const foreign = await fetch(`${server.url}${path}`, {
		method: 'POST',
		headers: { origin: 'https://elsewhere.example' },
		body: new URLSearchParams({ form: name, help: 'bad' })
	});
	expect(foreign.status).toBe(403);
});
