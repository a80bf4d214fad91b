/**
 * First parts of the addresses that the shell answers for: the routes of (app) and (office), and no other. A public page,
 * the demo and the API are never answered with the shell. app-routes.test.ts holds the list to the folders.
 */
export const appRoutes = [
	'log',
	'visits',
	'services',
	'show',
	'tour',
	'languages',
	'sync',
	'settings',
	'start',
	'more',
	'office'
] as const;

/** Path and query of the pages that the shell answers for. */
export const appPages: RegExp[] = [/^\/(\?|$)/, new RegExp(`^/(${appRoutes.join('|')})([/?]|$)`)];
