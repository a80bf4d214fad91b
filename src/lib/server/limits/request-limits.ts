import type { RequestEvent } from '@sveltejs/kit';
import { ApiError } from '#lib/server/api-error.ts';
import type { Store } from '#lib/server/storage/store.ts';
import { addressOf } from './address-scope.ts';
import { Buckets, type Rule } from './buckets.ts';
import { KeptBuckets } from './kept-buckets.ts';

/** Requests of one address: a training day's phones behind one, each with a pack of some hundred parts, and then 50 a second. */
const ADDRESS = { burst: 6000, perSecond: 50 };
/** Ops of one device: a phone that sends everything again after a restore, and then 5 000 an hour. An adviser logs 40 visits a day. */
const DEVICE = { burst: 20_000, perSecond: 5000 / 3600 };
/** Answers of clients from one address, by the public page: everybody in one library may have the same, and then 60 an hour. */
const ANSWERS = { burst: 30, perSecond: 60 / 3600 };
/** What a request of a route costs that reads or writes a great deal; others cost 1. */
const COSTLY = 50;
const COSTLY_ROUTES = new Set([
	'/api/v1/coverage',
	'/api/v1/figures',
	'/api/v1/directory',
	'/api/v1/directory/sheet',
	'/api/v1/directory/tables',
	'/api/v1/imports',
	'/api/v1/report'
]);
/** What a restart forgives of a load at most, requests and ops. */
const STEPS = { address: 500, device: 1000 };

/** Counted apart. */
const PROBED = '/api/health';

interface Sender {
	organisation: string;
	device: string;
}

/** After how long nothing is left of a load, ms. */
const emptyAfter = ({ burst, perSecond }: Rule) => (burst / perSecond) * 1000;

/**
 * How much one address and one device may ask of the server. Refused is 429 with the time after which to come again; a phone keeps what it has
 * and waits. The loads of those that ask or send much are kept in the database until they have run out, so that a restart forgives none.
 */
export class RequestLimits {
	readonly #addresses: KeptBuckets;
	/** A probe from the same address must not take a flood for a server that is down. */
	readonly #probes = new Buckets(ADDRESS);
	readonly #devices: KeptBuckets;
	/** In memory only: no address is written down beside an answer. */
	readonly #answers = new Buckets(ANSWERS);

	private constructor(store: Store) {
		this.#addresses = new KeptBuckets(ADDRESS, STEPS.address, (address, load) =>
			store.write(async (trx) => {
				await dropEmpty(trx, 'address_loads', ADDRESS, load.at);
				await trx
					.insertInto('address_loads')
					.values({ address, ...load })
					.onConflict((conflict) => conflict.column('address').doUpdateSet(load))
					.execute();
			})
		);
		this.#devices = new KeptBuckets(DEVICE, STEPS.device, (scope, load) => {
			const { organisation, device } = senderOf(scope);
			return store.write((trx) =>
				trx
					.insertInto('device_loads')
					.values({ organisation_id: organisation, device_id: device, ...load })
					.onConflict((conflict) => conflict.columns(['organisation_id', 'device_id']).doUpdateSet(load))
					.execute()
			);
		});
	}

	/** With what is known from before the last stop. */
	static async open(store: Store, now: number): Promise<RequestLimits> {
		const limits = new RequestLimits(store);
		await dropEmpty(store.db, 'address_loads', ADDRESS, now);
		await dropEmpty(store.db, 'device_loads', DEVICE, now);
		for (const { address, level, at } of await store.db.selectFrom('address_loads').selectAll().execute())
			limits.#addresses.restore(address, { level, at });
		for (const row of await store.db.selectFrom('device_loads').selectAll().execute()) {
			const sender = { organisation: row.organisation_id, device: row.device_id };
			limits.#devices.restore(scopeOf(sender), { level: row.level, at: row.at });
		}
		return limits;
	}

	/** Counts a request for its address. Throws 429. */
	async countRequest(event: RequestEvent, now: number): Promise<void> {
		const route = event.route.id ?? '';
		const address = addressOf(event);
		if (route === PROBED) return refuseAfter(this.#probes.take(address, 1, now));
		refuseAfter(await this.#addresses.take(address, COSTLY_ROUTES.has(route) ? COSTLY : 1, now));
	}

	/** Counts what a device delivers, once it is known that it was this device. Throws 429. */
	async countOps(sender: Sender, ops: number, now: number): Promise<void> {
		refuseAfter(await this.#devices.take(scopeOf(sender), Math.max(1, ops), now));
	}

	/** Counts an answer that a client sends by the public page. Throws 429. */
	countAnswer(event: Pick<RequestEvent, 'getClientAddress'>, now: number): void {
		refuseAfter(this.#answers.take(addressOf(event), 1, now));
	}
}

const scopeOf = ({ organisation, device }: Sender) => `${organisation} ${device}`;

function senderOf(scope: string): Sender {
	const [organisation = '', device = ''] = scope.split(' ');
	return { organisation, device };
}

/** Nothing is kept of who asked how much once it has run out. */
async function dropEmpty(
	db: Store['db'],
	table: 'address_loads' | 'device_loads',
	rule: Rule,
	now: number
): Promise<void> {
	await db
		.deleteFrom(table)
		.where('at', '<', now - emptyAfter(rule))
		.execute();
}

function refuseAfter(seconds: number): void {
	if (seconds > 0) throw new ApiError(429, 'busy', { 'retry-after': String(Math.ceil(seconds)) });
}
