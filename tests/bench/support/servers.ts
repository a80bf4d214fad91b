import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import process from 'node:process';

const ROOT = join(import.meta.dirname, '..', '..', '..');

/** The build under test; `BUILD_OUT` names another folder than the usual one. */
export function buildFolder(): string {
	const folder = resolve(ROOT, process.env['BUILD_OUT'] ?? 'build');
	if (!existsSync(join(folder, 'index.js'))) throw new Error(`There is no build in ${folder}: npm run build`);
	return folder;
}

/** A server in a process of its own, with a folder for its data, that sends `{ listening: port }` when it is up. */
export class ServerProcess {
	readonly folder = mkdtempSync(join(tmpdir(), 'reppu-bench-'));
	readonly #script: string;
	readonly #env: Record<string, string>;
	#child: ChildProcess | undefined;
	#port = 0;

	/** @param script path from the root of the project */
	constructor(script: string, env: Record<string, string> = {}) {
		this.#script = join(ROOT, script);
		this.#env = env;
	}

	/** Starts it, again on the port it had before; resolves to the port. */
	async start(): Promise<number> {
		const child = fork(this.#script, {
			cwd: this.folder,
			env: { ...process.env, PORT: String(this.#port), HOST: '127.0.0.1', ...this.#env },
			stdio: ['ignore', 'ignore', 'inherit', 'ipc']
		});
		this.#child = child;
		const [message] = (await Promise.race([
			once(child, 'message'),
			once(child, 'exit').then(() => Promise.reject(new Error(`${this.#script} did not start.`)))
		])) as [{ listening: number }];
		this.#port = message.listening;
		return this.#port;
	}

	/** Ends it without a chance to say goodbye. */
	async kill(): Promise<void> {
		const child = this.#child;
		this.#child = undefined;
		if (!child || child.exitCode !== null) return;
		child.kill('SIGKILL');
		await once(child, 'exit');
	}

	async remove(): Promise<void> {
		await this.kill();
		rmSync(this.folder, { recursive: true, force: true });
	}
}

/** The built server on SQLite, with the demo's doors to enrol a device. */
export const reppuServer = (): ServerProcess =>
	new ServerProcess('scripts/serve.js', {
		BUILD_OUT: buildFolder(),
		DATABASE_URL: 'reppu.db',
		DEMO: 'true',
		REQUEST_LIMITS: 'false'
	});

/** A wire on which every byte is counted, headers too: TCP to another port, both ways. */
export class CountedWire {
	bytes = 0;
	readonly #sockets = new Set<Socket>();
	readonly #server = createServer((near) => {
		const far = connect(this.#target, '127.0.0.1');
		for (const [from, to] of [
			[near, far],
			[far, near]
		] as const) {
			this.#sockets.add(from);
			from.setNoDelay(true);
			from.on('data', (chunk: Buffer) => (this.bytes += chunk.length));
			from.on('error', () => to.destroy());
			from.on('close', () => this.#sockets.delete(from));
			from.pipe(to);
		}
	});
	#target = 0;

	/** Resolves to the address at which the server on `port` can be reached over this wire. */
	async to(port: number): Promise<string> {
		this.#target = port;
		this.#server.listen(0, '127.0.0.1');
		await once(this.#server, 'listening');
		return `http://localhost:${(this.#server.address() as AddressInfo).port}`;
	}

	close(): void {
		this.#server.close();
		for (const socket of this.#sockets) socket.destroy();
	}
}
