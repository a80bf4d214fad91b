import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';

/** The browser as an adviser's phone in Finland, for Playwright; its size comes from whoever takes the picture. */
export const phoneContext = {
	isMobile: true,
	hasTouch: true,
	locale: 'fi-FI',
	timezoneId: 'Europe/Helsinki',
	reducedMotion: /** @type {const} */ ('reduce')
};

/**
 * The real build with the demo organisation, in a process and a folder of its own, for whoever takes pictures of it.
 *
 * @returns {Promise<{ url: string, stop: () => void }>}
 */
export async function startDemo() {
	const folder = mkdtempSync(join(tmpdir(), 'reppu-demo-'));
	const server = spawn('node', ['scripts/serve.js'], {
		cwd: join(import.meta.dirname, '..'),
		env: {
			...process.env,
			DEMO: 'true',
			PORT: '0',
			HOST: 'localhost',
			LOG_LEVEL: 'warn',
			DATABASE_URL: join(folder, 'demo.db')
		},
		stdio: ['ignore', 'ignore', 'inherit', 'ipc']
	});
	const port = await new Promise((resolve, reject) => {
		server.once('message', (/** @type {{listening: number}} */ m) => resolve(m.listening));
		server.once('exit', () => reject(new Error('The server did not start.')));
	});
	return {
		url: `http://localhost:${port}`,
		stop() {
			server.kill();
			rmSync(folder, { recursive: true, force: true });
		}
	};
}
