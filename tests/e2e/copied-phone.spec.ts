import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
	demoPhone,
	deviceRows,
	expect,
	logVisit,
	switchNetwork,
	test,
	visitIds,
	waiting,
	type BrowserContext,
	type Page
} from './fixtures.ts';

/** Delivers, and waits until nothing waits any more. */
async function deliver(page: Page): Promise<void> {
	await switchNetwork(page, true);
	await expect.poll(() => waiting(page)).toBe(0);
}

const replica = async (page: Page) =>
	(await deviceRows(page, 'meta')).find((row) => row['key'] === 'replica')?.['value'];

test('a profile that was copied to a second phone: both deliver, nothing is lost, nothing doubled [fault 56]', async ({
	playwright,
	launchOptions,
	viewport,
	server
}) => {
	const folder = mkdtempSync(join(tmpdir(), 'reppu-copied-'));
	const open = (name: string): Promise<BrowserContext> =>
		playwright.chromium.launchPersistentContext(join(folder, name), {
			...launchOptions,
			viewport,
			locale: 'fi-FI',
			timezoneId: 'Europe/Helsinki'
		});
	const phone = async (name: string): Promise<Page> => {
		const page = await (await open(name)).newPage();
		await page.goto(server.url);
		await page.getByRole('heading', { level: 2, name: 'Tämän päivän käynnit' }).waitFor();
		return page;
	};
	const opened: BrowserContext[] = [];
	try {
		const first = await open('first');
		const page = await first.newPage();
		await demoPhone(page, server);
		const common = (await deviceRows(page, 'outbox')).map((row) => String(row['recordId']));
		expect(common).toHaveLength(3);
		// The browser writes everything down when it ends.
		await first.close();
		cpSync(join(folder, 'first'), join(folder, 'second'), { recursive: true });

		const [one, other] = [await phone('first'), await phone('second')];
		opened.push(one.context(), other.context());
		expect(await replica(other)).toBe(await replica(one));
		const known = new Set(await visitIds(one));
		// Both number on where the copy was made.
		for (const each of [one, other, one, other]) await logVisit(each);
		const added = (await Promise.all([one, other].map(visitIds))).map((ids) =>
			ids.filter((id) => !known.has(id))
		);
		expect(added.map((ids) => ids.length)).toEqual([2, 2]);
		await deliver(one);
		await deliver(other);
		const all = [...common, ...added.flat()];
		expect(new Set(all).size).toBe(7);
		const once = all.map(() => 1);
		expect(server.counts(all)).toEqual({ journal: once, records: once, facts: once });
		expect(await replica(other)).not.toBe(await replica(one));

		// And each goes on by itself, and reads what the other has brought.
		for (const each of [one, other]) {
			await logVisit(each);
			await expect.poll(() => waiting(each)).toBe(0);
		}
		for (const each of [one, other]) {
			await each.reload();
			await expect.poll(async () => (await visitIds(each)).length).toBe(known.size + 6);
		}
	} finally {
		await Promise.all(opened.map((context) => context.close()));
		rmSync(folder, { recursive: true, force: true });
	}
});
