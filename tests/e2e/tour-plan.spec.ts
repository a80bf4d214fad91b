import { addDays } from '../../src/lib/domain/dates.ts';
import { demoPhone, expect, openOffice, switchNetwork, test } from './fixtures.ts';

test('the tour: a coordinator makes a desk and a reception, cancels a day, and the adviser’s agenda says why', async ({
	page,
	context,
	server
}) => {
	page.setDefaultTimeout(10_000);
	await openOffice(page, server);
	await page.goto(`${server.url}/office/tour`);
	await page.getByRole('button', { name: 'Lisää piste' }).click();
	const dialog = page.getByRole('dialog');
	await dialog.getByRole('button', { name: 'Tallenna' }).click();
	await expect(dialog.getByText('Kirjoita pisteelle nimi.')).toBeVisible();
	await dialog.getByLabel('Nimi').fill('Rautavaaran koulu');
	await dialog.getByLabel('Kunta', { exact: true }).selectOption('Rautavaara');
	await dialog.getByLabel('Paikka').selectOption('Oppilaitos tai koulutuksen tila');
	await dialog.getByLabel('Kuka avaa oven').fill('Koulun vahtimestari');
	await dialog.getByLabel('Oven avaajan puhelin').fill('soita');
	await dialog.getByRole('button', { name: 'Tallenna' }).click();
	await expect(dialog.getByText('Kirjoita numero, esimerkiksi 040 123 4567.')).toBeVisible();
	await dialog.getByLabel('Oven avaajan puhelin').fill('040 123 4567');
	await dialog.getByLabel('Mukaan otettavat').fill('Tulostin\nEsitteet');
	await dialog.getByRole('button', { name: 'Tallenna' }).click();
	await expect(dialog).toHaveCount(0);
	const desk = page.getByRole('region', { name: 'Rautavaaran koulu' });
	await expect(desk).toContainText('Rautavaara · Oppilaitos');
	// What is written stands in the form, and stays where nobody changes it.
	await page.reload();
	await desk.getByRole('button', { name: 'Muokkaa pistettä' }).click();
	await expect(dialog.getByLabel('Kuka avaa oven')).toHaveValue('Koulun vahtimestari');
	await expect(dialog.getByLabel('Mukaan otettavat')).toHaveValue('Tulostin\nEsitteet');
	await dialog.getByLabel('Huone tai kerros').fill('Aula');
	await dialog.getByRole('button', { name: 'Tallenna' }).click();
	await expect(desk).toContainText('Aula');

	// Without a network all of it works, too.
	await context.setOffline(true);
	await desk.getByRole('button', { name: 'Lisää vastaanotto' }).click();
	const day = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10);
	await dialog.getByLabel('Ensimmäinen päivä').fill(day);
	await dialog.getByLabel('Alkaa').fill('12:00');
	await dialog.getByLabel('Päättyy').fill('14:30');
	await dialog.getByLabel('Ei pyhinä eikä aattoina').uncheck();
	await dialog.getByLabel('somali', { exact: true }).check();
	await dialog.getByLabel('Olavi Malli').check();
	await dialog.getByLabel('Huomautus').fill('Ovi C');
	await dialog.getByRole('button', { name: 'Tallenna' }).click();
	await expect(desk).toContainText('12.00–14.30, joka viikko');
	await expect(desk).toContainText('suomi, somali');
	await desk.getByRole('button', { name: 'Peru päivä' }).click();
	await dialog.getByRole('button', { name: 'Peru tämä päivä' }).click();
	await expect(dialog.getByText('Kirjoita, miksi päivä perutaan.')).toBeVisible();
	await dialog.getByLabel('Miksi').fill('Koulu on kiinni');
	await dialog.getByRole('button', { name: 'Peru tämä päivä' }).click();
	await expect(desk).toContainText('Peruttu: Koulu on kiinni');
	await expect(page.getByText('Tallessa tällä laitteella')).toBeVisible();

	// The day after that somebody else holds it.
	await expect(desk).toContainText('Pitää: Olavi Malli');
	await desk.getByRole('button', { name: 'Sijainen' }).click();
	await dialog.getByRole('button', { name: 'Tallenna' }).click();
	await expect(dialog.getByText('Valitse, kuka pitää vastaanoton.')).toBeVisible();
	await expect(dialog.getByText('Sinä päivänä pitää: Olavi Malli', { exact: false })).toBeVisible();
	await dialog.getByLabel('Helmi Esimerkki').check();
	await dialog.getByRole('button', { name: 'Tallenna' }).click();
	await expect(desk).toContainText('sijainen: Helmi Esimerkki');

	// One that comes once.
	await desk.getByRole('button', { name: 'Lisää vastaanotto' }).click();
	await dialog.getByLabel('Ensimmäinen päivä').fill(day);
	await dialog.getByLabel('Alkaa').fill('16:00');
	await dialog.getByLabel('Päättyy').fill('18:00');
	await dialog.getByLabel('Kuinka usein').selectOption('kerran');
	await dialog.getByRole('button', { name: 'Tallenna' }).click();
	await expect(desk).toContainText('16.00–18.00');

	await context.setOffline(false);
	await expect(page.locator('.notice')).not.toContainText('odottaa', { timeout: 40_000 });

	// The adviser, on another phone of the same organisation.
	const phone = await (await context.browser()!.newContext()).newPage();
	await demoPhone(phone, server);
	await switchNetwork(phone, true);
	await phone.goto(`${server.url}/tour`);
	const stop = phone.getByRole('listitem').filter({ hasText: 'Rautavaaran koulu' }).first();
	await expect(stop).toContainText('Peruttu: Koulu on kiinni');
	await expect(stop).toContainText('Ovi C');
	await expect(stop).toContainText('Olavi Malli');
	await expect(phone.getByRole('listitem').filter({ hasText: '16.00–18.00' }).first()).toContainText(
		'Rautavaaran koulu'
	);

	// The desk's own page.
	await stop.getByRole('link', { name: 'Rautavaaran koulu' }).click();
	await expect(phone.getByRole('heading', { level: 1, name: 'Rautavaaran koulu' })).toBeVisible();
	await expect(phone.getByText('Koulun vahtimestari')).toBeVisible();
	await expect(phone.getByRole('link', { name: '040 123 4567' })).toHaveAttribute('href', 'tel:0401234567');
	await expect(phone.getByRole('listitem').filter({ hasText: 'Esitteet' })).toBeVisible();
	await phone.getByRole('button', { name: 'Olen täällä' }).click();
	await expect(phone.getByRole('heading', { level: 1, name: 'Rautavaaran koulu' })).toBeVisible();
	await expect(phone.getByText('olet täällä')).toBeVisible();
	await phone.goto(`${server.url}/tour`);

	// The same as a calendar: the day that was cancelled, and one that is cancelled there.
	await page.getByRole('link', { name: 'Kuukausi' }).click();
	const weekly = () => page.getByRole('button', { name: /^12\.00–14\.30 Rautavaaran koulu/ });
	if (new Date(`${day}T12:00:00Z`).getUTCMonth() !== new Date().getUTCMonth())
		await page.getByRole('link', { name: 'Seuraava' }).click();
	await expect(weekly().first()).toContainText('Peruttu: Koulu on kiinni');
	await page.getByRole('link', { name: 'Viikko' }).click();
	await page.goto(`${server.url}/office/tour?view=week&date=${addDays(day, 14)}`);
	await weekly().click();
	await dialog.getByRole('button', { name: 'Peru päivä' }).click();
	await dialog.getByLabel('Miksi').fill('Koulutus');
	await dialog.getByRole('button', { name: 'Peru tämä päivä' }).click();
	await expect(weekly()).toContainText('Peruttu: Koulutus');
	await weekly().click();
	await dialog.getByRole('button', { name: /^Pidetäänkin/ }).click();
	await expect(weekly()).not.toContainText('Peruttu');
	await page.getByRole('link', { name: 'Pisteittäin' }).click();

	// Held after all.
	await desk.getByRole('button', { name: /^Pidetäänkin/ }).click();
	await expect(desk).not.toContainText('Peruttu');
	await expect(page.locator('.notice')).not.toContainText('odottaa', { timeout: 40_000 });
	await expect(async () => {
		await phone.reload();
		await expect(stop).toContainText('Ovi C', { timeout: 5000 });
		await expect(stop).not.toContainText('Peruttu', { timeout: 3000 });
	}).toPass({ timeout: 40_000 });
	await phone.context().close();
});
