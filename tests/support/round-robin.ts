import { createServer, request as ask, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * A tiny proxy before several app servers: each request goes to the next one in turn. One that does not answer is left out from
 * then on; the request that it had is answered with 502, as proxies do, for nobody knows whether it was carried out.
 */
export class RoundRobin {
	/** Requests that each server has answered, by port. */
	readonly answered = new Map<number, number>();
	/** Requests that were lost with a server. */
	lost = 0;
	/** Is told of each request before it goes to its server. */
	onForward: (port: number) => void = () => undefined;
	readonly #out = new Set<number>();
	readonly #http: HttpServer;
	#ports: readonly number[] = [];
	#turn = 0;

	constructor() {
		this.#http = createServer((request, response) => {
			const up = this.#ports.filter((port) => !this.#out.has(port));
			const port = up[(this.#turn = (this.#turn + 1) % Math.max(1, up.length))];
			if (port === undefined) {
				response.writeHead(503).end();
				return;
			}
			const { method, url, headers } = request;
			const onward = ask({ port, host: 'localhost', method, path: url, headers }, (answer) => {
				response.writeHead(answer.statusCode ?? 502, answer.headers);
				answer.pipe(response);
				answer.on('end', () => this.answered.set(port, (this.answered.get(port) ?? 0) + 1));
				// Cut in the middle of its answer: so is what the phone gets.
				answer.on('error', () => response.destroy());
			});
			onward.on('error', () => {
				this.lost += 1;
				this.#out.add(port);
				if (response.headersSent) response.destroy();
				else response.writeHead(502, { 'content-type': 'text/html' }).end('<h1>502 Bad Gateway</h1>');
			});
			request.pipe(onward);
			this.onForward(port);
		});
	}

	get url(): string {
		return `http://localhost:${(this.#http.address() as AddressInfo).port}`;
	}

	async start(): Promise<void> {
		await new Promise<void>((resolve) => this.#http.listen(0, 'localhost', resolve));
	}

	/** The servers that take turns; one that was left out is asked again. */
	serve(ports: readonly number[]): void {
		this.#ports = ports;
		this.#out.clear();
	}

	stop(): void {
		this.#http.closeAllConnections();
		this.#http.close();
	}
}
