import { Agent, request } from 'node:http';

/** A request that was made beforehand. */
export interface Shot {
	path: string;
	headers: Record<string, string>;
	body: Buffer;
}

/** What came of it. */
export interface Hit {
	status: number;
	body: Buffer;
	/** From its first byte to the last one of the answer, ms. */
	ms: number;
}

/** Fires requests over so many connections that stay open, each the next one as soon as its last one is answered. */
export async function fire(
	port: number,
	shots: readonly Shot[],
	connections: number
): Promise<{ hits: Hit[]; ms: number }> {
	const agent = new Agent({ keepAlive: true, maxSockets: connections });
	const hits: Hit[] = [];
	const rest = shots.values();
	const begun = performance.now();
	await Promise.all(
		Array.from({ length: connections }, async () => {
			for (const shot of rest) hits.push(await one(agent, port, shot));
		})
	);
	const ms = performance.now() - begun;
	agent.destroy();
	return { hits, ms };
}

function one(agent: Agent, port: number, { path, headers, body }: Shot): Promise<Hit> {
	const begun = performance.now();
	return new Promise((resolve, reject) => {
		const sent = request(
			{
				agent,
				host: '127.0.0.1',
				port,
				path,
				method: 'POST',
				headers: { ...headers, host: `localhost:${port}`, 'content-length': body.length }
			},
			(response) => {
				const chunks: Buffer[] = [];
				response.on('data', (chunk: Buffer) => chunks.push(chunk));
				response.on('end', () =>
					resolve({
						status: response.statusCode ?? 0,
						body: Buffer.concat(chunks),
						ms: performance.now() - begun
					})
				);
				response.on('error', reject);
			}
		);
		sent.on('error', reject);
		sent.end(body);
	});
}
