import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import process from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';
import { callText, findElement, type Engine } from './engine.ts';

/** What a driver's answer calls a reference to an element (W3C WebDriver §12). */
const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';

/** A screen for a browser that knows no other way to run; the number that it got. */
async function startScreen(program: string): Promise<{ screen: ChildProcess; display: string }> {
	const screen = spawn(program, ['-displayfd', '3', '-screen', '0', '500x900x24', '-nolisten', 'tcp'], {
		stdio: ['ignore', 'ignore', 'ignore', 'pipe']
	});
	const pipe = screen.stdio[3];
	if (!pipe) throw new Error('The screen has no way to say its number.');
	const [number] = (await once(pipe, 'data')) as [Buffer];
	return { screen, display: `:${number.toString().trim()}` };
}

/** A port that nobody uses at present. */
async function freePort(): Promise<number> {
	const server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	server.close();
	if (typeof address !== 'object' || !address) throw new Error('There is no free port.');
	return address.port;
}

/** WebKitGTK over W3C WebDriver: the nearest relative of Safari that runs anywhere. */
export async function startWebKit(programs: { driver: string; screen: string }): Promise<Engine> {
	const { screen, display } = await startScreen(programs.screen);
	const port = await freePort();
	// A group of its own, so that the browser's processes end with it.
	const driver = spawn(programs.driver, [`--port=${port}`], {
		detached: true,
		stdio: 'ignore',
		env: { ...process.env, DISPLAY: display, GDK_BACKEND: 'x11', WEBKIT_DISABLE_COMPOSITING_MODE: '1' }
	});
	const send = async (method: 'POST' | 'DELETE', path: string, body?: object): Promise<unknown> => {
		const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
			method,
			...(body ? { body: JSON.stringify(body) } : {})
		});
		const { value } = (await answer.json()) as { value: unknown };
		if (!answer.ok) throw new Error(`${path}: ${JSON.stringify(value)}`);
		return value;
	};
	const started = async (): Promise<string> => {
		for (let tries = 0; ; tries += 1) {
			try {
				const value = await send('POST', '/session', { capabilities: { alwaysMatch: {} } });
				return `/session/${(value as { sessionId: string }).sessionId}`;
			} catch (error) {
				// The driver needs a moment before it listens.
				if (tries === 50 || !(error instanceof TypeError)) throw error;
				await pause(100);
			}
		}
	};
	const end = () => {
		if (driver.pid !== undefined) process.kill(-driver.pid, 'SIGKILL');
		screen.kill();
	};
	const session = await started().catch((error: unknown) => {
		end();
		throw error;
	});
	const run = (call: string) =>
		send('POST', `${session}/execute/sync`, { script: `return ${call}`, args: [] });
	await send('POST', `${session}/timeouts`, { script: 60_000, pageLoad: 60_000 });
	return {
		open: async (url) => void (await send('POST', `${session}/url`, { url })),
		reload: async () => void (await send('POST', `${session}/refresh`, {})),
		run: (task, ...args) => run(callText(task, ...args)) as Promise<never>,
		async find(selector, text) {
			const found = (await run(callText(findElement, selector, text))) as { [ELEMENT]: string } | null;
			const path = found && `${session}/element/${found[ELEMENT]}/click`;
			return path ? { press: async () => void (await send('POST', path, {})) } : undefined;
		},
		async close() {
			await send('DELETE', session);
			end();
		}
	};
}
