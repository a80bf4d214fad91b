/** First parts of the addresses of (app): the phone's pages. */
const phoneRoutes = [
	'log',
	'visits',
	'stats',
	'services',
	'show',
	'handover',
	'tour',
	'languages',
	'sync',
	'settings',
	'start',
	'sign-in',
	'account',
	'more'
] as const;

/**
 * The same of everything that the shell answers for: the routes of (app) and (office), and no other. A public page, the demo and
 * the API are never answered with the shell. app-routes.test.ts holds the list to the folders.
 */
export const appRoutes = [...phoneRoutes, 'office'] as const;

const FIRST = /^\/(\?|$)/;
const below = (routes: readonly string[]) => new RegExp(`^/(${routes.join('|')})([/?]|$)`);

/** Path and query of the phone's pages. */
export const phonePages: readonly RegExp[] = [FIRST, below(phoneRoutes)];

/** Path and query of the pages that the shell answers for. */
export const appPages: readonly RegExp[] = [FIRST, below(appRoutes)];
