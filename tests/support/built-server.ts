import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { DatabaseSync } from 'node:sqlite';

/** What servers of the tests lock keys with where their database is not a file. */
export const TEST_SECRET = 'only for tests, and at least 32 letters long';

const ROOT = join(import.meta.dirname, '..', '..');

/** The built server in a process of its own, for tests that kill it, measure it or start it wrongly. */
export class BuiltServer {
	/** What it printed since it was first started. */
	output = '';
	readonly #environment: Record<string, string>;
	#process: ChildProcess | undefined;
	#port = 0;
	#folder: string | undefined;

	constructor(environment: Record<string, string> = {}) {
		this.#environment = environment;
	}

	/** Its file. The folder is made when it is first asked for: a test file is also read where none of its tests runs. */
	get database(): string {
		this.#folder ??= mkdtempSync(join(tmpdir(), 'reppu-faults-'));
		return join(this.#folder, 'reppu.db');
	}

	get port(): number {
		return this.#port;
	}

	get url(): string {
		return `http://localhost:${this.#port}`;
	}

	get pid(): number {
		return this.#process?.pid ?? 0;
	}

	/** Memory that the process holds, bytes; undefined where the system does not say. */
	get memory(): number | undefined {
		try {
			const status = readFileSync(`/proc/${this.#process?.pid}/status`, 'utf8');
			return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) * 1024;
		} catch {
			return undefined;
		}
	}

	#spawn(environment: Record<string, string>): ChildProcess {
		const child = spawn(process.execPath, ['scripts/serve.js'], {
			cwd: ROOT,
			env: {
				...process.env,
				BUILD_OUT: 'build',
				DATABASE_URL: this.database,
				DEMO: 'true',
				...(/^postgres/.test(this.#environment['DATABASE_URL'] ?? '') ? { REPPU_SECRET: TEST_SECRET } : {}),
				HOST: 'localhost',
				LOG_LEVEL: 'warn',
				PORT: String(this.#port),
				...this.#environment,
				...environment
			},
			stdio: ['ignore', 'pipe', 'pipe', 'ipc']
		});
		for (const stream of [child.stdout, child.stderr])
			stream?.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
		return child;
	}

	/** Starts it, on the same port as before. */
	async start(): Promise<void> {
		const child = this.#spawn({});
		this.#process = child;
		this.#port = await new Promise<number>((resolve, reject) => {
			child.once('message', (message: { listening: number }) => resolve(message.listening));
			child.once('exit', () => reject(new Error(`The server did not start:\n${this.output}`)));
		});
	}

	/** Starts another one beside it that is expected to stop by itself; says how it ended and what it printed meanwhile. */
	async startWrongly(environment: Record<string, string>): Promise<{ code: number | null; printed: string }> {
		const before = this.output.length;
		const child = this.#spawn(environment);
		const code = await new Promise<number | null>((resolve) => {
			const timer = setTimeout(() => child.kill('SIGKILL'), 15_000);
			child.once('close', (ended) => {
				clearTimeout(timer);
				resolve(ended);
			});
		});
		return { code, printed: this.output.slice(before) };
	}

	/** Sends it a signal without waiting. */
	signal(signal: NodeJS.Signals): void {
		this.#process?.kill(signal);
	}

	/** Waits until it has ended; its exit code, null after a signal that it did not survive. */
	async ended(): Promise<number | null> {
		const child = this.#process;
		if (!child) return null;
		if (child.exitCode === null && child.signalCode === null)
			await new Promise((resolve) => child.once('exit', resolve));
		this.#process = undefined;
		return child.exitCode;
	}

	async remove(): Promise<void> {
		this.signal('SIGKILL');
		await this.ended();
		if (this.#folder) rmSync(this.#folder, { recursive: true, force: true });
	}

	/** Asks its database while the server is down or up. */
	rows<T = Record<string, number | string | null>>(sql: string, ...values: (string | number)[]): T[] {
		const db = new DatabaseSync(this.database, { timeout: 5000 });
		try {
			return db.prepare(sql).all(...values) as T[];
		} finally {
			db.close();
		}
	}
}
