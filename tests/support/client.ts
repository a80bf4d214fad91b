import { installLocks, Locks } from '../sim/environment.ts';
import { sign } from 'node:crypto';
import { newDatabaseName, type Device } from '#lib/device/device.ts';
import { openDevice } from '#lib/device/open-device.ts';
import { PublicDb } from '#lib/device/public-db.ts';
import { openGuarded } from '#lib/device/schema-guard.ts';
import { addVisit, changeVisit, readStamp, type FieldValues } from '#lib/device/visits.ts';
import { flush, type FlushDeps, type FlushResult } from '#lib/sync/flush.ts';
import type { Phone } from './server.ts';

// Those of Node give a lock in the same moment in which it is asked for, as no browser does.
installLocks(new Locks());

/** The real client of a phone, with a database in memory, over HTTP. Only keys and cookie are the test's. */
export class Client {
	readonly device: Device;
	readonly #deps: FlushDeps;

	private constructor(device: Device, deps: FlushDeps) {
		this.device = device;
		this.#deps = deps;
	}

	static async open({ enrolled, key }: Phone, url: string): Promise<Client> {
		const { membership, token, device: id } = enrolled;
		const open = await openGuarded(new PublicDb(newDatabaseName()));
		const row = {
			...enrolled,
			id: membership,
			database: newDatabaseName(),
			key: {} as CryptoKeyPair,
			usedAt: 0
		};
		await open.memberships.put(row);
		const headers = {
			origin: url,
			cookie: `reppu-${membership}=${token}`,
			'reppu-membership': membership,
			'reppu-device': id
		};
		return new Client(await openDevice(open, row), {
			carrier: () => ({
				fetch: (path, init) =>
					fetch(url + path, {
						...init,
						headers: { ...(init.headers as Record<string, string>), ...headers }
					}),
				mayCarry: async () => true,
				sign: async (text) =>
					sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }).toString('base64'),
				headers,
				timeout: 10_000
			}),
			now: () => Date.now(),
			random: () => Math.random()
		});
	}

	flush(): Promise<FlushResult> {
		return flush(this.device, this.#deps);
	}

	async save(fields: FieldValues): Promise<string> {
		return addVisit(this.device, await readStamp(this.device), fields);
	}

	async change(id: string, fields: FieldValues): Promise<void> {
		await changeVisit(this.device, await readStamp(this.device), id, fields);
	}

	close(): void {
		this.device.db.close();
		this.device.open.close();
	}
}
