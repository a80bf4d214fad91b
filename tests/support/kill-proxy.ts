import { createServer, type IncomingMessage, type Server as HttpServer } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';

/** At which point of a sync request the server dies. */
export type Moment = 'request' | 'commit' | 'answer';

/** A request for which the server dies. `share` in [0, 1) chooses the byte, or the time between request and answer. */
export interface Sentence {
	moment: Moment;
	share: number;
	kill: () => Promise<void>;
}

/** Time from the end of a request to its answer, ms, until it was measured. */
const USUAL_MS = 20;

/**
 * A proxy between browser and server that passes everything on, and kills the server in the middle of the sync request it was
 * told to: after a random byte of the request, at a random time while the server works, or after a random byte of the answer.
 */
export class KillProxy {
	readonly #http: HttpServer;
	readonly #target: () => number;
	#sentence: (Sentence & { done: () => void }) | undefined;
	/** How long the server takes from the end of a request to its answer, ms: reading, checking and committing lie within it. */
	#working = USUAL_MS;

	constructor(target: () => number) {
		this.#target = target;
		this.#http = createServer((request) => void this.#carry(request));
		// A browser that gives up or reloads breaks connections off; that is its right.
		this.#http.on('clientError', (_error, socket) => socket.destroy());
	}

	get url(): string {
		return `http://localhost:${(this.#http.address() as AddressInfo).port}`;
	}

	start(): Promise<void> {
		return new Promise((resolve) => this.#http.listen(0, 'localhost', resolve));
	}

	stop(): void {
		this.#http.closeAllConnections();
		this.#http.close();
	}

	/** The next sync request is the server's last; resolves when the server is dead and the browser's connection broken. */
	condemn(sentence: Sentence): Promise<void> {
		return new Promise((done) => {
			this.#sentence = { ...sentence, done };
		});
	}

	async #carry(request: IncomingMessage): Promise<void> {
		const browser = request.socket;
		browser.on('error', () => browser.destroy());
		const parts: Buffer[] = [];
		try {
			for await (const part of request) parts.push(part as Buffer);
		} catch {
			return;
		}
		const raw = Buffer.concat([head(request), ...parts]);
		const sync = request.method === 'POST' && request.url === '/api/v1/sync';
		const sentence = sync ? this.#sentence : undefined;
		if (sentence) this.#sentence = undefined;
		const server = connect(this.#target(), 'localhost');
		server.on('error', () => browser.destroy());
		await new Promise((resolve) => server.once('connect', resolve));
		if (!sentence) {
			server.pipe(browser);
			server.write(raw);
			return;
		}
		await this.#execute(sentence, raw, server, browser);
		sentence.done();
	}

	async #execute(
		{ moment, share, kill }: Sentence,
		raw: Buffer,
		server: Socket,
		browser: Socket
	): Promise<void> {
		const answer: Buffer[] = [];
		server.on('data', (chunk) => answer.push(chunk));
		const ended = new Promise((resolve) => server.once('close', resolve));
		const write = (bytes: Buffer) => new Promise((resolve) => server.write(bytes, resolve));
		if (moment === 'request') {
			await write(raw.subarray(0, Math.floor(share * raw.length)));
			await kill();
		} else if (moment === 'commit') {
			await write(raw);
			await new Promise((resolve) => setTimeout(resolve, share * this.#working * 1.2));
			await kill();
		} else {
			await write(raw);
			const begun = performance.now();
			await ended;
			this.#working = (this.#working + performance.now() - begun) / 2;
			const whole = Buffer.concat(answer);
			await kill();
			await new Promise((resolve) =>
				browser.write(whole.subarray(0, Math.floor(share * whole.length)), resolve)
			);
		}
		server.destroy();
		browser.destroy();
	}
}

/** The head as it came, except that the connection ends with the answer. */
function head({ method, url, rawHeaders }: IncomingMessage): Buffer {
	const lines = [`${method} ${url} HTTP/1.1`];
	for (let index = 0; index < rawHeaders.length; index += 2)
		if (rawHeaders[index]?.toLowerCase() !== 'connection')
			lines.push(`${rawHeaders[index]}: ${rawHeaders[index + 1]}`);
	return Buffer.from(`${lines.join('\r\n')}\r\nconnection: close\r\n\r\n`, 'latin1');
}
