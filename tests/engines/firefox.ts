import puppeteer, { type ElementHandle } from 'puppeteer-core';
import { callText, findElement, type Engine } from './engine.ts';

/** Firefox over WebDriver BiDi. */
export async function startFirefox(executablePath: string): Promise<Engine> {
	const browser = await puppeteer.launch({ browser: 'firefox', executablePath, headless: true });
	const [page = await browser.newPage()] = await browser.pages();
	await page.setViewport({ width: 400, height: 800 });
	return {
		open: async (url) => void (await page.goto(url)),
		reload: async () => void (await page.reload()),
		run: (task, ...args) => page.evaluate(callText(task, ...args)) as Promise<never>,
		async find(selector, text) {
			const found = await page.evaluateHandle(callText(findElement, selector, text));
			const element = found.asElement() as ElementHandle<HTMLElement> | null;
			return element ? { press: () => element.click() } : undefined;
		},
		close: () => browser.close()
	};
}
