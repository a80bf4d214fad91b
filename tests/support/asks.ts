import type { ServerContext } from '../../src/lib/server/context.ts';
import { call, ORIGIN, type Phone } from './server.ts';

/** What an office asks a route, beside whom it is asked by. */
export interface Asked {
	/** Of HTTP. */
	method?: string;
	/** With its question mark. */
	query?: string;
	/** Sent as JSON. */
	body?: object | undefined;
	/** What the address names. */
	id?: string;
}

/** Asks a route as the office of a member does: with the cookie, from the server's own pages. */
export const asks = (
	server: ServerContext,
	by: Phone,
	handler: Parameters<typeof call>[1],
	{ method = 'GET', query = '', body, id = '' }: Asked = {}
): Promise<Response> =>
	call(
		server,
		handler,
		new Request(`${ORIGIN}/api/v1/x${query}`, {
			method,
			headers: {
				origin: ORIGIN,
				'reppu-membership': by.enrolled.membership,
				...(body ? { 'content-type': 'application/json' } : {})
			},
			...(body ? { body: JSON.stringify(body) } : {})
		}),
		{ jar: by.jar, params: { id } }
	);
