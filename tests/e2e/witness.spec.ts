import { demoPhone, expect, logVisit, ready, test } from './fixtures.ts';

/** What a browser does that needs room: every database of the page is gone, and nothing else. */
const evict = () =>
	Promise.all(
		['reppu-public', 'all'].map(async () => {
			for (const { name } of await indexedDB.databases())
				if (name)
					await new Promise((done) => {
						const request = indexedDB.deleteDatabase(name);
						request.onsuccess = request.onerror = request.onblocked = done;
					});
		})
	);

test('a database that vanished is noticed, and the phone says how many visits were not sent', async ({
	page,
	server
}) => {
	await demoPhone(page, server);
	await logVisit(page);
	await expect.poll(() => page.evaluate(() => localStorage.getItem('reppu-witness'))).toContain('"unsent":5');
	// From a page that holds nothing open.
	await page.goto(`${server.url}/robots.txt`);
	await page.evaluate(evict);
	await page.goto(`${server.url}/`);
	const notice = page.getByRole('dialog', { name: 'Puhelimen tiedot ovat kadonneet' });
	await expect(notice).toContainText('Lähettämättä oli: 5');
	await notice.getByRole('button', { name: 'Selvä' }).click();
	await expect(notice).toBeHidden();
	await expect(page.getByRole('heading', { level: 1, name: 'Ota Reppu käyttöön' })).toBeVisible();
	await page.reload();
	await ready(page);
	await expect(page.getByRole('heading', { level: 1, name: 'Ota Reppu käyttöön' })).toBeVisible();
	await expect(notice).toBeHidden();
});
