import {
	demoPhone,
	deviceRows,
	expect,
	logVisit,
	pill,
	switchNetwork,
	test,
	todayRows,
	visitIds,
	waiting,
	type Page
} from './fixtures.ts';

/** Runs in the page before anything else: while the flag stands, a transaction that writes many visits meets a full disk. */
function fillDisk(): void {
	const { put } = IDBObjectStore.prototype;
	const written = new WeakMap<IDBTransaction, number>();
	IDBObjectStore.prototype.put = function (...args: Parameters<typeof put>) {
		const count = (written.get(this.transaction) ?? 0) + 1;
		written.set(this.transaction, count);
		if (this.name === 'visits' && count > 20 && localStorage.getItem('disk') === 'full')
			throw new DOMException('No room.', 'QuotaExceededError');
		return put.apply(this, args);
	};
}

/** Runs in the page: from now on everything is read from zero, as after a restore of the server. */
async function forgetCursors(): Promise<void> {
	for (const { name = '' } of await indexedDB.databases()) {
		const db = await new Promise<IDBDatabase>((done) => {
			const request = indexedDB.open(name);
			request.onsuccess = () => done(request.result);
		});
		if (db.objectStoreNames.contains('meta'))
			await new Promise((done) => {
				const change = db.transaction('meta', 'readwrite');
				change.objectStore('meta').put({ key: 'cursors', value: {} });
				change.oncomplete = done;
			});
		db.close();
	}
}

const cursors = async (page: Page) =>
	(await deviceRows(page, 'meta')).find((row) => row['key'] === 'cursors')?.['value'] as object;

test('no room for what is new: what is saved goes out, the sync centre says so, and reading goes on when there is room', async ({
	page,
	context,
	server
}) => {
	await context.addInitScript(fillDisk);
	await demoPhone(page, server);
	await switchNetwork(page, true);
	await expect.poll(() => waiting(page)).toBe(0);
	await page.evaluate(() => localStorage.setItem('disk', 'full'));
	await page.goto(`${server.url}/manifest.webmanifest`);
	await page.evaluate(forgetCursors);

	await page.goto(`${server.url}/sync`);
	const full = page.getByText('Uusille tiedoille ei ole tilaa puhelimessa, joten niitä ei haeta.');
	await expect(full).toBeVisible();
	await page.getByRole('button', { name: 'Yritä nyt' }).click();
	await expect(page.getByText(/^Uusille tiedoille ei ole tilaa puhelimessa \(kokeiltu/)).toBeVisible();
	const before = new Set(await visitIds(page));
	await page.goto(`${server.url}/`);
	await logVisit(page);
	await expect(todayRows(page).first()).toContainText('Perillä');
	const added = (await visitIds(page)).filter((id) => !before.has(id));
	expect(server.counts(added)).toEqual({ journal: [1], records: [1], facts: [1] });
	await pill(page).click();
	await expect(full).toBeVisible();
	expect(await cursors(page)).toEqual({});

	await page.evaluate(() => localStorage.removeItem('disk'));
	await page.getByRole('button', { name: 'Yritä nyt' }).click();
	await expect(full).toBeHidden();
	expect(Object.keys(await cursors(page))).toContain('own');
});
