import { createServer, request as ask, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as it came, and what became of it. */
export interface Recorded {
	at: number;
	headers: IncomingHttpHeaders;
	body: Buffer;
	status: number;
	answer: Buffer;
}

/** Passes everything on to the server at this port, and keeps the requests to one path. Returns its own port. */
export async function recordRequests(
	port: number,
	path: string
): Promise<{ port: number; recorded: Recorded[]; stop: () => void }> {
	const recorded: Recorded[] = [];
	const proxy = createServer((request, response) => {
		const at = Date.now();
		const body: Buffer[] = [];
		const { method, url, headers } = request;
		const onward = ask({ port, host: 'localhost', method, path: url, headers }, (answer) => {
			const parts: Buffer[] = [];
			response.writeHead(answer.statusCode ?? 502, answer.headers);
			answer.on('data', (part: Buffer) => {
				parts.push(part);
				response.write(part);
			});
			answer.on('end', () => {
				response.end();
				if (url === path)
					recorded.push({
						at,
						headers,
						body: Buffer.concat(body),
						status: answer.statusCode ?? 0,
						answer: Buffer.concat(parts)
					});
			});
		});
		onward.on('error', () => response.destroy());
		request.on('data', (part: Buffer) => {
			body.push(part);
			onward.write(part);
		});
		request.on('end', () => onward.end());
	});
	await new Promise<void>((resolve) => proxy.listen(0, 'localhost', resolve));
	return {
		port: (proxy.address() as AddressInfo).port,
		recorded,
		stop: () => {
			proxy.closeAllConnections();
			proxy.close();
		}
	};
}
