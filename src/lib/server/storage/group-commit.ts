import { setImmediate as nextTurn } from 'node:timers/promises';
import { sql, type Kysely } from 'kysely';
import type { Database } from './schema.ts';
import type { Store, Trx } from './store.ts';

/** Tasks in one transaction, at most: whoever comes next waits for all of them. */
const MOST = 64;

interface Waiting {
	run: (trx: Trx) => Promise<void>;
	/** Its transaction is on the disk. */
	done: () => void;
	failed: (error: unknown) => void;
}

/**
 * SQLite has one writer, and every commit waits for the disk. Tasks that wait for their turn at the same time share one transaction,
 * each behind a savepoint of its own: none is answered before the commit, none sees another that failed, and sixteen phones wait for
 * the disk once instead of sixteen times.
 */
export class GroupCommit {
	readonly #db: Kysely<Database>;
	readonly #waiting: Waiting[] = [];
	#running = false;

	constructor(db: Kysely<Database>) {
		this.#db = db;
	}

	readonly write: Store['write'] = (task) =>
		new Promise((resolve, reject) => {
			let settle: () => void;
			this.#waiting.push({
				run: async (trx) => {
					const result = await task(trx, true);
					settle = () => resolve(result);
				},
				done: () => settle(),
				failed: reject
			});
			if (!this.#running) void this.#run();
		});

	async #run(): Promise<void> {
		this.#running = true;
		while (this.#waiting.length > 0) {
			// Whatever else has arrived by now is read first: statements of SQLite leave no pause in which it could be.
			await nextTurn();
			const group = this.#waiting.splice(0, MOST);
			if (group.length === 1 || !(await this.#together(group)))
				for (const one of group) await this.#alone(one);
		}
		this.#running = false;
	}

	/** False where nothing of the group stands, because the commit failed or a full disk has ended the transaction. */
	async #together(group: readonly Waiting[]): Promise<boolean> {
		const settled: (() => void)[] = [];
		try {
			await this.#db.transaction().execute(async (trx) => {
				for (const { run, done, failed } of group) {
					await sql`savepoint task`.execute(trx);
					try {
						await run(trx);
						settled.push(done);
					} catch (error) {
						await sql`rollback to savepoint task`.execute(trx);
						settled.push(() => failed(error));
					}
					await sql`release savepoint task`.execute(trx);
				}
			});
		} catch {
			// Each is tried again by itself and says its own reason.
			return false;
		}
		for (const settle of settled) settle();
		return true;
	}

	async #alone({ run, done, failed }: Waiting): Promise<void> {
		try {
			await this.#db.transaction().execute(run);
			done();
		} catch (error) {
			failed(error);
		}
	}
}
