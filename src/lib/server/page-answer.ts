/**
 * A page that was drawn here, compressed where the browser takes it: on a slow line half a second of a first visit. Files of the
 * build come compressed already, and the API answers in few bytes.
 */
export function compressed(request: Request, response: Response): Response {
	const takes = /\bgzip\b/.test(request.headers.get('accept-encoding') ?? '');
	const isPage = response.headers.get('content-type')?.startsWith('text/html');
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
