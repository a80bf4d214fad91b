import { Dexie } from 'dexie';
import { forceCloseDatabase } from 'fake-indexeddb';
import type { Device } from '#lib/device/device.ts';
import { openDevice } from '#lib/device/open-device.ts';
import { PublicDb, type MembershipRow } from '#lib/device/public-db.ts';
import { SealedRow } from '#lib/device/rows.ts';
import { readStamp } from '#lib/device/stamp.ts';
import {
	addVisit,
	changeVisit,
	mendVisit,
	noteField,
	removeVisit,
	type FieldValues
} from '#lib/device/visits.ts';
import type { RecordState } from '#lib/domain/record.ts';
import type { Enrolled } from '#lib/server/accounts/enrolled.ts';
import { deliverLocked } from '#lib/sync/deliver-locked.ts';
import { flush, type FlushDeps } from '#lib/sync/flush.ts';
import type { Environment, Locks } from './environment.ts';
import type { Network } from './network.ts';
import { signAsDevice } from './server.ts';
import type { SimVault } from './vault.ts';

let databases = 0;

/** A phone with the real client on it. Its tab may die at any moment; what lies in its database stays. */
export class SimDevice {
	readonly label: string;
	readonly enrolled: Enrolled;
	/** How far its clock is off, ms. */
	clockError = 0;
	/** Absent: its rows lie as they are. */
	readonly vault: SimVault | undefined;
	/** The client, while a tab is open. */
	device: Device | undefined;
	readonly #env: Environment;
	readonly #network: Network;
	readonly #locks: Locks | undefined;
	readonly #names: { own: string; open: string };
	#session = {};
	readonly #flushes = new Set<Promise<unknown>>();
	readonly #workers = new Set<Promise<unknown>>();

	constructor(
		label: string,
		enrolled: Enrolled,
		world: { env: Environment; network: Network; locks: Locks | undefined },
		vault?: SimVault
	) {
		this.label = label;
		this.enrolled = enrolled;
		this.vault = vault;
		this.#env = world.env;
		this.#network = world.network;
		this.#locks = world.locks;
		databases += 1;
		this.#names = { own: `sim-${databases}`, open: `sim-public-${databases}` };
	}

	get now(): number {
		return this.#env.now + this.clockError;
	}

	get locked(): boolean {
		return this.vault?.locked ?? false;
	}

	/** Looks at its rows, though it be locked. */
	async reading<T>(task: (device: Device) => Promise<T>): Promise<T> {
		const device = await this.client();
		return this.vault ? this.vault.reading(() => task(device)) : task(device);
	}

	/** A worker delivers at this moment. */
	get inWorker(): boolean {
		return this.#workers.size > 0;
	}

	get flushing(): boolean {
		return this.#flushes.size > 0;
	}

	async open(): Promise<Device> {
		const { membership, organisation, organisationName, role, name, device } = this.enrolled;
		const row: MembershipRow = {
			id: membership,
			organisation,
			organisationName,
			role,
			name,
			device,
			database: this.#names.own,
			key: {} as CryptoKeyPair,
			usedAt: 0,
			...(this.vault ? { vault: this.vault.row } : {})
		};
		const open = new PublicDb(this.#names.open);
		await open.open();
		const known = await open.memberships.get(membership);
		if (!known) await open.memberships.put(row);
		const { sealTo, revokedAt } = known ?? {};
		this.device = await openDevice(open, this.vault ? { ...row, sealTo, revokedAt } : row);
		return this.device;
	}

	/** The tab, or the whole browser, dies where it stands. */
	die(): void {
		const dying = this.device;
		// With its memory go the keys.
		if (this.vault && this.#env.chance(0.7)) this.vault.lock();
		this.device = undefined;
		this.#network.forget(this.#session);
		this.#session = {};
		this.#flushes.clear();
		this.#workers.clear();
		this.#locks?.forget(`reppu-sync:${this.#names.own}`);
		for (const db of dying ? [dying.db, dying.open] : []) {
			// Transactions that are open end as the browser pleases: undone here, or carried through by closing alone.
			if (this.#env.chance(0.5) && db.isOpen()) forceCloseDatabase(db.backendDB() as never);
			db.close();
		}
	}

	/** The phone is lost with everything on it. */
	async lose(): Promise<void> {
		this.die();
		await Promise.all([Dexie.delete(this.#names.own), Dexie.delete(this.#names.open)]);
	}

	/** Its database is restored to a second phone, as a backup of the phone does. */
	async clone(label: string, world: ConstructorParameters<typeof SimDevice>[2]): Promise<SimDevice> {
		const copy = new SimDevice(label, this.enrolled, world, this.vault);
		copy.clockError = this.clockError;
		const [from, to] = [await this.client(), await copy.open()];
		for (const [source, target] of [
			[from.db, to.db],
			[from.open, to.open]
		] as const)
			for (const { name } of source.tables) {
				const rows = (await source.table(name).toArray()) as object[];
				await target.table(name).clear();
				await target.table(name).bulkPut(rows);
			}
		// The copy goes on counting where the original is.
		for (const name of ['outbox', 'sent']) copyCounter(from.db, to.db, name);
		return copy;
	}

	async client(): Promise<Device> {
		return this.device ?? (await this.open());
	}

	/** Starts to deliver; it goes on while the round goes on. A worker has no keys, and reads nothing. */
	async flush(by: 'page' | 'worker' = 'page'): Promise<void> {
		const device = await this.client();
		const session = this.#session;
		const locks = this.vault?.times;
		const deps = this.#deps(session);
		const delivery =
			by === 'page' ? flush(device, deps) : deliverLocked(device.open, device.membership, deps);
		const run = delivery
			.catch((error: unknown) => {
				// A dead tab's code meets a closed database, and one that was locked meanwhile rows that it cannot read; else it is a fault of the client.
				const wasLocked = error instanceof SealedRow && this.vault?.times !== locks;
				if (session === this.#session && !isFull(error) && !wasLocked) throw error;
			})
			.finally(() => [this.#flushes, this.#workers].forEach((running) => running.delete(run)));
		this.#flushes.add(run);
		if (by === 'worker') this.#workers.add(run);
		run.catch((error: unknown) => void (this.failure ??= error));
	}

	/** What the client threw that it must not throw. */
	failure: unknown;

	#deps(session: object): FlushDeps {
		const { membership, device, token } = this.enrolled;
		return {
			carrier: (client) => ({
				fetch: (path, init) =>
					new Promise((resolve, reject) =>
						this.#network.send({
							session,
							path,
							body: init.body as Uint8Array,
							headers: init.headers as Record<string, string>,
							token,
							resolve,
							reject
						})
					),
				mayCarry: async () => true,
				sign: signAsDevice,
				headers: {
					'reppu-membership': membership,
					'reppu-device': device,
					...(this.vault ? { 'reppu-seal-key': client.membership.sealTo?.kid ?? 'none' } : {})
				}
			}),
			now: () => this.now,
			random: () => this.#env.random()
		};
	}

	async save(fields: FieldValues): Promise<string> {
		const device = await this.client();
		return addVisit(device, await readStamp(device), fields, { now: this.now });
	}

	async change(recordId: string, fields: FieldValues, seen?: RecordState): Promise<string | undefined> {
		const device = await this.client();
		return changeVisit(device, await readStamp(device), recordId, fields, this.now, seen);
	}

	async note(recordId: string): Promise<string | undefined> {
		return this.change(recordId, noteField(`note ${this.#env.below(1000)}`, this.#env.now));
	}

	async remove(recordId: string, removed: boolean): Promise<string | undefined> {
		const device = await this.client();
		return removeVisit(device, await readStamp(device), recordId, removed, this.now);
	}

	async mend(recordId: string, fields: FieldValues): Promise<string | undefined> {
		const device = await this.client();
		return mendVisit(device, await readStamp(device), recordId, fields, this.now);
	}
}

interface RawStores {
	_rawDatabase: { rawObjectStores: Map<string, { keyGenerator: { num: number } }> };
}

function copyCounter(from: Dexie, to: Dexie, store: string): void {
	const [source, target] = [from, to].map(
		(db) => (db.backendDB() as unknown as RawStores)._rawDatabase.rawObjectStores.get(store)!.keyGenerator
	);
	target!.num = source!.num;
}

const isFull = (error: unknown) => String(error).includes('QuotaExceeded');
