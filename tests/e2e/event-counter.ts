import { expect, type Locator, type Page } from './fixtures.ts';

/** What the coordinator writes of an event in its form; hours are `HH:MM`. */
export interface PlannedEvent {
	theme: string;
	topic: string;
	languages: string[];
	/** The desk and its municipality, as the list has them. */
	place: string;
	from: string;
	to: string;
}

/** Fills the form of a new event, which stands open; what is not said of it here stays as it was. */
export async function fillEvent(dialog: Locator, event: PlannedEvent): Promise<void> {
	await dialog.getByLabel(event.topic).check();
	await dialog.getByLabel('Teema').fill(event.theme);
	for (const language of event.languages) await dialog.getByLabel(language, { exact: true }).check();
	await dialog.getByLabel('Paikka', { exact: true }).selectOption({ label: event.place });
	await dialog.getByLabel('Alkaa').fill(event.from);
	await dialog.getByLabel('Päättyy').fill(event.to);
}

/** Adds people by a button of the counter, and waits until the last tap is on the medium. */
export async function tap(page: Page, language: string, times: number): Promise<void> {
	const field = page.getByRole('button', { name: new RegExp(`^${language}: \\d+\\. Lisää yksi`) });
	const before = Number(/\d+/.exec((await field.getAttribute('aria-label')) ?? '')?.[0]);
	for (let count = 0; count < times; count++) await field.click();
	await expect(field).toHaveAccessibleName(new RegExp(`^${language}: ${before + times}\\.`));
}

/** One participant, on the view that is handed over. */
export async function tapThemselves(page: Page, own: string, thanks: string): Promise<void> {
	const button = page.getByRole('button', { name: own, exact: true });
	// The finger trembles: twice, and it is one.
	await button.dblclick();
	await expect(page.locator('.thanks')).toContainText(thanks);
	await expect(button).toBeVisible();
}

/** Takes the phone back from whoever it was handed to. */
export async function unlockView(page: Page): Promise<void> {
	const lock = page.getByRole('button', { name: 'Näkymä on lukittu. Avaa painamalla sekunnin ajan.' });
	await lock.focus();
	await page.keyboard.down('Enter');
	await expect(lock).toHaveClass(/ripe/);
	await page.keyboard.up('Enter');
	await page.getByRole('button', { name: 'Kyllä, avaa lukitus' }).click();
}
