/**
 * A page or a calendar that was drawn here, compressed where the browser takes it: on a slow line half a second of a first visit. Files of the
 * build come compressed already, and the API answers in few bytes.
 */
export function compressed(request: Request, response: Response): Response {
	const takes = /\bgzip\b/.test(request.headers.get('accept-encoding') ?? '');
	const isPage = /^text\/(html|calendar)\b/.test(response.headers.get('content-type') ?? '');
	if (!takes || !isPage || !response.body || response.headers.has('content-encoding')) return response;
	const headers = new Headers(response.headers);
	headers.set('content-encoding', 'gzip');
	headers.append('vary', 'accept-encoding');
	headers.delete('content-length');
	// Other bytes for the same page: its name only says that it means the same.
	const etag = headers.get('etag');
	if (etag && !etag.startsWith('W/')) headers.set('etag', `W/${etag}`);
	const body = response.body.pipeThrough(
		new CompressionStream('gzip') as TransformStream<Uint8Array, Uint8Array>
	);
	return new Response(body, { status: response.status, statusText: response.statusText, headers });
}

/** Headers of the page that an answer without it repeats (RFC 9110 §15.4.5). */
const REPEATED = ['cache-control', 'content-language', 'etag', 'vary'];

/**
 * The short answer to a browser that has the page already. SvelteKit would give it too, but compares the name with that of the compressed
 * page, which is a weaker one.
 */
export function unlessKnown(request: Request, response: Response): Response {
	const etag = response.headers.get('etag');
	const known = (request.headers.get('if-none-match') ?? '')
		.split(',')
		.map((name) => name.trim().replace(/^W\//, ''));
	if (response.status !== 200 || !etag || !known.includes(etag)) return response;
	const headers = new Headers();
	for (const name of REPEATED) {
		const value = response.headers.get(name);
		if (value !== null) headers.set(name, value);
	}
	return new Response(null, { status: 304, headers });
}
