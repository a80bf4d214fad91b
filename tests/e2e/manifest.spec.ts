import { demoPhone, expect, openOffice, test } from './fixtures.ts';

interface Manifest {
	[key: string]: unknown;
	icons: { src: string; sizes: string; type: string; purpose?: string }[];
	shortcuts: { name: string; url: string }[];
	screenshots?: { src: string; sizes: string; type: string; form_factor?: string; label?: string }[];
	share_target?: { action: string };
}

/** Width × height of a PNG, from its own header. */
function sizeOf(png: Buffer): string {
	return `${png.readUInt32BE(16)}x${png.readUInt32BE(20)}`;
}

for (const [locale, file] of [
	['fi', '/manifest.webmanifest'],
	['sv', '/manifest.sv.webmanifest'],
	['en', '/manifest.en.webmanifest']
] as const) {
	test(`the app can be installed, ${locale}`, async ({ page, request, server }) => {
		const manifest = (await (await request.get(`${server.url}${file}`)).json()) as Manifest;
		expect(manifest).toMatchObject({
			id: '/',
			start_url: '/?source=pwa',
			scope: '/',
			display: 'standalone',
			orientation: 'any',
			lang: locale,
			dir: 'ltr',
			theme_color: '#f7f5f0',
			background_color: '#f7f5f0',
			categories: ['government', 'productivity'],
			launch_handler: { client_mode: 'navigate-existing' }
		});
		expect(String(manifest['name']).length).toBeGreaterThan(5);
		expect(String(manifest['short_name']).length).toBeLessThanOrEqual(12);
		expect(manifest.icons.map(({ purpose }) => purpose)).toEqual(
			expect.arrayContaining([undefined, 'maskable', 'monochrome'])
		);
		for (const { src, sizes, type } of [...manifest.icons, ...(manifest.screenshots ?? [])]) {
			const picture = await request.get(`${server.url}${src}`);
			expect(picture.status(), src).toBe(200);
			expect(picture.headers()['content-type'], src).toContain(type);
			if (type === 'image/png') expect(sizeOf(await picture.body()), src).toBe(sizes);
		}
		// Every address in it is a page.
		for (const url of [
			...manifest.shortcuts.map((one) => one.url),
			manifest.share_target?.action ?? '/',
			'/?source=pwa'
		]) {
			const answer = await page.goto(`${server.url}${url}`);
			expect(answer?.status(), url).toBe(200);
			await expect(page.getByRole('heading', { level: 1 }).first(), url).not.toHaveText(/Tätä sivua ei ole/);
		}
	});
}

test('the offer to install shows real pictures, of phone and desktop', async ({ request, server }) => {
	for (const file of ['/manifest.webmanifest', '/manifest.sv.webmanifest', '/manifest.en.webmanifest']) {
		const { screenshots = [] } = (await (await request.get(`${server.url}${file}`)).json()) as Manifest;
		const wide = screenshots.filter(({ form_factor }) => form_factor === 'wide');
		expect(wide.length, file).toBeGreaterThan(0);
		expect(screenshots.length - wide.length, file).toBeGreaterThan(2);
		for (const { src, label } of screenshots) expect(label, src).toBeTruthy();
	}
});

test('the worker is in charge, a reload without a network is answered, and nothing leaves for another place', async ({
	page,
	context,
	server
}) => {
	const foreign: string[] = [];
	context.on('request', (request) => {
		const { origin, protocol } = new URL(request.url());
		if (origin !== server.url && !['data:', 'blob:'].includes(protocol)) foreign.push(request.url());
	});
	await openOffice(page, server);
	await demoPhone(page, server);
	for (const path of [
		'/',
		'/log',
		'/services',
		'/tour',
		'/languages',
		'/visits',
		'/sync',
		'/settings',
		'/more',
		'/start',
		'/office'
	]) {
		await page.goto(`${server.url}${path}`);
		await page.getByRole('heading', { level: 1 }).first().waitFor();
	}
	await page.goto(`${server.url}/services`);
	await page.getByRole('searchbox').fill('kela');
	await page.getByRole('listitem').getByRole('link', { name: /^Kela/ }).click();
	await page.getByRole('link', { name: 'Näytä asiakkaalle' }).click();
	await page.getByRole('dialog').waitFor();
	expect(foreign).toEqual([]);

	await context.setOffline(true);
	const reloaded = await page.reload();
	expect(reloaded?.status()).toBe(200);
	expect(reloaded?.fromServiceWorker()).toBe(true);
});
