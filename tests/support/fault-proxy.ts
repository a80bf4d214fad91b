import { createServer, connect, type AddressInfo, type Server, type Socket } from 'node:net';

/** `up` goes to the server, `down` comes from it. */
export type Way = 'up' | 'down';

/** What befalls the bytes after exactly `after` of them went that way. `cut`: reset on both sides; `half-open`: nothing moves any more and nobody is told. */
export interface Fault {
	kind: 'cut' | 'half-open';
	way: Way;
	after: number;
}

/** A line between clients and a server, byte by byte, that breaks where it is told to. */
export class FaultProxy {
	/** Bytes that went each way since the last `arm` or `count`. */
	readonly passed: Record<Way, number> = { up: 0, down: 0 };
	/** True: nobody gets through at all. */
	down = false;
	/** How long each piece is on its way, ms. */
	delay = 0;
	readonly #server: Server;
	readonly #target: () => number;
	readonly #sockets = new Set<Socket>();
	#armed: (Fault & { struck: () => void }) | undefined;

	constructor(target: () => number) {
		this.#target = target;
		this.#server = createServer((client) => this.#carry(client));
	}

	get url(): string {
		return `http://localhost:${(this.#server.address() as AddressInfo).port}`;
	}

	start(): Promise<void> {
		return new Promise((resolve) => this.#server.listen(0, 'localhost', resolve));
	}

	stop(): void {
		this.breakAll();
		this.#server.close();
	}

	/** Resets every connection there is. */
	breakAll(): void {
		for (const socket of this.#sockets) socket.resetAndDestroy();
	}

	count(): void {
		this.passed.up = 0;
		this.passed.down = 0;
	}

	/** Bytes count from now on; resolves when the fault has struck. */
	arm(fault: Fault): Promise<void> {
		this.count();
		return new Promise((struck) => (this.#armed = { ...fault, struck }));
	}

	/** Takes back what did not strike. */
	disarm(): void {
		this.#armed = undefined;
	}

	#carry(client: Socket): void {
		if (this.down) return void client.resetAndDestroy();
		const server = connect(this.#target(), 'localhost');
		const line = { open: true };
		for (const [from, to, way] of [
			[client, server, 'up'],
			[server, client, 'down']
		] as const) {
			this.#sockets.add(from);
			from.setNoDelay(true);
			from.on('data', (bytes) => this.#pass(bytes, way, line, [from, to]));
			from.on('end', () => line.open && this.#later(() => to.end()));
			// Whichever way it broke, the other side hears of it in the same way.
			from.on('error', () => line.open && to.resetAndDestroy());
			from.on('close', () => this.#sockets.delete(from));
		}
	}

	#pass(bytes: Buffer, way: Way, line: { open: boolean }, [from, to]: readonly [Socket, Socket]): void {
		if (!line.open) return;
		const armed = this.#armed;
		const before = this.passed[way];
		const strikes = armed?.way === way && before + bytes.length >= armed.after;
		const part = strikes ? bytes.subarray(0, armed.after - before) : bytes;
		this.passed[way] += part.length;
		if (strikes) {
			this.#armed = undefined;
			line.open = false;
		}
		this.#later(() =>
			to.write(part, () => {
				if (!strikes) return;
				if (armed.kind === 'cut') for (const socket of [from, to]) socket.resetAndDestroy();
				armed.struck();
			})
		);
	}

	#later(task: () => void): void {
		if (this.delay === 0) task();
		else setTimeout(task, this.delay);
	}
}
