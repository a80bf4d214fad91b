import { expect, type Page } from '@playwright/test';
import { SYNC_TAG } from '#lib/sync/tag.ts';

/** The service worker of an address, as the browser's own tools reach it from any page of the same profile. */
export async function workerOf(page: Page, url: string) {
	const cdp = await page.context().newCDPSession(page);
	let registrationId = '';
	const states: string[] = [];
	cdp.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
		for (const { registrationId: id, scopeURL } of registrations)
			if (scopeURL.startsWith(url)) registrationId = id;
	});
	cdp.on('ServiceWorker.workerVersionUpdated', ({ versions }) => {
		for (const { runningStatus } of versions) states.push(runningStatus);
	});
	await cdp.send('ServiceWorker.enable');
	await expect.poll(() => registrationId).not.toBe('');
	return {
		/** What it was in, one after the other: `running`, `stopped` and so on. */
		states,
		/** The browser finds that the network is back. By itself it looks five minutes after a try that failed. */
		wake: () =>
			cdp.send('ServiceWorker.dispatchSyncEvent', {
				origin: url,
				registrationId,
				tag: SYNC_TAG,
				lastChance: false
			}),
		stop: () => cdp.send('ServiceWorker.stopAllWorkers')
	};
}
