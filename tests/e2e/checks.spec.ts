import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Page, type Server } from './fixtures.ts';
import { overflow, smallTargets, tallDock, TEXT_200, TEXT_SPACING, unisolated, withStyle } from './layout.ts';
import { DIRECTORY, openMemberScreens } from './member-screens.ts';
import { dropDrafts, openScreen, openScreens, type Screen } from './screens.ts';

// Every screen in every state. One server and one page for many screens; the faults of all are listed at the end.
test.use({ isMobile: false, hasTouch: false, trace: 'off', actionTimeout: 20_000 });
test.setTimeout(240_000);

const WIDTHS = [320, 360, 768, 1280];
/** Where all rules run, on a phone's screen and on an office's: between them a width changes sizes and places, which have their own checks. */
const ALL_RULES = { phone: 360, office: 1280 };
const PHONE = { width: 360, height: 640 };
const WIDE = { width: 1400, height: 900 };

const RULES = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** What other colours can change. */
const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];

interface AxeWindow {
	axe: {
		run(
			context: Document,
			options: { runOnly: string[]; resultTypes: ['violations']; iframes: boolean }
		): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
	};
}

/** Brings axe into the page; running it again there is far quicker than anew. */
async function loadAxe(page: Page): Promise<void> {
	await new AxeBuilder({ page }).setLegacyMode(true).withRules(['document-title']).analyze();
}

function axe(page: Page, rules: string[]): Promise<string[]> {
	return page.evaluate(async (runOnly) => {
		const { axe: loaded } = globalThis as unknown as AxeWindow;
		// What is in the demo's frames is looked at on its own.
		const { violations } = await loaded.run(document, {
			runOnly,
			resultTypes: ['violations'],
			iframes: false
		});
		return violations.map(({ id, nodes }) => `${id} × ${nodes.length}: ${nodes[0]?.html.slice(0, 140)}`);
	}, rules);
}

const running = (page: Page): Promise<string[]> =>
	page.evaluate(() =>
		document
			.getAnimations()
			.filter((one) => one.playState === 'running')
			.map((one) => `${(one as CSSAnimation).animationName ?? 'a transition'} runs`)
	);

interface CountingWindow {
	transactions: number;
}

/** Counts what each page that is opened from here on asks of IndexedDB. */
async function countTransactions(page: Page): Promise<void> {
	await page.addInitScript(() => {
		const counting = globalThis as unknown as CountingWindow;
		counting.transactions = 0;
		const begin = IDBDatabase.prototype.transaction;
		IDBDatabase.prototype.transaction = function (...given) {
			counting.transactions += 1;
			return begin.apply(this, given);
		};
	});
}

/** How long a page is watched, ms, and what it may ask meanwhile: a clock that ticks, an answer that came late. */
const WATCHED = 500;
const QUIET = 25;

/** A screen on which nobody does anything and that asks the database all the time: it reads itself into being read again, and empties the battery. */
async function restless(page: Page): Promise<string[]> {
	const count = () => page.evaluate(() => (globalThis as unknown as CountingWindow).transactions);
	const before = await count();
	await page.waitForTimeout(WATCHED);
	const asked = (await count()) - before;
	if (!Number.isInteger(asked)) return ['transactions are not counted'];
	return asked > QUIET ? [`${asked} transactions in ${WATCHED} ms`] : [];
}

type Note = (where: string, found: readonly string[]) => void;

/** So tall that nothing lies under the dock: axe takes what is covered for too small. No taller, for every pixel is drawn. */
async function tall(page: Page, width: number): Promise<void> {
	const height = await page.evaluate(() => document.documentElement.scrollHeight);
	await page.setViewportSize({ width, height: height + 400 });
}

async function atEveryWidth(page: Page, { path, from = 0 }: Screen, note: Note): Promise<void> {
	for (const width of WIDTHS.filter((px) => px >= from)) {
		await page.setViewportSize({ width, height: from ? WIDE.height : PHONE.height });
		note(`${width} px`, await overflow(page, width));
		await tall(page, width);
		note(`${width} px`, await smallTargets(page));
		if (width !== (from || path.startsWith('/office') ? ALL_RULES.office : ALL_RULES.phone)) continue;
		note(`${width} px`, await axe(page, RULES));
		await page.emulateMedia({ colorScheme: 'dark' });
		note(`${width} px, dark`, await axe(page, COLOUR_RULES));
		await page.emulateMedia({ colorScheme: 'light' });
	}
}

/** Twice the text size, wider text, mirrored. */
async function otherText(page: Page, note: Note): Promise<void> {
	note('isolation', await unisolated(page));
	await page.setViewportSize({ ...PHONE, width: 390 });
	await withStyle(page, TEXT_200, async () => {
		note('text 200 %', await overflow(page, 390, true));
		note('text 200 %', await tallDock(page));
	});
	await page.setViewportSize({ ...PHONE, width: 320 });
	await withStyle(page, TEXT_SPACING, async () => note('text spacing', await overflow(page, 320)));
	await page.evaluate(() => (document.documentElement.dir = 'rtl'));
	note('mirrored', await overflow(page, 320));
	await page.evaluate(() => (document.documentElement.dir = 'ltr'));
}

/** Forced colours, more contrast, less motion. */
async function otherColours(page: Page, note: Note): Promise<void> {
	await page.setViewportSize(PHONE);
	await tall(page, PHONE.width);
	await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' });
	note('forced colours', await axe(page, COLOUR_RULES));
	note('less motion', await running(page));
	await page.emulateMedia({ forcedColors: 'none', contrast: 'more' });
	note('more contrast', await axe(page, COLOUR_RULES));
	note('more contrast', await overflow(page, PHONE.width));
	await page.emulateMedia({ contrast: 'no-preference', reducedMotion: 'no-preference' });
	await page.waitForTimeout(250); // what began with the change of the media is over
	note('at rest', await running(page));
	await page.emulateMedia({ reducedMotion: 'reduce' });
}

/** Goes through screens, each in all its looks. */
async function checkScreens(page: Page, server: Server, screens: readonly Screen[]): Promise<void> {
	const faults: Record<string, string[]> = {};
	await countTransactions(page);
	for (const screen of screens) {
		const note: Note = (where, found) => {
			const key = `${screen.name}, ${where}`;
			if (found.length > 0) faults[key] = [...(faults[key] ?? []), ...found];
		};
		await page.setViewportSize(screen.from ? WIDE : PHONE);
		await openScreen(page, server, screen);
		await loadAxe(page);
		await atEveryWidth(page, screen, note);
		if (!screen.from) {
			await otherText(page, note);
			await otherColours(page, note);
		}
		note('at rest', await restless(page));
		if (screen.path === '/log' || screen.path.startsWith('/visits/')) await dropDrafts(page, server);
	}
	expect(faults).toEqual({});
}

const PARTS = 4;
for (let part = 0; part < PARTS; part += 1)
	test(`axe, targets, reflow, text and colours on every screen (${part + 1} of ${PARTS})`, async ({
		page,
		server
	}) => {
		// Each goes through a dozen screens in a dozen looks.
		test.setTimeout(480_000);
		const screens = await openScreens(page, server);
		await checkScreens(
			page,
			server,
			screens.filter((_, index) => index % PARTS === part)
		);
	});

test.describe('screens of a member', () => {
	test.use({ demo: false, settings: DIRECTORY });
	test('the same on the screens of the lock, of signing in and of the account', async ({
		page,
		context,
		server
	}) => {
		test.setTimeout(480_000);
		await checkScreens(page, server, await openMemberScreens(page, context, server));
	});
});
