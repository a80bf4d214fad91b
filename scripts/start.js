/**
 * `npm start`: the product with an embedded database and the demo organisation, unless the environment says otherwise.
 *
 *     npm start                 http://localhost:3000
 *     npm start -- --https      https with a self-signed certificate, for a phone in the same network
 */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { readEnvironment } from './environment.js';

const ROOT = join(import.meta.dirname, '..');
process.chdir(ROOT);
// Before the defaults below, which hold where neither the environment nor the file says otherwise.
readEnvironment();
process.env.DEMO ??= 'true';
process.env.DATABASE_URL ??= process.env.DEMO === 'true' ? 'data/demo.db' : 'data/reppu.db';

const lan = Object.values(networkInterfaces())
	.flatMap((list) => list ?? [])
	.filter((entry) => entry.family === 'IPv4' && !entry.internal)
	.map((entry) => entry.address);

if (process.argv.includes('--https')) {
	process.env.REPPU_TLS = await certificate('data/tls');
	process.env.PORT ??= '3443';
}
const https = process.env.REPPU_TLS !== undefined;
const port = process.env.PORT ?? '3000';
const scheme = https ? 'https' : 'http';
const path = process.env.DEMO === 'true' ? '/demo' : '/';

await import('./serve.js');
console.log(`\nReppu is ready:  ${scheme}://localhost:${port}${path}`);
if (https) for (const address of lan) console.log(`On a phone:      ${scheme}://${address}:${port}${path}`);
if (https) console.log('The certificate is self-signed: see "A real phone" in README.md.');
console.log('Ctrl-C stops it; the data stay in ./data.\n');

/** A certificate for this machine's addresses, made once and kept. @param {string} folder */
async function certificate(folder) {
	if (existsSync(join(folder, 'cert.pem'))) return folder;
	const { generate } = await import('selfsigned');
	const made = await generate([{ name: 'commonName', value: 'Reppu' }], {
		algorithm: 'sha256',
		extensions: [
			{ name: 'basicConstraints', cA: true, critical: true },
			{
				name: 'subjectAltName',
				altNames: [
					{ type: 2, value: 'localhost' },
					{ type: 7, ip: '127.0.0.1' },
					...lan.map((ip) => ({ type: /** @type {const} */ (7), ip }))
				]
			}
		]
	});
	mkdirSync(folder, { recursive: true });
	writeFileSync(join(folder, 'key.pem'), made.private, { mode: 0o600 });
	writeFileSync(join(folder, 'cert.pem'), made.cert);
	return folder;
}
