import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { BuiltServer } from '../support/built-server.ts';
import { TestIssuer } from '../support/issuer.ts';

/** The directory's certificate is of the test's own making. */
test.use({ ignoreHTTPSErrors: true, locale: 'fi-FI' });

/** A port that was free a moment ago: the directory has to know where it sends browsers back to before the server starts. */
async function freePort(): Promise<number> {
	const probe = createServer();
	await new Promise<void>((listening) => probe.listen(0, 'localhost', listening));
	const { port } = probe.address() as AddressInfo;
	await new Promise((closed) => probe.close(closed));
	return port;
}

test('whoever was entered comes in by the municipality’s account, whoever was not is told who enters them', async ({
	page
}) => {
	const port = await freePort();
	const origin = `http://localhost:${port}`;
	const issuer = await TestIssuer.start(`${origin}/api/v1/sign-in/directory/callback`);
	const folder = mkdtempSync(join(tmpdir(), 'reppu-issuer-'));
	writeFileSync(join(folder, 'ca.pem'), issuer.certificate);
	const server = new BuiltServer({
		...issuer.settings(),
		PORT: String(port),
		ORIGIN: origin,
		DEMO: 'false',
		NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem')
	});
	try {
		await server.start();
		issuer.person = { subject: 'a-1', email: 'aino@city.example' };
		await page.goto(`${origin}/sign-in`);
		const button = page.getByRole('button', { name: 'Kirjaudu kunnan tunnuksella (City)' });
		await button.click();
		await expect(page.getByRole('alert')).toContainText('sitä ei ole liitetty kehenkään täällä');
		expect(new URL(page.url()).hash).toBe('');

		server.rows(
			`INSERT INTO identities (organisation_id, membership_id, name, set_at)
			SELECT organisation_id, id, 'aino@city.example', 0 FROM memberships RETURNING name`
		);
		await button.click();
		await page.waitForURL(/\/office$/);
		expect(server.rows('SELECT way FROM sessions')).toEqual([{ way: 'directory' }]);
		expect(server.rows('SELECT subject FROM identities')).toEqual([{ subject: 'a-1' }]);
	} finally {
		await server.remove();
		await issuer.stop();
		rmSync(folder, { recursive: true, force: true });
	}
});
