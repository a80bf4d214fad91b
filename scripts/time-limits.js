/**
 * How long a request may take to arrive. Whoever sends a byte now and then holds a connection for no longer than an honest phone on a bad line
 * needs it. Told in docs/security/server.md.
 */

/** Node's own limits: for the headers, for the longest of all requests, and how often connections are looked after, ms. */
export const NODE_LIMITS = {
	headersTimeout: 15_000,
	requestTimeout: 900_000,
	connectionsCheckingInterval: 5000,
	// A request without a host is refused by serve.js, with its headers.
	requireHostHeader: false,
	/** Bytes of all headers of a request. */
	maxHeaderSize: 16_384
};

/** Whole requests by path, ms; the first that fits counts. */
const WHOLE = /** @type {const} */ ([
	// A file of an import, 250 MB at most: at 300 kB a second.
	[/^\/api\/v1\/imports\/[^/]+\/files\//, 900_000],
	// A phone gives up after 60 s by itself and sends less the next time: ending it sooner would cost what was nearly here.
	[/^\/api\/v1\/(sync|sealed|clips)$/, 65_000]
]);
const OTHERS = 30_000;

/** @param {string} path */
const limitOf = (path) => WHOLE.find(([pattern]) => pattern.test(path))?.[1] ?? OTHERS;

/**
 * Ends the connection of a request that has not arrived in time. Nobody is answered: what comes that slowly is not listening.
 *
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 * @param {string} path
 */
export function endIfSlow(request, response, path) {
	// Most requests are complete with their headers and cost no timer.
	if (!('content-length' in request.headers) && !('transfer-encoding' in request.headers)) return;
	const timer = setTimeout(() => {
		if (!request.complete) request.socket.destroy();
	}, limitOf(path)).unref();
	response.once('close', () => clearTimeout(timer));
}
