import {
	redirect,
	type Handle,
	type HandleServerError,
	type RequestEvent,
	type ServerInit
} from '@sveltejs/kit';
import { building, dev } from '$app/env';
import { env } from '$env/dynamic/private';
import { newId } from '#lib/domain/ids.ts';
import { hasSession } from '#lib/server/accounts/cookies.ts';
import { ApiError } from '#lib/server/api-error.ts';
import { makeContext, type ServerContext } from '#lib/server/context.ts';
import { firstStart } from '#lib/server/first-start.ts';
import { compressed, unlessKnown } from '#lib/server/page-answer.ts';
import { BadSetting, readSettings } from '#lib/server/settings.ts';
import { isStoreFailure } from '#lib/server/storage/failures.ts';
import { takeRegister, UnusableRegister } from '#lib/server/storage/own-register.ts';
import { acrossOrganisations } from '#lib/server/storage/reach.ts';
import { isPostgres } from '#lib/server/storage/store.ts';
import { startUpkeep } from '#lib/server/upkeep.ts';
import { isLocale } from '#lib/paraglide/runtime.js';
import { paraglideMiddleware } from '#lib/paraglide/server.js';

let context: ServerContext | undefined;

/** Runs once before the first request: settings, database, first start. A wrong setting stops the server with one line. */
export const init: ServerInit = async () => {
	try {
		const settings = readSettings(env);
		// While developing, this is done anew with each change, in one process.
		if (!dev && !isPostgres(settings.databaseUrl)) takeRegister(settings.databaseUrl);
		const started = (context = await makeContext(settings));
		await acrossOrganisations(() => firstStart(started));
		await startUpkeep(started);
	} catch (error) {
		const line = lineOf(error);
		if (line === undefined) throw error;
		console.error(line);
		process.exit(1);
	}
};

/** What whoever starts the server can do something about, in one line. */
function lineOf(error: unknown): string | undefined {
	if (error instanceof BadSetting || error instanceof UnusableRegister) return error.message;
	// A disk that cannot be written, for instance.
	if (error instanceof Error && isStoreFailure(error))
		return `The setting DATABASE_URL is wrong: ${error.message}. See .env.example.`;
	return undefined;
}

/** In the demo, and only there, the app stands in frames of its own origin; only the demo's page has frames. */
function allowDemoFrames(policy: string, path: string): string {
	const framed = policy.replace("frame-ancestors 'none'", "frame-ancestors 'self'");
	return path === '/demo' ? `${framed}; frame-src 'self'` : framed;
}

/** What decides the language of a page that is drawn here: the address where it names one, else the browser. */
function languageOf({ request, url }: RequestEvent): Request {
	const wanted = building ? null : url.searchParams.get('lang');
	const accepted = isLocale(wanted) ? wanted : (request.headers.get('accept-language') ?? '');
	return new Request(url, { headers: { 'accept-language': accepted } });
}

/** SvelteKit itself would print the address of a page that is missing, and with it whatever somebody wrote there. */
export const handleError: HandleServerError = ({ error, event, status }) => {
	const facts = { route: event.route.id ?? 'unknown', status };
	if (status < 500) {
		context?.log.info('refused', facts);
		return undefined;
	}
	const errorId = newId();
	const cause = error instanceof Error ? (error.stack ?? error.name) : 'unknown';
	context?.log.error('failed', { ...facts, errorId, error: cause });
	return { message: 'Internal Error', id: errorId };
};

export const handle: Handle = async ({ event, resolve }) => {
	if (!context) throw new Error('The server has not started.');
	event.locals.server = context;
	if (context.settings.requestLimits) {
		try {
			await context.limits.countRequest(event, context.now());
		} catch (error) {
			if (!(error instanceof ApiError)) throw error;
			context.log.info('refused', {
				route: event.route.id ?? 'unknown',
				status: error.status,
				code: error.code
			});
			return error.response();
		}
	}
	if (event.route.id?.startsWith('/api/')) return resolve(event);
	// A public page of a service, of the tour or for feedback has the language of its address, and is no page of the app.
	if (/^\/\(public\)\/[swp]\//.test(event.route.id ?? '')) {
		return compressed(event.request, unlessKnown(event.request, await resolve(event)));
	}
	// Whoever comes to a demo's address for the first time is met by its doors, not by a request for a code.
	if (context.settings.demo && event.url.pathname === '/' && !hasSession(event.cookies))
		redirect(302, '/demo');
	const response = await paraglideMiddleware(languageOf(event), ({ locale }) =>
		resolve(event, {
			transformPageChunk: ({ html }) => html.replace('<html lang="fi"', `<html lang="${locale}"`)
		})
	);
	const policy = response.headers.get('content-security-policy');
	if (policy && context.settings.demo) {
		response.headers.set('content-security-policy', allowDemoFrames(policy, event.url.pathname));
	}
	return building ? response : compressed(event.request, response);
};
