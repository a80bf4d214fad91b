import { spawn, type ChildProcess } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import process from 'node:process';
import { setTimeout as wait } from 'node:timers/promises';
import { chromium, type Page } from '@playwright/test';
import { findChromium, launchOptions } from '../../scripts/chromium.js';

/** Whether any process of a group runs; those that nobody has buried yet do not. */
function livesIn(group: number): boolean {
	if (!existsSync('/proc/self/stat')) return false;
	return readdirSync('/proc').some((entry) => {
		try {
			// Behind the name, which may hold anything: state, parent, group.
			const [state, , of] = readFileSync(`/proc/${entry}/stat`, 'utf8').split(') ').at(-1)!.split(' ');
			return Number(of) === group && state !== 'Z';
		} catch {
			return false;
		}
	});
}

/** A browser with a profile on the disk that is killed with all its processes, as a phone does it, and started again. */
export class MortalBrowser {
	readonly #profile = mkdtempSync(join(tmpdir(), 'reppu-profile-'));
	#process: ChildProcess | undefined;

	/** Another one with all that this one has on its disk, as whoever steals a phone may have it; this one does not run meanwhile. */
	copy(): MortalBrowser {
		const other = new MortalBrowser();
		// The mark of the browser that runs in a profile would send the next one away.
		const filter = (path: string) => !basename(path).startsWith('Singleton');
		cpSync(this.#profile, other.#profile, { recursive: true, filter });
		return other;
	}

	/** Starts it and gives its first page. */
	async start(): Promise<Page> {
		const port = join(this.#profile, 'DevToolsActivePort');
		rmSync(port, { force: true });
		// A group of its own: the signal reaches every process of the browser.
		const child = spawn(
			findChromium() ?? chromium.executablePath(),
			[
				...launchOptions.args,
				'--headless=new',
				'--remote-debugging-port=0',
				`--user-data-dir=${this.#profile}`,
				'--accept-lang=fi-FI',
				'--window-size=360,640',
				'--no-default-browser-check',
				'--hide-crash-restore-bubble',
				'about:blank'
			],
			{ detached: true, stdio: 'ignore', env: { ...process.env, TZ: 'Europe/Helsinki' } }
		);
		this.#process = child;
		const address = () => {
			const [number, path] = existsSync(port) ? readFileSync(port, 'utf8').split('\n') : [];
			return number && path ? `ws://127.0.0.1:${number}${path}` : undefined;
		};
		while (!address()) {
			if (child.exitCode !== null) throw new Error(`The browser did not start (${child.exitCode}).`);
			await wait(10);
		}
		const browser = await chromium.connectOverCDP(address()!);
		const [context] = browser.contexts();
		return context!.pages()[0] ?? (await context!.newPage());
	}

	/** `kill -9` to all of it; resolves when it is dead. */
	async kill(): Promise<void> {
		const child = this.#process;
		this.#process = undefined;
		if (!child?.pid || child.exitCode !== null || child.signalCode !== null) return;
		const gone = new Promise((resolve) => child.once('exit', resolve));
		process.kill(-child.pid, 'SIGKILL');
		await gone;
		// On a busy machine some of its processes take a moment to go; the next browser must not meet them in the same profile.
		while (livesIn(child.pid)) await wait(10);
	}

	/** Files of the profile in which a text stands, in any of the encodings that the browser writes. */
	filesWith(text: string): string[] {
		const wide = Buffer.from(text, 'utf16le');
		const forms = [Buffer.from(text), wide, Buffer.from(wide).swap16()];
		return readdirSync(this.#profile, { recursive: true, withFileTypes: true })
			.filter((entry) => entry.isFile())
			.map(({ parentPath, name }) => join(parentPath, name))
			.filter((file) => {
				const bytes = readFileSync(file);
				return forms.some((form) => bytes.includes(form));
			});
	}

	async remove(): Promise<void> {
		await this.kill();
		rmSync(this.#profile, { recursive: true, force: true, maxRetries: 5 });
	}
}
