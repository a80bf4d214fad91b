import jsQR from 'jsqr';
import { publicPath } from '../../src/lib/directory/take-away/public-address.ts';
import { countHands, demoPhone, deviceRows, expect, hands, test, type Page } from './fixtures.ts';

test.setTimeout(120_000);

/** Reads the code on the screen as a camera does: by its pixels. */
async function scan(page: Page): Promise<string> {
	const { width, height, pixels } = await page.locator('svg.qr:visible').evaluate(async (svg) => {
		const copy = svg.cloneNode(true) as SVGElement;
		const side = 480;
		copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
		copy.setAttribute('width', String(side));
		copy.setAttribute('height', String(side));
		const image = new Image();
		image.src = URL.createObjectURL(
			new Blob([new XMLSerializer().serializeToString(copy)], { type: 'image/svg+xml' })
		);
		await image.decode();
		const canvas = new OffscreenCanvas(side, side);
		const context = canvas.getContext('2d')!;
		context.fillStyle = getComputedStyle(svg).backgroundColor;
		context.fillRect(0, 0, side, side);
		context.drawImage(image, 0, 0);
		return { width: side, height: side, pixels: [...context.getImageData(0, 0, side, side).data] };
	});
	return jsQR(new Uint8ClampedArray(pixels), width, height)?.data ?? '';
}

async function openCard(page: Page, origin: string, letters: string, name: RegExp): Promise<void> {
	await page.goto(`${origin}/services`);
	await page.getByRole('searchbox').fill(letters);
	await page.getByRole('link', { name }).first().click();
	await page.getByRole('link', { name: 'Anna mukaan' }).waitFor();
}

test('tap budget: one tap from the card to a code that works without a network, in the dark too', async ({
	page,
	context,
	server
}) => {
	await countHands(context);
	await demoPhone(page, server);
	await openCard(page, server.url, 'nollal', /Nollalinja/);
	await context.setOffline(true);
	await page.emulateMedia({ colorScheme: 'dark' });
	await hands(page);
	await page.getByRole('link', { name: 'Anna mukaan' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(
		'Neuvonta tallentuu puhelimen yhteystietoihin'
	);
	expect(await hands(page)).toEqual({ taps: 1, keys: 0 });
	const card = await scan(page);
	expect(card).toContain('TEL:+35880005005');
	expect(card).not.toMatch(/nollalinja/i);
	const code = page.locator('svg.qr');
	const { width } = (await code.boundingBox())!;
	expect(width).toBeGreaterThanOrEqual(360 * 0.6);
	expect(width).toBeLessThanOrEqual(240);
	expect(await code.evaluate((svg) => getComputedStyle(svg).backgroundColor)).toBe('rgb(255, 255, 255)');
});

test('a basket survives a reload, what was taken out stays out, and the next client finds nothing', async ({
	page,
	server
}) => {
	await demoPhone(page, server);
	await openCard(page, server.url, 'nollal', /Nollalinja/);
	await page.getByRole('button', { name: 'Lisää mukaan annettaviin' }).click();
	await openCard(page, server.url, 'kel', /Kela/);
	await page.getByRole('link', { name: 'Anna mukaan' }).click();
	await expect(page.getByText('Koodi 2/2')).toBeVisible();
	await page.reload();
	await expect(page.getByText('Koodi 2/2')).toBeVisible();
	const message = decodeURIComponent(
		(await page.getByRole('link', { name: 'Tekstiviesti' }).getAttribute('href')) ?? ''
	);
	expect(message).toMatch(/^sms:\?&body=Neuvonta\nhttp:\S+\n\nKela\n/);
	await page.getByRole('button', { name: 'Poista: Kela' }).click();
	await page.reload();
	await expect(page.getByRole('button', { name: 'Poista: Nollalinja' })).toBeVisible();
	await expect(page.getByRole('button', { name: 'Poista: Kela' })).toBeHidden();
	await page.getByRole('button', { name: 'Seuraava asiakas' }).click();
	await expect(page.getByRole('heading', { name: 'Mukaan annettavia ei ole' })).toBeVisible();
	expect(await page.evaluate(() => sessionStorage.getItem('reppu-basket'))).toBeNull();
});

test('an appointment is in the code and nowhere else', async ({ page, server }) => {
	await demoPhone(page, server);
	await openCard(page, server.url, 'kel', /Kela/);
	await page.getByRole('link', { name: 'Anna mukaan' }).click();
	await page.locator('label.chip', { hasText: 'Ajanvaraus' }).click();
	await expect(page.locator('svg.qr')).toBeHidden();
	await page.getByLabel('Päivä').fill('2026-12-03');
	await page.getByLabel('Kello').fill('13:30');
	await page.getByLabel('Paikka').fill('Riistakatu 5');
	const event = await scan(page);
	expect(event).toContain('DTSTART:20261203T113000Z');
	expect(event).toContain('LOCATION:Riistakatu 5');
	await page.getByLabel('Paikka').fill('ก'.repeat(120));
	await page.getByLabel('Paikka').evaluate((input: HTMLInputElement) => input.removeAttribute('maxlength'));
	await page.getByLabel('Paikka').fill('ก'.repeat(400));
	await page.getByRole('button', { name: 'Anna verkkosivu' }).click();
	expect(await scan(page)).toMatch(/\/s\/[\w-]{22}\/[\w-]{22}\/fi$/);
	const kept = await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }));
	expect(kept).not.toMatch(/2026-12-03|Riistakatu/);
});

test('slips: two on a sheet of A4, or each on its own A6, with a code that can be read', async ({
	page,
	server
}) => {
	await page.addInitScript(() => (window.print = () => undefined));
	await demoPhone(page, server);
	await openCard(page, server.url, 'nollal', /Nollalinja/);
	await page.getByRole('button', { name: 'Lisää mukaan annettaviin' }).click();
	await openCard(page, server.url, 'kel', /Kela/);
	await page.getByRole('link', { name: 'Anna mukaan' }).click();
	for (const [size, pages] of [
		['A4', 1],
		['A6', 2]
	] as const) {
		await page.getByRole('button', { name: 'Tulosta lappu' }).click();
		await page.getByRole('button', { name: size }).click();
		await page.locator('.slips').waitFor({ state: 'attached' });
		expect(await page.locator('.slips').textContent()).toContain('Näytä tämä, kun menet paikalle.');
		const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
		expect(pdf.match(/\/Type\s*\/Page\b/g), size).toHaveLength(pages);
		await page.evaluate(() => dispatchEvent(new Event('afterprint')));
		await page.locator('.slips').waitFor({ state: 'detached' });
	}
});

test('a public page opens without scripts, is not sent twice, and is left without a trace', async ({
	page,
	browser,
	server
}) => {
	await demoPhone(page, server);
	const organisation = String((await deviceRows(page, 'memberships'))[0]?.['organisation']);
	const services = await deviceRows(page, 'services');
	const idOf = (text: string) => String(services.find((row) => String(row['body']).includes(text))?.['id']);
	const [kela, shelter] = [idOf('"Kela"'), idOf('"Nollalinja"')];

	const url = `${server.url}${publicPath(organisation, kela, 'ar')}`;
	const first = await fetch(url);
	const again = await fetch(url, { headers: { 'if-none-match': first.headers.get('etag') ?? '' } });
	expect([first.status, again.status, first.headers.get('set-cookie')]).toEqual([200, 304, null]);

	const still = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
	await still.goto(url);
	await still.locator('summary').click();
	await still.getByRole('link', { name: 'suomi', exact: true }).click();
	await expect(still.getByRole('heading', { level: 1 })).toHaveText('Kela');
	await still.goto(`${server.url}${publicPath(organisation, shelter, 'fi')}`);
	await expect(still.getByRole('link', { name: 'Poistu nopeasti' })).toHaveAttribute('href', /^https:/);
	await still.context().close();

	// The app's worker is in charge here and leaves the page alone.
	await page.goto(`${server.url}/tour`);
	await page.goto(`${server.url}${publicPath(organisation, shelter, 'fi')}`);
	await expect(page).toHaveTitle('Neuvonta');
	// Its own styles are allowed: they are there.
	expect(await page.evaluate(() => getComputedStyle(document.body).margin)).toBe('0px');
	await page.route('https://www.ilmatieteenlaitos.fi/**', (route) =>
		route.fulfill({ contentType: 'text/html', body: '<title>Weather</title>' })
	);
	await page.getByRole('link', { name: 'Poistu nopeasti' }).click();
	await expect(page).toHaveTitle('Weather');
	await page.goBack();
	await expect(page).toHaveURL(`${server.url}/tour`);
});
