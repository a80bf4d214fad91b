import type { Page } from '@playwright/test';
import { callText, findElement, type Engine } from './engine.ts';

/** Chromium by the test runner's own hand. */
export function chromiumOn(page: Page): Engine {
	return {
		open: async (url) => void (await page.goto(url)),
		reload: async () => void (await page.reload()),
		run: (task, ...args) => page.evaluate(callText(task, ...args)),
		async find(selector, text) {
			const found = await page.evaluateHandle<HTMLElement | undefined>(callText(findElement, selector, text));
			const element = found.asElement();
			return element ? { press: () => element.click() } : undefined;
		},
		close: async () => undefined
	};
}
