import type { CDPSession } from '@playwright/test';
import { lockDevice, toOfficePage, type BrowserContext, type Locator, type Page } from './fixtures.ts';

/** The server in a process of its own, whichever way the test has started it. */
type Server = { url: string; output: string };

/** Heading of the screen that stands in the place of what is locked. */
export const locked = (page: Page): Locator =>
	page.getByRole('heading', { level: 1, name: 'Käynnit ovat lukossa' });

/** The code of the first administrator's link, which an empty server prints. */
export const firstCode = (server: Server): string => /\/start#([0-9A-Z]{10})/.exec(server.output)?.[1] ?? '';

/** Makes this browser the first administrator's; how it is locked is still to be chosen. */
export async function enrolFirst(page: Page, server: Server): Promise<void> {
	await page.goto(`${server.url}/start#${firstCode(server)}`);
	await page.getByRole('button', { name: 'Jatka' }).click();
}

/** Makes this browser somebody's by a code that is typed in; gives the passphrase of its lock. */
export async function enrolByCode(page: Page, server: Server, code: string, device: string): Promise<string> {
	await page.goto(`${server.url}/start`);
	await page.getByLabel('Kutsukoodi').fill(code);
	await page.getByLabel('Laitteen nimi').fill(device);
	await page.getByRole('button', { name: 'Jatka' }).click();
	return lockDevice(page);
}

export async function openLock(page: Page, passphrase: string): Promise<void> {
	await page.getByLabel('Salalause', { exact: true }).fill(passphrase);
	await page.getByRole('button', { name: 'Avaa lukko', exact: true }).click();
}

/** Goes to the settings without loading the app anew: what is open stays open. */
export async function toSettings(page: Page): Promise<void> {
	await page.getByRole('link', { name: 'Lisää', exact: true }).click();
	await page.getByRole('link', { name: 'Asetukset' }).click();
}

/** Makes the code in the dialog for it that is open in the office, and gives it. */
export async function makeCode(office: Page): Promise<string> {
	await office.getByRole('button', { name: 'Tee koodi' }).click();
	const code = await office.locator('.code bdi').innerText();
	await office.getByRole('dialog').getByRole('button', { name: 'Sulje' }).click();
	return code;
}

/** The office, which is open, invites an adviser, or somebody of another role; gives the code. */
export async function invite(office: Page, name: string, role?: string): Promise<string> {
	await toOfficePage(office, 'Ihmiset ja laitteet');
	await office.getByRole('button', { name: 'Kutsu henkilö' }).click();
	await office.getByLabel('Nimi').fill(name);
	if (role !== undefined)
		await office.getByRole('dialog').getByRole('radio', { name: role, exact: true }).check();
	return makeCode(office);
}

/** What holds passkeys in the browser itself: a phone's own, which its user opens or does not. */
export interface Holder {
	protocol: CDPSession;
	authenticatorId: string;
	/** Takes the passkeys out of it, as somebody else has none of them; gives what puts them back. */
	empty: () => Promise<() => Promise<void>>;
}

export async function plugIn(context: BrowserContext, page: Page): Promise<Holder> {
	const protocol = await context.newCDPSession(page);
	await protocol.send('WebAuthn.enable');
	const { authenticatorId } = await protocol.send('WebAuthn.addVirtualAuthenticator', {
		options: {
			protocol: 'ctap2',
			ctap2Version: 'ctap2_1',
			transport: 'internal',
			hasResidentKey: true,
			hasUserVerification: true,
			isUserVerified: true,
			automaticPresenceSimulation: true,
			hasPrf: true
		}
	});
	return {
		protocol,
		authenticatorId,
		empty: async () => {
			const { credentials } = await protocol.send('WebAuthn.getCredentials', { authenticatorId });
			await protocol.send('WebAuthn.clearCredentials', { authenticatorId });
			return async () => {
				for (const credential of credentials)
					await protocol.send('WebAuthn.addCredential', { authenticatorId, credential });
			};
		}
	};
}

/** Adds a passkey to the account that is signed in here. */
export async function addPasskey(page: Page, server: Server): Promise<void> {
	await page.goto(`${server.url}/account`);
	await page.getByLabel('Pääsyavaimen nimi').fill('Oma puhelin');
	await page.getByRole('button', { name: 'Lisää pääsyavain' }).click();
	await page.getByText('Pääsyavain on lisätty.').waitFor();
}
