/** A phone without a browser. Import this before anything else: it puts IndexedDB in place. */
import { installLocks, Locks } from '../sim/environment.ts';
import { sign } from 'node:crypto';
import type { Device } from '#lib/device/device.ts';
import { openDevice } from '#lib/device/open-device.ts';
import { PublicDb } from '#lib/device/public-db.ts';
import { readStamp } from '#lib/device/stamp.ts';
import { addVisit } from '#lib/device/visits.ts';
import type { Carrier } from '#lib/sync/exchange.ts';
import { flush, type FlushResult } from '#lib/sync/flush.ts';
import type { Phone } from './server.ts';

// Node's own locks call back at once, as no browser does.
installLocks(new Locks());

let phones = 0;

/** The real client over a real network, without a browser. What a browser does by itself (cookie, origin) is done here. */
export class NetPhone {
	readonly device: Device;
	/** Every visit that it said was saved. */
	readonly saved: string[] = [];
	readonly #url: () => string;
	readonly #phone: Phone;
	readonly #timeout: number;

	private constructor(device: Device, phone: Phone, url: () => string, timeout: number) {
		this.device = device;
		this.#phone = phone;
		this.#url = url;
		this.#timeout = timeout;
	}

	/** @param timeout ms after which it takes a request as not carried */
	static async open(phone: Phone, url: () => string, timeout = 60_000): Promise<NetPhone> {
		const number = (phones += 1);
		const { membership: id, organisation, organisationName, role, name, device } = phone.enrolled;
		const open = new PublicDb(`net-public-${number}`);
		await open.open();
		const database = `net-${number}`;
		const key = {} as CryptoKeyPair;
		const row = { id, organisation, organisationName, role, name, device, database, key, usedAt: 0 };
		await open.memberships.put(row);
		return new NetPhone(await openDevice(open, row), phone, url, timeout);
	}

	async save(count = 1, note?: string): Promise<void> {
		for (let left = count; left > 0; left -= 1) {
			const at = new Date().toISOString();
			const fields = { at, desk: null, topics: ['work'], language: 'ar' };
			const notes = note === undefined ? {} : { [`notes/${crypto.randomUUID()}`]: { text: note, at } };
			const id = await addVisit(this.device, await readStamp(this.device), { ...fields, ...notes });
			this.saved.push(id);
		}
	}

	deliver(read = true): Promise<FlushResult> {
		const deps = { carrier: () => this.#carrier(), now: () => Date.now(), random: () => Math.random() };
		return flush(this.device, deps, { read });
	}

	/** Delivers until nothing waits. Every failure but the network's and the server's own is a fault of ours. */
	async deliverAll(tries = 200): Promise<void> {
		for (let left = tries; left > 0; left -= 1) {
			const result = await this.deliver();
			if (result.ok) {
				if ((await this.device.db.rejected.count()) > 0) throw new Error('The server rejected a visit.');
				return;
			}
			if (!('failure' in result) || !['offline', 'server'].includes(result.failure.why))
				throw new Error(`Not delivered: ${JSON.stringify(result)}`);
			await new Promise((resolve) => setTimeout(resolve, 100));
		}
		throw new Error('Not delivered, however often it was tried.');
	}

	waiting(): Promise<number> {
		return this.device.db.outbox.count();
	}

	/** The visits of which it says that they are delivered. */
	async delivered(): Promise<string[]> {
		const waiting = new Set((await this.device.db.outbox.toArray()).map(({ recordId }) => recordId));
		return this.saved.filter((id) => !waiting.has(id));
	}

	#carrier(): Carrier {
		const { enrolled, key } = this.#phone;
		return {
			fetch: (path, init) => {
				const url = this.#url();
				const cookie = `reppu-${enrolled.membership}=${enrolled.token}`;
				const headers = { ...(init.headers as Record<string, string>), origin: url, cookie };
				return fetch(`${url}${path}`, { ...init, headers });
			},
			mayCarry: async () => true,
			sign: async (text) =>
				sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }).toString('base64'),
			headers: { 'reppu-membership': enrolled.membership, 'reppu-device': enrolled.device },
			timeout: this.#timeout
		};
	}
}
