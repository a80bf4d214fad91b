import { createContext } from 'svelte';
import { mindClock } from '#lib/components/clock.svelte.ts';
import { LaterSync } from '#lib/components/later-sync.ts';
import { openPublic, type Device } from '#lib/device/device.ts';
import { openDevice } from '#lib/device/open-device.ts';
import { live, type Live } from '#lib/device/live.svelte.ts';
import type { MembershipRow } from '#lib/device/public-db.ts';
import { changeService } from '#lib/device/service-edits.ts';
import { serviceState, services } from '#lib/device/services.ts';
import { CurrentStamp, readStamp, type Stamp } from '#lib/device/stamp.ts';
import type { Text } from '#lib/domain/language-texts.ts';
import { languageField, type TextField } from '#lib/domain/service-record.ts';
import type { Service } from '#lib/domain/service.ts';

/** The coordinator's database on this device while a page of the directory is open, with its outbox and its sending. */
export class OpenDirectory {
	readonly device: Device;
	readonly sync: LaterSync;
	readonly #stamp: CurrentStamp;

	private constructor(device: Device, stamp: Stamp) {
		this.device = device;
		this.#stamp = new CurrentStamp(device, stamp, ({ clockOffset }) => mindClock(clockOffset));
		this.sync = new LaterSync(device);
	}

	static async of(membership: MembershipRow): Promise<OpenDirectory> {
		const device = await openDevice(await openPublic(), membership);
		return new OpenDirectory(device, await readStamp(device));
	}

	/** As it stands now: read it when it is needed, do not keep it. */
	get stamp(): Stamp {
		return this.#stamp.current;
	}

	close(): void {
		this.sync.stop();
		this.#stamp.stop();
		this.device.db.close();
		this.device.open.close();
	}
}

/**
 * The directory as it lies on the coordinator's device. It is read here and written like everything else, into the outbox; so it can be
 * worked on without a network.
 */
export class OfficeDirectory {
	/** Undefined until it was opened. */
	opened = $state.raw<OpenDirectory>();
	/** True once the server has been asked, whether it answered or not. */
	asked = $state(false);
	/** Why this device holds no directory that can be opened. */
	failed = $state(false);
	#list = $state.raw<Live<Service[] | undefined>>();
	#waiting = $state.raw<Live<number>>();
	#isClosed = false;

	/** Opens what this device has, then brings it up to date. */
	async start(membership: MembershipRow): Promise<void> {
		try {
			const opened = await OpenDirectory.of(membership);
			if (this.#isClosed) return opened.close();
			const { device, sync } = opened;
			this.#list = live<Service[] | undefined>(() => services(device), undefined);
			this.#waiting = live(() => device.db.outbox.count(), 0);
			this.opened = opened;
			sync.start();
			await sync.now();
		} catch (error) {
			this.failed = true;
			reportError(error);
		} finally {
			this.asked = true;
		}
	}

	get services(): Service[] | undefined {
		return this.#list?.current;
	}

	/** Ops that wait on this device. */
	get waiting(): number {
		return this.#waiting?.current ?? 0;
	}

	/** Writes one language of a text; null takes it away. Who checked it is this member. It is saved when this resolves. */
	async writeText(service: string, field: TextField, language: string, text: Text | null): Promise<void> {
		if (!this.opened) throw new Error('The directory is not open.');
		const { device, stamp, sync } = this.opened;
		const seen = await serviceState(device, service);
		const value = text && {
			text: text.text,
			origin: text.origin,
			...(text.checked === undefined ? {} : { checked: text.checked, checkedBy: device.membership.name })
		};
		await changeService(device, stamp, service, { [languageField(field, language)]: value }, seen);
		void sync.now();
	}

	close(): void {
		this.#isClosed = true;
		this.opened?.close();
	}
}

/** The open directory, for the parts of a page that is drawn only once there is one. */
export const [getDirectory, setDirectory] = createContext<OpenDirectory>();
