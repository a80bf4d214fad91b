import type { PostgresPool, PostgresPoolClient } from 'kysely';
import pg from 'pg';
import { NOTHING, reachNow, type Reach } from './reach.ts';

/** As the connection calls it that no transaction is open on it. */
const IDLE = 'I';

/**
 * Connections that tell PostgreSQL with every transaction which organisation it reaches. `set local` ends with the transaction, so a
 * connection carries nothing from one request to the next, also behind a pooler. What stands alone gets a transaction of its own; its three
 * statements travel together, for which the pool's connections must be set to `pipeline`.
 */
export function walledPool(pool: pg.Pool, outside: Reach): PostgresPool {
	const known = new WeakMap<pg.PoolClient, PostgresPoolClient>();
	return {
		options: pool.options,
		async connect() {
			const client = await pool.connect();
			const walled = known.get(client) ?? walledClient(client, outside);
			known.set(client, walled);
			return walled;
		},
		end: () => pool.end()
	};
}

function walledClient(client: pg.PoolClient, outside: Reach): PostgresPoolClient {
	async function query(text: string, values: readonly unknown[] = []) {
		const send = () => client.query(text, [...values]);
		const reach = reachNow(outside);
		// Inside a transaction it has been said, and what reaches nothing has nothing to say.
		if (reach === NOTHING || client.getTransactionStatus() !== IDLE || text === 'rollback') return send();
		const said = `set local reppu.organisation = ${pg.escapeLiteral(reach)}`;
		if (/^(begin|start transaction)\b/.test(text)) return client.query(`${text}; ${said}`);
		const begun = client.query(`begin; ${said}`);
		const asked = send();
		// All of it, also where one fails: whoever has the connection next must find it idle.
		const [first, answer, last] = await Promise.allSettled([begun, asked, client.query('commit')]);
		for (const { reason } of [answer, first, last].filter(
			({ status }) => status === 'rejected'
		) as PromiseRejectedResult[])
			throw reason;
		return asked;
	}
	return {
		query: query as unknown as PostgresPoolClient['query'],
		release: (destroy) => client.release(destroy),
		// Kysely asks for it where a query is to be cancelled.
		get processID() {
			return (client as { processID?: number }).processID ?? 0;
		}
	};
}
