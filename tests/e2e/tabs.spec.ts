import { demoPhone, expect, test, todayRows, visitIds, type Page } from './fixtures.ts';

/** Runs in the page: opens each of the app's databases as a version of the app to come would. */
async function openNewer(): Promise<void> {
	for (const { name = '', version = 0 } of await indexedDB.databases())
		await new Promise<void>((done, failed) => {
			const request = indexedDB.open(name, version + 10); // Dexie counts its versions in tens
			request.onsuccess = () => done(request.result.close());
			request.onerror = () => failed(request.error);
			request.onblocked = () => failed(new Error(`${name} is held open by the other tab.`));
		});
}

/** A page of the same origin that runs nothing. */
async function bare(page: Page, url: string): Promise<void> {
	await page.goto(`${url}/manifest.webmanifest`);
}

test('an old tab gives its databases to a newer version and says so', async ({ page, context, server }) => {
	await demoPhone(page, server);
	const before = await visitIds(page);
	const next = await context.newPage();
	await bare(next, server.url);
	await next.evaluate(openNewer);
	await expect(
		page.getByRole('heading', { level: 1, name: 'Tällä laitteella on uudempi Reppu' })
	).toBeVisible();
	await expect(page.getByRole('button', { name: 'Yritä uudelleen' })).toBeVisible();
	expect(await visitIds(next)).toEqual(before);
});

test('an old tab that does not let go: the new one says that it waits, and goes on when the other is closed', async ({
	page,
	context,
	server
}) => {
	await demoPhone(page, server);
	await bare(page, server.url);
	// As a tab does that the browser has frozen: it holds the database of an older version and hears nothing.
	const database = await page.evaluate(async () => {
		const found = (await indexedDB.databases()).find(({ name }) => name !== 'reppu-public')?.name ?? '';
		const copy = await new Promise<IDBDatabase>((done) => {
			const request = indexedDB.open(found);
			request.onsuccess = () => done(request.result);
		});
		const rows = new Map<string, [string | string[] | null, unknown[]]>();
		for (const name of copy.objectStoreNames) {
			const store = copy.transaction(name).objectStore(name);
			const request = store.getAll();
			await new Promise((done) => (request.onsuccess = done));
			rows.set(name, [store.keyPath as string | string[] | null, request.result as unknown[]]);
		}
		copy.close();
		await new Promise((done) => (indexedDB.deleteDatabase(found).onsuccess = done));
		const request = indexedDB.open(found, 1);
		request.onupgradeneeded = () => {
			for (const [name, [keyPath, all]] of rows) {
				const store = request.result.createObjectStore(name, {
					keyPath,
					autoIncrement: name === 'outbox' || name === 'sent'
				});
				for (const row of all) store.add(row);
			}
		};
		await new Promise((done) => (request.onsuccess = done));
		Object.assign(globalThis, { held: request.result });
		return found;
	});
	expect(database).toMatch(/^reppu-/);
	const next = await context.newPage();
	await next.goto(server.url);
	await expect(next.getByText('Tämä kestää tavallista kauemmin. Tietosi ovat tallessa.')).toBeVisible();
	await page.close();
	await expect(todayRows(next)).toHaveCount(4);
});
