import { expect } from '@playwright/test';

/** An element of the page. */
export interface Found {
	/** Presses it as a pointer does. */
	press(): Promise<void>;
}

/** A browser as a journey needs it: one page with a fresh profile. Each engine is driven by another protocol behind it. */
export interface Engine {
	/** Opens an address, as from outside the app. */
	open(url: string): Promise<void>;
	reload(): Promise<void>;
	/** Runs a function in the page. It is sent as text: it sees its arguments and nothing around it. */
	run<Args extends unknown[], Result>(
		task: (...args: Args) => Result | Promise<Result>,
		...args: Args
	): Promise<Result>;
	/** The first element of this selector that people can see and that holds this text. */
	find(selector: string, text: string): Promise<Found | undefined>;
	close(): Promise<void>;
}

/** How often and how long it is looked for something, ms: browsers share two cores with everything else. */
export const patiently = { timeout: 30_000, intervals: [100] };

/** A call of a function as text: no driver passes functions with several arguments, and no page makes code from text itself. */
export function callText<Args extends unknown[]>(task: (...args: Args) => unknown, ...args: Args): string {
	return `(${task.toString()})(...${JSON.stringify(args)})`;
}

/** What `find` means. Runs in the page. */
export function findElement(selector: string, text: string): HTMLElement | undefined {
	return [...document.querySelectorAll<HTMLElement>(selector)].find(
		(element) => element.checkVisibility() && element.textContent.includes(text)
	);
}

/** Waits until an element of this selector shows this text. */
export async function seen(engine: Engine, selector: string, text = ''): Promise<Found> {
	let found: Found | undefined;
	const look = async () => (found = await engine.find(selector, text)) !== undefined;
	await expect.poll(look, { ...patiently, message: `${selector} with "${text}"` }).toBe(true);
	return found!;
}

/** Waits for an element and presses it. */
export async function press(engine: Engine, selector: string, text = ''): Promise<void> {
	await (await seen(engine, selector, text)).press();
}
