import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A line as a phone has it at the edge of the network. */
export interface Line {
	/** Bits a second, each way. */
	rate: number;
	/** There and back, ms. */
	roundTrip: number;
}

/** GPRS as it is told of: 50 kbit/s, 600 ms there and back. */
export const TWO_G: Line = { rate: 50_000, roundTrip: 600 };

/** Bytes of one packet. */
const PACKET = 1400;
/** Bytes that wait for the line before the sender is stopped. */
const QUEUE = 64 * 1024;

/** One direction of the line: what all connections send goes over it one packet after the other. */
class Way {
	/** When the last packet is through, ms. */
	#free = 0;
	bytes = 0;

	/** Ms until that many bytes are at the other end. */
	carry(bytes: number, { rate, roundTrip }: Line): number {
		const now = performance.now();
		this.#free = Math.max(now, this.#free) + (bytes * 8 * 1000) / rate;
		this.bytes += bytes;
		return this.#free - now + roundTrip / 2;
	}

	stop(): void {
		this.#free = 0;
	}
}

/**
 * TCP to another port over a line of so many bits a second and so long a way, both directions, where every byte is counted, headers
 * too. A new connection costs a round trip, as its handshake does. Until it is made slow it is as fast as the machine.
 */
export class SlowLine {
	readonly #up = new Way();
	readonly #down = new Way();
	readonly #sockets = new Set<Socket>();
	readonly #server = createServer((near) => this.#accept(near));
	#line: Line | undefined;
	#target = 0;
	#cut = false;

	/** Resolves to the address at which the server on `port` can be reached over this line. */
	async to(port: number): Promise<string> {
		this.#target = port;
		this.#server.listen(0, '127.0.0.1');
		await once(this.#server, 'listening');
		return `http://localhost:${(this.#server.address() as AddressInfo).port}`;
	}

	/** Bytes that went over it, both directions. */
	get bytes(): number {
		return this.#up.bytes + this.#down.bytes;
	}

	/** From here on the line is this one; connections that are open end. */
	become(line: Line | undefined): void {
		this.#drop();
		this.#line = line;
	}

	/** Everything on its way is lost, and nothing comes through until it is mended. */
	cut(): void {
		this.#cut = true;
		this.#drop();
	}

	mend(): void {
		this.#cut = false;
	}

	close(): void {
		this.#server.close();
		this.#drop();
	}

	#drop(): void {
		for (const socket of this.#sockets) socket.destroy();
		this.#up.stop();
		this.#down.stop();
	}

	#accept(near: Socket): void {
		if (this.#cut) return void near.destroy();
		const far = connect(this.#target, '127.0.0.1');
		const opened = performance.now() + (this.#line?.roundTrip ?? 0);
		this.#pass(near, far, this.#up, opened);
		this.#pass(far, near, this.#down, opened);
	}

	#pass(from: Socket, to: Socket, way: Way, opened: number): void {
		let waiting = 0;
		this.#sockets.add(from);
		from.setNoDelay(true);
		from.on('error', () => to.destroy());
		from.on('close', () => {
			this.#sockets.delete(from);
			if (waiting === 0) to.destroy();
		});
		from.on('data', (chunk: Buffer) => {
			const line = this.#line;
			if (!line) {
				way.bytes += chunk.length;
				to.write(chunk);
				return;
			}
			const send = () => {
				for (let start = 0; start < chunk.length; start += PACKET) {
					const packet = chunk.subarray(start, start + PACKET);
					setTimeout(
						() => {
							waiting -= packet.length;
							if (!to.destroyed) to.write(packet);
							if (from.destroyed && waiting === 0) to.end();
							else if (waiting < QUEUE) from.resume();
						},
						way.carry(packet.length, line)
					);
				}
			};
			waiting += chunk.length;
			if (waiting >= QUEUE) from.pause();
			const handshake = opened - performance.now();
			if (handshake > 0) setTimeout(() => !from.destroyed && send(), handshake);
			else send();
		});
	}
}
