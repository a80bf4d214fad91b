import { expect, test } from '@playwright/test';
import { spawn, type ChildProcess } from 'node:child_process';

for (const offline of [false, true]) {
	test(`an update accepted in one tab reloads the other, ${offline ? 'offline' : 'online'}`, async ({
		context
	}, info) => {
		const port = 4600 + info.parallelIndex;
		const url = `http://localhost:${port}/`;
		let server: ChildProcess | undefined;
		const serve = async (out: string) => {
			server = spawn('node', ['scripts/serve.js'], {
				env: { ...process.env, PORT: String(port), HOST: 'localhost', BUILD_OUT: out },
				stdio: 'ignore'
			});
			await expect
				.poll(() =>
					fetch(`${url}api/outbox`).then(
						(r) => r.ok,
						() => false
					)
				)
				.toBe(true);
		};
		const stop = async () => {
			const running = server;
			server = undefined;
			if (!running) return;
			const exited = new Promise((done) => running.once('exit', done));
			running.kill('SIGTERM');
			await exited;
		};
		await serve('build');
		try {
			const [a, b] = [await context.newPage(), await context.newPage()];
			for (const tab of [a, b]) {
				await tab.goto(url);
				await tab.waitForFunction(() => navigator.serviceWorker.controller !== null);
			}
			await stop();
			await serve('.svelte-kit/next');
			await a.evaluate(async () => (await navigator.serviceWorker.ready).update().then(() => {}));
			await expect(a.getByTestId('update')).toBeVisible();
			await expect(b.getByTestId('update')).toBeVisible();
			if (offline) {
				await stop();
				await context.setOffline(true);
			}
			await b.evaluate(() => Object.assign(window, { stale: true }));
			await a.getByTestId('update').click();
			await b.waitForFunction(() => !('stale' in window));
			await expect(b.getByTestId('update')).toHaveCount(0);
			await b.getByRole('link', { name: 'v1' }).click();
			await expect(b.getByRole('heading', { name: 'Visit 1' })).toBeVisible();
		} finally {
			await stop();
		}
	});
}
