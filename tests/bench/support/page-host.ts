import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Serves an empty page to measure in, and files by their path. Say `host.close()` at the end. */
export async function pageHost(
	files: Readonly<Record<string, Uint8Array>> = {}
): Promise<{ url: string; host: Server }> {
	const host = createServer(({ url = '/' }, response) => {
		response.setHeaders(
			new Headers({
				'content-type': url in files ? 'application/octet-stream' : 'text/html',
				// Isolated pages have a clock of 5 µs instead of 100.
				'cross-origin-opener-policy': 'same-origin',
				'cross-origin-embedder-policy': 'require-corp'
			})
		);
		response.end(files[url] ?? '<!doctype html><title>bench</title>');
	});
	await new Promise<void>((resolve) => host.listen(0, 'localhost', resolve));
	return { url: `http://localhost:${(host.address() as AddressInfo).port}/`, host };
}
