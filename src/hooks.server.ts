import type { Handle, ServerInit } from '@sveltejs/kit';
import { env } from '$env/dynamic/private';
import { makeContext, type ServerContext } from '#lib/server/context.ts';
import { firstStart } from '#lib/server/first-start.ts';
import { BadSetting, readSettings } from '#lib/server/settings.ts';

let context: ServerContext | undefined;

/** Runs once before the first request: settings, database, first start. A wrong setting stops the server with one line. */
export const init: ServerInit = async () => {
	try {
		context = await makeContext(readSettings(env));
		await firstStart(context);
	} catch (error) {
		if (!(error instanceof BadSetting)) throw error;
		console.error(error.message);
		process.exit(1);
	}
};

/** In the demo, and only there, the app stands in frames of its own origin; only the demo's page has frames. */
function allowDemoFrames(policy: string, path: string): string {
	const framed = policy.replace("frame-ancestors 'none'", "frame-ancestors 'self'");
	return path === '/demo' ? `${framed}; frame-src 'self'` : framed;
}

export const handle: Handle = async ({ event, resolve }) => {
	if (!context) throw new Error('The server has not started.');
	event.locals.server = context;
	const response = await resolve(event);
	const policy = response.headers.get('content-security-policy');
	if (policy && context.settings.demo) {
		response.headers.set('content-security-policy', allowDemoFrames(policy, event.url.pathname));
	}
	return response;
};
