import { Worker } from 'node:worker_threads';
import type { Log } from '#lib/server/log.ts';

const DAY = 86_400_000;

/** Runs on a thread of its own, as text, so that it needs no file beside the server's: to read a large register takes longer than phones wait. */
const LOOK = `
	const { parentPort, workerData } = require('node:worker_threads');
	const { DatabaseSync } = require('node:sqlite');
	const db = new DatabaseSync(workerData.path, { readOnly: true, timeout: 5000 });
	try {
		parentPort.postMessage(String(db.prepare('PRAGMA quick_check(1)').get().quick_check));
	} catch (error) {
		if (![11, 26].includes((error.errcode ?? 0) & 0xff)) throw error;
		parentPort.postMessage(String(error.errstr));
	} finally {
		db.close();
	}
`;

/** What SQLite finds wrong with a file that is in use, in one line; undefined: it is whole. Throws where it cannot be looked at now. */
function faultInside(path: string): Promise<string | undefined> {
	return new Promise((resolve, reject) => {
		const worker = new Worker(LOOK, { eval: true, workerData: { path } });
		worker.once('message', (found: string) =>
			resolve(found === 'ok' ? undefined : found.split('\n').join(' '))
		);
		worker.once('error', reject);
		worker.once('exit', () => reject(new Error('The check of the register has ended without a word.')));
	});
}

/** Looks once a day whether a register in one file is still whole, as the start does (own-register.ts): a disk that dies says nothing by itself. */
export class DailyCheck {
	/** What is wrong with the register, in SQLite's words; undefined: nothing that we know of. */
	fault: string | undefined;
	readonly #path: string | undefined;
	#lookedAt: number;

	/**
	 * @param path of the database's file; undefined: there is none that could be looked at
	 * @param now when the start has looked
	 */
	constructor(path: string | undefined, now: number) {
		this.#path = path;
		this.#lookedAt = now;
	}

	/** Looks where a day has gone. What was found stays found: a register that was damaged is to be looked at by somebody. */
	async look(log: Log, now: number): Promise<void> {
		if (this.#path === undefined || this.fault !== undefined || now - this.#lookedAt < DAY) return;
		const fault = await faultInside(this.#path);
		this.#lookedAt = now;
		this.fault = fault;
		if (fault === undefined) log.info('register is whole');
		else log.error('register is damaged: stop the server and restore a backup', { fault });
	}
}
