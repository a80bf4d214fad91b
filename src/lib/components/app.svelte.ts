import { createContext } from 'svelte';
import { createSubscriber } from 'svelte/reactivity';
import { openPublic, type Device } from '#lib/device/device.ts';
import { openDevice } from '#lib/device/open-device.ts';
import { live, type Live } from '#lib/device/live.svelte.ts';
import type { MembershipRow, PublicDb } from '#lib/device/public-db.ts';
import { desks, receptions } from '#lib/device/records.ts';
import { NewerDatabase } from '#lib/device/schema-guard.ts';
import type { OutboxSet } from '#lib/device/outbox-set.svelte.ts';
import { Register } from '#lib/device/register.svelte.ts';
import { lastReceipt } from '#lib/device/sent.ts';
import type { VisitSet } from '#lib/device/visit-set.svelte.ts';
import { needsVault } from '#lib/device/vault/needs-vault.ts';
import { CurrentStamp, readStamp, type Stamp } from '#lib/device/stamp.ts';
import type { Desk, Reception } from '#lib/domain/tour.ts';
import { readContact, type Contact } from '#lib/sync/contact-row.ts';
import { readLease } from '#lib/sync/lease-row.ts';
import { pillOf, type Pill, type PillFacts } from '#lib/sync/pill.ts';
import { mindClock } from './clock.svelte.ts';
import { LaterSync } from './later-sync.ts';
import { chosenMembership, rememberMembership } from './memberships.ts';
import { readTemplates, type OwnTemplate } from './own-templates.ts';
import { readPlaceChoice, type PlaceChoice } from './place.ts';

/** How long the first screen waits for its visits, ms: drawn with them it stands sooner than drawn twice. */
const FEW_VISITS = 100;
const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** What a page of the phone needs once the membership's database is open. */
export interface OpenApp {
	device: Device;
	/** Its vault is locked, or its user has still to choose how: nothing of the register can be read, and a visit can be logged. */
	barred: boolean;
	/** As it stands now: read it when it is needed, do not keep it. */
	readonly stamp: Stamp;
	/** Ends what follows the stamp. */
	stopStamp: () => void;
	sync: LaterSync;
	/** The server has said that this device is not used any more. */
	readonly revoked: boolean;
	/** Undefined until the rows were counted: nothing is claimed before. */
	pill: { readonly current: Pill | undefined };
	contact: Live<Contact | undefined>;
	register: Register;
	visits: VisitSet;
	/** What waits or was rejected; known as soon as the visits are. */
	outbox: OutboxSet;
	/** When the last receipt came, ms. */
	lastReceipt: Live<number | undefined>;
	/** Undefined until they were read. */
	desks: Live<Desk[] | undefined>;
	receptions: Live<Reception[] | undefined>;
	/** Null: read, and nothing chosen. */
	place: Live<PlaceChoice | null | undefined>;
	/** The adviser's own, in their order; undefined until they were read. */
	templates: Live<OwnTemplate[] | undefined>;
}

/** The browser's own word on the network; only its "no" is believed. */
const browserOnline = (() => {
	const subscribe = createSubscriber((update) => {
		const stop = new AbortController();
		addEventListener('online', update, { signal: stop.signal });
		addEventListener('offline', update, { signal: stop.signal });
		return () => stop.abort();
	});
	return () => {
		subscribe();
		return navigator.onLine;
	};
})();

/**
 * The app on this device. `none`: not enrolled. `newer`: an older version of the app met a newer database and touches
 * nothing. `failed`: the browser gives no storage.
 */
export class App {
	status = $state<'opening' | 'none' | 'open' | 'newer' | 'failed'>('opening');
	open = $state.raw<OpenApp>();
	/** What this page had open was emptied under it because the device was revoked: whatever is left to tell why, the page says it. */
	revoked = $state(false);
	publicDb: PublicDb | undefined;

	/** Opens what this phone works as: the membership chosen in the settings, else an adviser's, else any. */
	async startPhone(): Promise<void> {
		try {
			const membership = await chosenMembership(await this.#public());
			if (membership) await this.use(membership);
			else this.status = 'none';
		} catch (error) {
			this.status = error instanceof NewerDatabase ? 'newer' : 'failed';
		}
	}

	/** Opens one membership's database and starts to deliver. */
	async use(membership: MembershipRow): Promise<void> {
		this.close();
		this.revoked = false;
		const device = await openDevice(await this.#public(), membership);
		device.db.on('versionchange', (event) => this.#handOver(event));
		const register = new Register(device.db);
		const read = register.start();
		const [stamp] = await Promise.all([readStamp(device), Promise.race([read, pause(FEW_VISITS)])]);
		const open = (this.open = openApp(
			device,
			new CurrentStamp(device, stamp, ({ clockOffset }) => mindClock(clockOffset)),
			register
		));
		this.status = 'open';
		await read;
		open.sync.start();
	}

	async #public(): Promise<PublicDb> {
		if (this.publicDb) return this.publicDb;
		const publicDb = (this.publicDb = await openPublic());
		publicDb.on('versionchange', (event) => {
			this.publicDb = undefined;
			this.#handOver(event);
		});
		return publicDb;
	}

	/** Another tab needs a database: for a newer version of the app, which keeps it, or to delete it. */
	#handOver({ newVersion }: IDBVersionChangeEvent): void {
		if (newVersion === null) this.revoked ||= this.open?.revoked ?? false;
		this.close();
		this.status = newVersion === null ? 'opening' : 'newer';
		if (newVersion === null) void this.startPhone();
	}

	/** Makes a membership the one that this phone opens with, and opens it. */
	async choose(membership: MembershipRow): Promise<void> {
		await rememberMembership(await this.#public(), membership.id);
		await this.use(membership);
	}

	close(): void {
		this.open?.sync.stop();
		this.open?.stopStamp();
		this.open?.register.stop();
		this.open?.device.db.close();
		this.open = undefined;
	}
}

function openApp(device: Device, stamp: CurrentStamp, register: Register): OpenApp {
	const { db, open: publicDb, membership } = device;
	const { visits, outbox } = register;
	const receipt = live(() => lastReceipt(db), undefined);
	const server = live<Omit<PillFacts, 'counts' | 'browserOnline'> | undefined>(async () => {
		const [contact, lease, row] = await Promise.all([
			readContact(db),
			readLease(db, Date.now()),
			publicDb.memberships.get(membership.id)
		]);
		return {
			contact,
			lease,
			revoked: row?.revokedAt !== undefined,
			signInNeeded: row?.signInNeeded ?? false
		};
	}, undefined);
	const barred = (db.guard?.locked ?? false) || needsVault(membership);
	return {
		device,
		barred,
		get stamp() {
			return stamp.current;
		},
		stopStamp: () => stamp.stop(),
		sync: new LaterSync(device),
		get revoked() {
			return membership.revokedAt !== undefined || (server.current?.revoked ?? false);
		},
		contact: live(() => readContact(db), undefined),
		pill: {
			get current() {
				const [facts, deliveredAt] = [server.current, receipt.current];
				// Whoever holds a locked device learns not even how many.
				if (!visits.complete || !facts || barred) return undefined;
				return pillOf({
					...facts,
					counts: { ...register.counts, deliveredAt },
					browserOnline: browserOnline()
				});
			}
		},
		register,
		visits,
		outbox,
		lastReceipt: receipt,
		desks: live<Desk[] | undefined>(() => desks(db), undefined),
		receptions: live<Reception[] | undefined>(() => receptions(db), undefined),
		place: live<PlaceChoice | null | undefined>(async () => (await readPlaceChoice(db)) ?? null, undefined),
		templates: live<OwnTemplate[] | undefined>(() => readTemplates(db), undefined)
	};
}

export const [getApp, setApp] = createContext<App>();
