import type { BrowserContext, Page } from '@playwright/test';
import type { Answers, Budget } from './answers.ts';
import type { EngineName, SearchPage } from './page.ts';

type Global = { page: SearchPage };

/** A fresh page of the bench, with at most one engine in it. */
export class Tab {
	readonly #page: Page;

	private constructor(page: Page) {
		this.#page = page;
	}

	/** @param slowdown how many times slower its processor is */
	static async open(context: BrowserContext, url: string, script: string, slowdown = 1): Promise<Tab> {
		const page = await context.newPage();
		page.on('pageerror', (error) => console.error(error));
		await page.goto(url);
		await page.addScriptTag({ content: script });
		const session = await context.newCDPSession(page);
		await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
		return new Tab(page);
	}

	fill(records: number): Promise<void> {
		return this.#page.evaluate((count) => (globalThis as unknown as Global).page.fill(count), records);
	}

	build(engine: EngineName): Promise<{ ms: number; bytes: number }> {
		return this.#page.evaluate((name) => (globalThis as unknown as Global).page.build(name), engine);
	}

	load(engine: EngineName, query: string): Promise<number> {
		return this.#page.evaluate(([name, first]) => (globalThis as unknown as Global).page.load(name, first), [
			engine,
			query
		] as const);
	}

	ask(queries: readonly string[], budget: Budget): Promise<Answers> {
		return this.#page.evaluate(([all, most]) => (globalThis as unknown as Global).page.ask(all, most), [
			queries,
			budget
		] as const);
	}

	close(): Promise<void> {
		return this.#page.close();
	}
}
