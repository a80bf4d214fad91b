import type { RequestEvent } from '@sveltejs/kit';
import { ApiError } from '#lib/server/api-error.ts';
import { noteIfPossible } from '#lib/server/storage/failures.ts';
import type { Store } from '#lib/server/storage/store.ts';
import { addressScope } from './address-scope.ts';
import { Buckets } from './buckets.ts';

/** Requests of one address: a training day's phones behind one, each with a pack of some hundred parts, and then 50 a second. */
const ADDRESS = { burst: 6000, perSecond: 50 };
/** Ops of one device: a phone that sends everything again after a restore, and then 5 000 an hour. An adviser logs 40 visits a day. */
const DEVICE = { burst: 20_000, perSecond: 5000 / 3600 };
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
/** The load of a device is written from this level on, and again with each so much more: what a restart forgives at most. */
const WRITE_FROM = DEVICE.burst / 2;
const WRITE_STEP = 1000;

/** Counted apart. */
const PROBED = '/api/health';

interface Sender {
	organisation: string;
	device: string;
}

/**
 * How much one address and one device may ask of the server. Refused is 429 with the time after which to come again; a phone keeps what it has
 * and waits. The load of devices that send much is kept in the database, so that a restart forgives none; that of addresses is gone
 * within two minutes in any case.
 */
export class RequestLimits {
	readonly #store: Store;
	readonly #addresses = new Buckets(ADDRESS);
	readonly #devices = new Buckets(DEVICE);
	/** What was last written of a device. */
	readonly #written = new Map<string, number>();

	private constructor(store: Store) {
		this.#store = store;
	}

	/** With what is known from before the last stop. */
	static async open(store: Store, now: number): Promise<RequestLimits> {
		const limits = new RequestLimits(store);
		const emptyBefore = now - (DEVICE.burst / DEVICE.perSecond) * 1000;
		await store.db.deleteFrom('device_loads').where('at', '<', emptyBefore).execute();
		for (const { device_id, level, at } of await store.db
			.selectFrom('device_loads')
			.select(['device_id', 'level', 'at'])
			.execute())
			limits.#devices.set(device_id, { level, at });
		return limits;
	}

	/** Counts a request for its address. Throws 429. */
	countRequest(event: RequestEvent, now: number): void {
		const route = event.route.id ?? '';
		const address = addressOf(event);
		// A probe from the same address must not take a flood for a server that is down.
		const scope = route === PROBED ? `probe ${address}` : address;
		refuseAfter(this.#addresses.take(scope, COSTLY_ROUTES.has(route) ? COSTLY : 1, now));
	}

	/** Counts what a device delivers, once it is known that it was this device. Throws 429. */
	async countOps({ organisation, device }: Sender, ops: number, now: number): Promise<void> {
		const wait = this.#devices.take(device, Math.max(1, ops), now);
		const level = this.#devices.levelOf(device, now);
		const written = this.#written.get(device);
		// What has run out meanwhile is written with the next that comes.
		if (level >= WRITE_FROM && Math.abs(level - (written ?? 0)) >= WRITE_STEP) {
			this.#written.set(device, level);
			const load = { level: Math.ceil(level), at: now };
			await noteIfPossible(
				this.#store.write((trx) =>
					trx
						.insertInto('device_loads')
						.values({ organisation_id: organisation, device_id: device, ...load })
						.onConflict((conflict) => conflict.columns(['organisation_id', 'device_id']).doUpdateSet(load))
						.execute()
				)
			);
		}
		refuseAfter(wait);
	}
}

function refuseAfter(seconds: number): void {
	if (seconds > 0) throw new ApiError(429, 'busy', { 'retry-after': String(Math.ceil(seconds)) });
}

/**
 * The address that the connection has, or that the proxy named where settings say so (ADDRESS_HEADER, XFF_DEPTH). A request that came
 * around the proxy has none: the probe of a container, for instance.
 */
function addressOf(event: RequestEvent): string {
	try {
		return addressScope(event.getClientAddress());
	} catch {
		return 'unknown';
	}
}
