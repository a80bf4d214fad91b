import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext } from '@playwright/test';
import { findChromium, launchOptions } from '../../../scripts/chromium.js';

type ContextOptions = NonNullable<Parameters<typeof chromium.launchPersistentContext>[1]>;

/** A browser profile on disk, so that what is called durable is written there, and its browsers. */
export class Profile {
	readonly #folder = mkdtempSync(join(tmpdir(), 'reppu-bench-'));
	#context: BrowserContext | undefined;

	/** A new browser process on the same profile. */
	async open(options: ContextOptions = {}): Promise<BrowserContext> {
		if (!findChromium()) throw new Error('There is no Chromium: install it, or name it in CHROMIUM.');
		await this.close();
		this.#context = await chromium.launchPersistentContext(this.#folder, { ...launchOptions, ...options });
		return this.#context;
	}

	async close(): Promise<void> {
		await this.#context?.close();
		this.#context = undefined;
	}

	async remove(): Promise<void> {
		await this.close();
		rmSync(this.#folder, { recursive: true, force: true, maxRetries: 3 });
	}
}
