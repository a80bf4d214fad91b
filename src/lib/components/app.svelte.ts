import { createContext } from 'svelte';
import { countOutbox } from '#lib/device/delivery.ts';
import { openDevice, openPublic, type Device } from '#lib/device/device.ts';
import { live, type Live } from '#lib/device/live.svelte.ts';
import type { MembershipRow, PublicDb } from '#lib/device/public-db.ts';
import { NewerDatabase } from '#lib/device/schema-guard.ts';
import { readStamp, type Stamp } from '#lib/device/visits.ts';
import { readContact, type Contact } from '#lib/sync/contact.ts';
import { readLease } from '#lib/sync/lease.ts';
import { pillOf, type Pill } from '#lib/sync/pill.ts';
import { Triggers } from '#lib/sync/triggers.ts';

/** What a page of the phone needs once the membership's database is open. */
export interface OpenApp {
	device: Device;
	stamp: Stamp;
	sync: Triggers;
	pill: Live<Pill>;
	contact: Live<Contact | undefined>;
}

/**
 * The app on this device. `none`: not enrolled. `newer`: an older version of the app met a newer database and touches
 * nothing. `failed`: the browser gives no storage.
 */
export class App {
	status = $state<'opening' | 'none' | 'open' | 'newer' | 'failed'>('opening');
	reason = $state.raw<unknown>();
	open = $state.raw<OpenApp>();
	publicDb: PublicDb | undefined;

	/** Opens the membership used last, or the last one with the role asked for. */
	async start(role?: MembershipRow['role']): Promise<void> {
		try {
			const publicDb = (this.publicDb ??= await openPublic());
			const memberships = await publicDb.memberships.toArray();
			const [latest] = memberships
				.filter((row) => role === undefined || row.role === role)
				.sort((a, b) => b.usedAt - a.usedAt);
			if (latest) await this.use(latest);
			else this.status = 'none';
		} catch (error) {
			this.status = error instanceof NewerDatabase ? 'newer' : 'failed';
			this.reason = error;
		}
	}

	/** Opens one membership's database and starts to deliver. */
	async use(membership: MembershipRow): Promise<void> {
		this.close();
		const publicDb = (this.publicDb ??= await openPublic());
		const device = await openDevice(publicDb, membership);
		const { db } = device;
		const sync = new Triggers(device);
		this.open = {
			device,
			stamp: await readStamp(device),
			sync,
			contact: live(() => readContact(db), undefined),
			pill: live(
				async () => {
					const [counts, contact, lease, row] = await Promise.all([
						countOutbox(db),
						readContact(db),
						readLease(db, Date.now()),
						publicDb.memberships.get(membership.id)
					]);
					return pillOf({
						counts,
						contact,
						lease,
						browserOnline: navigator.onLine,
						revoked: row?.revokedAt !== undefined,
						signInNeeded: row?.signInNeeded ?? false
					});
				},
				{ kind: 'delivered', at: undefined }
			)
		};
		this.status = 'open';
		sync.start();
	}

	close(): void {
		this.open?.sync.stop();
		this.open?.device.db.close();
		this.open = undefined;
	}
}

export const [getApp, setApp] = createContext<App>();
