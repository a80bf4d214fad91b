import { LaterSync } from '#lib/components/later-sync.ts';
import { openDevice, openPublic, type Device } from '#lib/device/device.ts';
import { live, type Live } from '#lib/device/live.svelte.ts';
import type { MembershipRow } from '#lib/device/public-db.ts';
import { checkPhrase, phraseChecks, uncheckPhrase, type PhraseChecks } from '#lib/device/phrase-checks.ts';
import { changeService } from '#lib/device/service-edits.ts';
import { serviceState, services } from '#lib/device/services.ts';
import { readStamp } from '#lib/device/stamp.ts';
import type { Text } from '#lib/domain/language-texts.ts';
import type { PhraseCheck } from '#lib/domain/phrase-check.ts';
import { languageField, type TextField } from '#lib/domain/service-record.ts';
import type { Service } from '#lib/domain/service.ts';

/**
 * The directory as it lies on the coordinator's device. It is read here and written like everything else, into the outbox; so it can be
 * worked on without a network.
 */
export class OfficeDirectory {
	/** Undefined until it was opened. */
	#list = $state.raw<Live<Service[] | undefined>>();
	#waiting = $state.raw<Live<number>>();
	/** True once the server has been asked, whether it answered or not. */
	asked = $state(false);
	/** Why this device holds no directory that can be opened. */
	failed = $state(false);
	#device: Device | undefined;
	#sync: LaterSync | undefined;
	#isClosed = false;

	/** Opens what this device has, then brings it up to date. */
	async start(membership: MembershipRow): Promise<void> {
		try {
			const device = await openDevice(await openPublic(), membership);
			this.#device = device;
			if (this.#isClosed) return this.close();
			this.#list = live<Service[] | undefined>(() => services(device), undefined);
			this.#waiting = live(() => device.db.outbox.count(), 0);
			this.#sync = new LaterSync(device);
			this.#sync.start();
			await this.#sync.now();
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
		const device = this.#device;
		if (!device) throw new Error('The directory is not open.');
		const seen = await serviceState(device, service);
		const value = text && {
			text: text.text,
			origin: text.origin,
			...(text.checked === undefined ? {} : { checked: text.checked, checkedBy: device.membership.name })
		};
		await changeService(
			device,
			await readStamp(device),
			service,
			{ [languageField(field, language)]: value },
			seen
		);
		void this.#sync?.now();
	}

	/** Phrases that people have approved in a language. */
	async phraseChecks(language: string): Promise<PhraseChecks> {
		return this.#device ? phraseChecks(this.#device, language) : {};
	}

	/** Approves a phrase in the words given. It is saved when this resolves. */
	async checkPhrase(check: Omit<PhraseCheck, 'by'>): Promise<void> {
		const device = this.#device;
		if (!device) throw new Error('The directory is not open.');
		const by = device.membership.name;
		await checkPhrase(device, await readStamp(device), { ...check, by });
		void this.#sync?.now();
	}

	/** Takes a check back. */
	async uncheckPhrase(id: string): Promise<void> {
		const device = this.#device;
		if (!device) throw new Error('The directory is not open.');
		await uncheckPhrase(device, await readStamp(device), id);
		void this.#sync?.now();
	}

	close(): void {
		this.#isClosed = true;
		this.#sync?.stop();
		this.#device?.db.close();
		this.#device?.open.close();
	}
}
