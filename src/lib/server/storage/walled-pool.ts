import type { PostgresPool, PostgresPoolClient } from 'kysely';
import pg from 'pg';
import { NOTHING, reachNow, type Reach } from './reach.ts';

/** As the connection calls it that no transaction is open on it. */
const IDLE = 'I';

/**
 * Connections that tell PostgreSQL which organisation is reached: every transaction with its first words, and whatever stands alone before it is
 * sent, unless the connection has been told just that. A pooler between the two must leave a connection to one client (session pooling).
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

const toldAs = (reach: Reach): string => `reppu.organisation = ${pg.escapeLiteral(reach ?? '')}`;

function walledClient(client: pg.PoolClient, outside: Reach): PostgresPoolClient {
	/** What the connection has been told outside of transactions; undefined: nobody knows, because that failed. */
	let told: Reach | undefined = NOTHING;
	async function query(text: string, values: readonly unknown[] = []) {
		// Inside a transaction it has been said with its first words.
		if (client.getTransactionStatus() === IDLE) {
			const reach = reachNow(outside);
			if (/^(begin|start transaction)\b/.test(text))
				return client.query(`${text}; set local ${toldAs(reach)}`);
			if (told !== reach) {
				told = undefined;
				await client.query(`set ${toldAs(reach)}`);
				told = reach;
			}
		}
		return client.query(text, [...values]);
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
