import { goto } from '$app/navigation';
import { resolve } from '$app/paths';
import { endClientSession } from './client-session.ts';

/** Marks, over a reload on the way, that the trail of a client is being wiped. */
const WIPING = 'reppu-wiping';
/** Key of the entry of this tab's history with which the app began: what lies before is another site's, or another part of ours. */
const FIRST = 'reppu-first-page';

/** The part of the Navigation API that is used; TypeScript's libraries know it, some browsers do not. */
type Trail = Pick<Navigation, 'entries' | 'currentEntry' | 'traverseTo'>;

let wiping = false;

/** A screen that the client cannot leave lets go of it now. */
export const isWiping = (): boolean => wiping;

/**
 * On a device that clients use by themselves: whoever sits down next finds nothing of the one before, neither on the screen nor on the way
 * back. What lies ahead of the app's first page goes with the next step from there. Browsers without the Navigation API keep the
 * addresses of pages behind "back", but nothing of what was typed or chosen.
 */
export async function wipeForNextClient(): Promise<void> {
	wiping = true;
	try {
		keep(WIPING, '1');
		const first = firstPage();
		if (first !== undefined && first !== trail()?.currentEntry?.key)
			await trail()?.traverseTo(first).finished;
		await finish();
	} finally {
		wiping = false;
	}
}

const trail = () => (globalThis as { navigation?: Trail }).navigation;

const firstPage = () =>
	trail()
		?.entries()
		.find(({ key }) => key === kept(FIRST))?.key;

/** The app has begun, in this tab or anew: from here on it leaves a trail. Where a reload came in between, the wiping goes on. */
export async function beginTrail(): Promise<void> {
	if (kept(WIPING)) await finish();
	const current = trail()?.currentEntry?.key;
	if (current !== undefined && firstPage() === undefined) keep(FIRST, current);
}

async function finish(): Promise<void> {
	const start = resolve('/(app)');
	await goto(start, { replaceState: true, state: {} });
	// Another step, though to the same place: the browser drops what lay ahead. Kit takes both for one.
	history.pushState(history.state, '', start);
	// At the end: pages on the way back have looked at their addresses.
	endClientSession();
	keep(WIPING, null);
}

function keep(name: string, value: string | null): void {
	try {
		if (value === null) sessionStorage.removeItem(name);
		else sessionStorage.setItem(name, value);
	} catch {
		// A browser that refuses storage: the way back is wiped no further than to where the page was loaded.
	}
}

function kept(name: string): string | null {
	try {
		return sessionStorage.getItem(name);
	} catch {
		return null;
	}
}
