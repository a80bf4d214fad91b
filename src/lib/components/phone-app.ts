import { phonePages } from '#lib/app-routes.ts';
import { App } from './app.svelte.ts';

/** The app that was begun when its code came; it is given away once. */
let early: App | undefined;

/**
 * Begins to open the phone's database as soon as the code is here, where the address is one of the phone's: SvelteKit is still
 * looking for its page then, and the first screen stands a tenth sooner. Nothing is sent before a page asks.
 */
export function beginPhoneApp(): void {
	const { pathname, search } = location;
	if (!phonePages.some((page) => page.test(pathname + search))) return;
	early = new App();
	void early.startPhone();
}

/** The phone's app, begun already or now. Whoever takes it closes it. */
export function takePhoneApp(): App {
	const app = early ?? new App();
	if (!early) void app.startPhone();
	early = undefined;
	return app;
}
