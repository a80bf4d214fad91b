import { demoAppointments } from '../../src/lib/server/demo/appointments.ts';
import { OPEN_EVENT } from '../../src/lib/server/demo/events.ts';
import { DEMO_DESKS } from '../../src/lib/server/demo/organisation.ts';
import { feedbackPath, publicPath, tourPath } from '../../src/lib/directory/take-away/public-address.ts';
import { DEMO_NOTICE } from '../../src/lib/server/demo/notices.ts';
import {
	chip,
	deviceRows,
	expect,
	openDoor,
	openOffice,
	plus,
	ready,
	visitIds,
	type Page,
	type Server
} from './fixtures.ts';

/** One screen in one state, as people can bring it about. */
export interface Screen {
	name: string;
	path: string;
	/** Brings about the state; the page is open at `path`. */
	prepare?: (page: Page) => Promise<unknown>;
	/** A state of another screen: its title and heading are that one's. */
	state?: true;
	/** The client's screen: another language than the app's stands on it. */
	client?: true;
	/** Only where there is room for it, px. */
	from?: number;
}

/** A row of every kind that an entry of the directory may have. */
async function everyPart(page: Page) {
	for (const name of ['Lisää numero', 'Lisää sivu', 'Lisää aika', 'Lisää poikkeus', 'Lisää paikka'])
		await page.getByRole('button', { name, exact: true }).last().click();
	await page.getByText('Paikan aukioloajat').click();
}

const dialog = (page: Page) => page.getByRole('dialog').waitFor();

/** The office reads everything once: what its pages do at rest is seen after that. */
async function officeIsWhole(page: Page, server: Server) {
	await page.goto(`${server.url}/office/tour`);
	await page.getByRole('button', { name: 'Peru päivä' }).first().waitFor();
	let before = -1;
	await expect
		.poll(
			async () => {
				const now = (await deviceRows(page, 'visits')).length;
				const isStill = now === before;
				before = now;
				return isStill;
			},
			{ intervals: [2000] }
		)
		.toBe(true);
}

/** A demo phone and a demo office in one browser, and everything there is to see on them. */
export async function openScreens(page: Page, server: Server): Promise<Screen[]> {
	await openOffice(page, server);
	await officeIsWhole(page, server);
	await openDoor(page, server, 'Avaa neuvojan puhelin');
	await page.getByRole('heading', { level: 2, name: 'Tämän päivän käynnit' }).waitFor();
	await ready(page);
	const services = await deviceRows(page, 'services');
	const find = (text: string) => {
		const found = services.find((row) => String(row['body']).includes(text));
		if (!found) throw new Error(`No service has ${text} in it.`);
		return String(found['id']);
	};
	const kela = find('"Kela"');
	const shelter = find('"Nollalinja"');
	const organisation = String((await deviceRows(page, 'memberships'))[0]?.['organisation']);
	const advicePoint = find('advice-point');
	const refused = (await deviceRows(page, 'rejected'))[0]?.['recordId'];
	// Of another topic than the refused one: each screen must have a title of its own.
	const visit = (await deviceRows(page, 'visits')).find((row) => !String(row['body']).includes('"work'))?.[
		'id'
	];

	return [
		{ name: 'today', path: '/' },
		{ name: 'log', path: '/log' },
		{ name: 'tally board', path: '/log/tally' },
		{ name: 'visits', path: '/visits' },
		{ name: 'own figures', path: '/stats' },
		{ name: 'visit', path: `/visits/${visit}` },
		{ name: 'refused visit', path: `/visits/${refused}` },
		{ name: 'missing visit', path: '/visits/01980000-0000-7000-8000-00000000dead' },
		{ name: 'services', path: '/services' },
		{ name: 'service', path: `/services/${kela}` },
		{ name: 'show, Arabic', path: `/show/${kela}?lang=ar`, client: true },
		{ name: 'hand over', path: `/handover?service=${kela}` },
		{ name: 'tour', path: '/tour' },
		{ name: 'a desk of the tour', path: `/tour?desk=${DEMO_DESKS[0]!.id}` },
		{ name: 'working hours', path: '/tour?hours=1' },
		{ name: 'packed bag', path: '/tour?bag=1' },
		{
			name: 'poster, Arabic',
			path: `/tour?desk=${DEMO_DESKS[0]!.id}&poster=a4&lang=ar`,
			client: true
		},
		{ name: 'notices of the phone', path: '/tour?notices' },
		{ name: 'a notice for a client, Arabic', path: `/show/${DEMO_NOTICE}?notice&lang=ar`, client: true },
		{ name: 'feedback of a client, Arabic', path: '/show/feedback?feedback&lang=ar', client: true },
		{ name: 'times of a reception', path: timesOfADay() },
		{ name: 'reporting a change', path: timesOfADay().replace('reception=', 'change=') },
		{ name: 'an event', path: `/tour?event=${OPEN_EVENT}` },
		{ name: 'an event’s counter', path: `/tour?event=${OPEN_EVENT}&view=count` },
		{ name: 'an event, in participants’ hands', path: `/tour?event=${OPEN_EVENT}&view=self`, client: true },
		{ name: 'a new event', path: '/tour?event=new' },
		{ name: 'languages', path: '/languages', client: true },
		{ name: 'phrase board, Arabic', path: '/languages?lang=ar', client: true },
		{ name: 'who serves, languages', path: '/languages?who=', client: true },
		{ name: 'who serves in Somali', path: '/languages?who=so' },
		{ name: 'sync', path: '/sync' },
		{ name: 'settings', path: '/settings' },
		{ name: 'start', path: '/start' },
		{ name: 'sign-in', path: '/sign-in' },
		{ name: 'account', path: '/account' },
		{ name: 'more', path: '/more' },
		{ name: 'privacy', path: '/more/privacy' },
		{ name: 'accessibility', path: '/more/accessibility' },
		{ name: 'privacy for clients, Arabic', path: '/more/privacy/client?lang=ar', client: true },
		{ name: 'office', path: '/office/reports' },
		{ name: 'municipal report', path: '/office/municipal-report' },
		{ name: 'cost share', path: '/office/cost-share?cost=52340,50' },
		{ name: 'feedback', path: '/office/feedback' },
		{ name: 'blind spots', path: '/office/coverage' },
		{ name: 'unchecked translations', path: '/office/translations?language=ar' },
		{ name: 'people', path: '/office/people' },
		{ name: 'contact persons', path: '/office/contacts' },
		{ name: 'getting started', path: '/office/set-up' },
		{ name: 'to check', path: '/office/services' },
		{ name: 'editor', path: `/office/services/${kela}` },
		{ name: 'not accepted', path: '/office/rejected' },
		{ name: 'import', path: '/office/import' },
		{ name: 'audit log', path: '/office/audit' },
		{ name: 'retention', path: '/office/retention' },
		{ name: 'programs', path: '/office/api-tokens' },
		{ name: 'tour plan', path: '/office/tour' },
		{ name: 'poster, office', path: `/office/tour?desk=${DEMO_DESKS[0]!.id}&poster=a3`, state: true },
		{ name: 'tour plan, week', path: '/office/tour?view=week' },
		{ name: 'tour plan, month', path: '/office/tour?view=month' },
		{ name: 'language roster', path: '/office/roster' },
		{ name: 'sharing', path: '/office/sharing' },
		{ name: 'notices', path: '/office/notices' },
		{ name: 'events', path: '/office/events' },
		{ name: 'register settings', path: '/office/register' },
		{ name: 'old register', path: '/office/register-import' },
		{ name: 'access request', path: '/office/subject-access' },
		{ name: 'rescue file', path: '/office/rescue' },
		{ name: 'demo', path: '/demo' },
		{ name: 'demo, side by side', path: '/demo?side', state: true, from: 960, prepare: stageStands },

		{ name: 'booking a time', path: timesOfADay(), state: true, prepare: press(/^Varaa/) },
		{ name: 'moving a time', path: timesOfADay(), state: true, prepare: press('Siirrä') },
		{ name: 'cancelling a time', path: timesOfADay(), state: true, prepare: press('Peru') },
		{ name: 'a time to take along', path: timesOfADay(), state: true, prepare: press('Anna mukaan') },
		{
			name: 'moving a day of the tour',
			path: `/office/tour?view=week&date=${timesOfADay().slice(-10)}`,
			state: true,
			prepare: async (page) => {
				await page.locator('button.stop').first().click();
				await press('Siirrä toiseen päivään')(page);
			}
		},
		{ name: 'place sheet', path: '/', state: true, prepare: press('Vaihda paikka') },
		{
			name: 'keys',
			path: '/',
			state: true,
			// Keys are heard a moment after the screen stands.
			prepare: (page) =>
				expect(async () => {
					await page.keyboard.press('?');
					await page.getByRole('dialog').waitFor({ timeout: 500 });
				}).toPass()
		},
		{ name: 'log with everything open', path: '/log', state: true, prepare: openLog },
		{ name: 'log with an error', path: '/log', state: true, prepare: saveEmpty },
		{ name: 'referral sheet', path: '/log', state: true, prepare: press('Ohjaus') },
		{ name: 'place and time', path: '/log', state: true, prepare: press(/Muuta paikkaa tai aikaa/) },
		{ name: 'templates', path: '/log', state: true, prepare: press('Mallit') },
		{ name: 'template editor', path: '/settings', state: true, prepare: editTemplate },
		{ name: 'what is on the tally board', path: '/log/tally', state: true, prepare: press('Muuta laskuria') },
		{ name: 'language list', path: '/log', state: true, prepare: press('Muu kieli') },
		{ name: 'a change of a visit', path: `/visits/${visit}`, state: true, prepare: press(/^Muuta.*Asia$/) },
		{ name: 'search', path: '/services', state: true, prepare: search('asumi') },
		{ name: 'search without a hit', path: '/services', state: true, prepare: search('xyzzyq') },
		{ name: 'a new notice', path: '/office/notices', state: true, prepare: press('Kirjoita tiedote') },
		{
			name: 'a contact person',
			path: '/office/contacts',
			state: true,
			prepare: press(/^Lisää yhteyshenkilö/)
		},
		{ name: 'new entry', path: '/office/services/new', state: true, prepare: everyPart },
		{
			name: 'preview of an entry',
			path: `/office/services/${kela}`,
			state: true,
			prepare: press('Esikatselu')
		},
		{ name: 'a report', path: `/services/${kela}`, state: true, prepare: press('Ilmoita virheestä') },
		{ name: 'advice point', path: `/services/${advicePoint}`, state: true },
		{ name: 'nothing to hand over', path: '/handover', state: true, prepare: emptied },
		{
			name: 'hand over an appointment',
			path: `/handover?service=${shelter}`,
			state: true,
			prepare: (page) => chip(page, 'Ajanvaraus').click()
		},
		{ name: 'slip', path: `/handover?service=${kela}`, state: true, prepare: press('Tulosta lappu') },
		{ name: 'public page, Arabic', path: publicPath(organisation, kela, 'ar'), state: true, client: true },
		{
			name: 'public page, sensitive',
			path: publicPath(organisation, shelter, 'ar'),
			state: true,
			client: true
		},
		{
			name: 'public page that is missing',
			path: publicPath(organisation, kela, 'xx'),
			state: true,
			client: true
		},
		{
			name: 'where and when, Arabic',
			path: tourPath(organisation, { kind: 'all' }, 'ar'),
			state: true,
			client: true
		},
		{
			name: 'where and when, a desk',
			path: tourPath(organisation, { kind: 'desk', id: DEMO_DESKS[0]!.id }, 'fi'),
			state: true,
			client: true
		},
		{
			name: 'feedback behind a code, Arabic',
			path: feedbackPath(organisation, DEMO_DESKS[0]!.id, 'ar'),
			state: true,
			client: true
		},
		{
			name: 'client language list',
			path: `/show/${kela}?lang=so`,
			state: true,
			client: true,
			prepare: press(/Vaihda asiakkaan kieli/)
		},
		{ name: 'show, Russian', path: `/show/${kela}?lang=ru`, state: true, client: true },
		{ name: 'show, no translation', path: `/show/${kela}?lang=ckb`, state: true, client: true },
		{ name: 'two languages', path: `/show/${kela}?lang=ar`, state: true, client: true, prepare: turn(false) },
		{
			name: 'two languages, turned',
			path: `/show/${kela}?lang=ar`,
			state: true,
			client: true,
			prepare: turn(true)
		},
		{
			name: 'a phrase',
			path: '/languages?lang=ar',
			state: true,
			client: true,
			prepare: press(/Tarvitsetko tulkkia/)
		},
		{
			name: 'a phrase that is held back',
			path: '/languages?lang=so',
			state: true,
			client: true,
			prepare: press(/Hätätilanteessa/)
		},
		{ name: 'phrase board without phrases', path: '/languages?lang=de', state: true, client: true },
		{ name: 'form of an event', path: '/office/events', state: true, prepare: press('Lisää tilaisuus') },
		{ name: 'invite', path: '/office/people', state: true, prepare: press('Kutsu henkilö') },
		{
			name: 'a new share',
			path: '/office/sharing',
			state: true,
			prepare: press('Jaa toiselle organisaatiolle')
		},
		{ name: 'a code of a share', path: '/office/sharing', state: true, prepare: press('Syötä koodi') },
		{ name: 'role', path: '/office/people', state: true, prepare: press(/Vaihda rooli/) },
		{ name: 'blind spots of a language', path: '/office/coverage', state: true, prepare: chooseArabic },
		{ name: 'import with an error', path: '/office/import', state: true, prepare: checkNothing },
		{ name: 'import, checked', path: '/office/import', state: true, prepare: checkServices },
		{ name: 'report as tables', path: '/office/reports', state: true, prepare: openTables },
		{ name: 'crossed report', path: '/office/reports?rows=topicGroup&columns=language', state: true },
		{
			name: 'municipal report of a village',
			path: '/office/municipal-report?period=month&municipality=762',
			state: true,
			prepare: sheetStands
		}
	];
}

/** The day of the demo's next stop, at which invented clients have booked. */
function timesOfADay(): string {
	const { slot } = demoAppointments(Date.now()).at(-1)!.fields as {
		slot: { reception: string; date: string };
	};
	return `/tour?reception=${slot.reception}&date=${slot.date}`;
}

function press(name: string | RegExp): (page: Page) => Promise<void> {
	return async (page) => {
		await page.getByRole('button', { name }).first().click();
		await dialog(page);
	};
}

/** What an earlier screen has put into the basket is taken out. */
async function emptied(page: Page): Promise<void> {
	const empty = page.getByRole('button', { name: 'Tyhjennä' });
	if (await empty.isVisible()) await empty.click();
	await page.getByRole('heading', { name: 'Mukaan annettavia ei ole' }).waitFor();
}

/** Makes a template of a visit, if there is none yet, and opens it in the settings. */
async function editTemplate(page: Page): Promise<void> {
	const change = page.getByRole('button', { name: /^Muuta: / });
	await page.getByRole('region', { name: 'Kirjaaminen' }).waitFor();
	if ((await change.count()) === 0) {
		await page.goto(new URL(`/visits/${(await visitIds(page))[0]}`, page.url()).href);
		await page.getByRole('button', { name: 'Tee malli' }).click();
		await page.getByText('Malli on tallessa').waitFor();
		await page.goto(new URL('/settings', page.url()).href);
	}
	await change.first().click();
	await dialog(page);
}

function search(text: string): (page: Page) => Promise<void> {
	return async (page) => {
		await page.getByRole('searchbox').fill(text);
		await page.locator('main :is(ul li, h2)').first().waitFor();
		await page.waitForTimeout(300);
	};
}

function turn(turned: boolean): (page: Page) => Promise<void> {
	return async (page) => {
		await page.getByRole('button', { name: 'Kaksi kieltä' }).click();
		if (turned) await page.getByRole('button', { name: /Käännä/ }).click();
	};
}

async function openLog(page: Page): Promise<void> {
	await chip(page, 'Asuminen').click();
	await chip(page, 'Muu asia').click();
	await chip(page, 'Asuu muualla').click();
	await page.locator('summary', { hasText: 'Lisää tietoja' }).click();
	await page.locator('summary', { hasText: 'Asiakkaan tausta' }).click();
	await page.getByText('Lähtömaa').waitFor();
}

async function saveEmpty(page: Page): Promise<void> {
	await page.getByRole('button', { name: 'Tallenna' }).click();
	await page.getByRole('alert').filter({ hasText: 'Tarkista' }).waitFor();
}

async function openTables(page: Page): Promise<void> {
	await page.getByTestId('visits').waitFor();
	for (const button of await page.getByRole('button', { name: /^Taulukko/ }).all()) await button.click();
	await page.getByLabel('Oma väli').click({ force: true });
}

async function sheetStands(page: Page): Promise<void> {
	await page.getByRole('article').first().waitFor();
}

async function chooseArabic(page: Page): Promise<void> {
	await page.getByRole('combobox', { name: 'Kieli' }).selectOption('ar');
	await page.getByRole('heading', { name: 'Aiheet, kieli arabia' }).first().waitFor();
	const folded = page.locator('details:not([open]) > summary');
	for (let left = await folded.count(); left > 0; left -= 1) await folded.first().click();
}

async function checkNothing(page: Page): Promise<void> {
	const giveUp = page.getByRole('button', { name: /^(Luovu|Sulje)$/ });
	if (await giveUp.isVisible()) await giveUp.click();
	await page.getByRole('button', { name: 'Tarkista tiedot' }).click();
	await page.getByRole('button', { name: 'Lataa taulukko' }).click();
	await page.getByText('Valitse ainakin yksi kieli').waitFor();
}

async function checkServices(page: Page): Promise<void> {
	const services = Array.from({ length: 12 }, (_, index) => ({
		id: `s${index}`,
		name: `Esimerkkipalvelu ${index}`,
		status: 'active',
		url: index % 3 ? 'https://example.com/' : 'javascript:alert(1)',
		email: index % 4 ? 'palvelu@example.com' : 'ei osoite'
	}));
	const counts = page.getByText('Tarkistettu: tämä muuttuisi');
	// One that was checked before stands there when the page comes.
	await page.getByRole('button', { name: 'Tarkista tiedot' }).or(counts).first().waitFor();
	if (await counts.isVisible()) return;
	await page.getByLabel('Tiedostot').setInputFiles({
		name: 'palvelut.json',
		mimeType: 'application/json',
		buffer: Buffer.from(JSON.stringify(services))
	});
	await page.getByLabel('Lähteen nimi').fill('esimerkki.fi');
	await page.getByRole('button', { name: 'Tarkista tiedot' }).click();
	await counts.waitFor();
}

async function stageStands(page: Page): Promise<void> {
	await plus(page.frameLocator('iframe').first()).waitFor();
	await page.frameLocator('iframe').last().getByTestId('visits').waitFor();
}

/** Opens a screen in its state and waits until it stands still. */
export async function openScreen(page: Page, server: Server, { path, prepare }: Screen): Promise<void> {
	await page.goto(`${server.url}${path}`);
	await page.locator('h1').first().waitFor();
	if (path.startsWith('/office/translations')) await page.getByTestId('unchecked').waitFor();
	else if (path === '/office/services') await page.getByTestId('to-check').waitFor();
	else if (path === '/account')
		await page
			.getByRole('heading', { name: 'Omat laitteet' })
			.or(page.getByRole('heading', { name: 'Kirjaudu ulos' }))
			.first()
			.waitFor();
	else if (path === '/office/register-import')
		await page.locator('main input[type="file"]').waitFor({ state: 'attached' });
	else if (path === '/office/sharing') await page.getByRole('article').first().waitFor();
	else if (path === '/office/audit') await page.locator('main ul.slip, main .empty').first().waitFor();
	else if (
		path.startsWith('/office') &&
		!path.startsWith('/office/services/') &&
		![
			'/office/rescue',
			'/office/subject-access',
			'/office/register',
			'/office/tour',
			'/office/roster',
			'/office/set-up',
			'/office/notices',
			'/office/events'
		].includes(path.split('?')[0] ?? '')
	)
		await page
			.getByText(/^Päivitetty/)
			.first()
			.waitFor();
	if (path === '/demo') await page.locator('.doors[aria-busy="false"]').waitFor();
	await prepare?.(page);
	await page.evaluate(() => document.fonts.ready);
}

/** A form that was opened leaves a draft, also when its page goes; the next screen must not begin with it. */
export async function dropDrafts(page: Page, server: Server): Promise<void> {
	await page.goto(`${server.url}/manifest.webmanifest`);
	await page.evaluate(async () => {
		for (const { name = '' } of await indexedDB.databases()) {
			const db = await new Promise<IDBDatabase>((done, failed) => {
				const request = indexedDB.open(name);
				request.onsuccess = () => done(request.result);
				request.onerror = () => failed(request.error);
			});
			if (db.objectStoreNames.contains('drafts')) {
				const transaction = db.transaction('drafts', 'readwrite');
				transaction.objectStore('drafts').clear();
				await new Promise((done) => (transaction.oncomplete = done));
			}
			db.close();
		}
	});
}
