import { prepareSeal, sealOp, type SealContext } from '#lib/protocol/sealed.ts';
import type { MembershipRow } from '#lib/device/public-db.ts';
import type { OpBody } from '#lib/device/rows.ts';

/** How long after a save the next sender is made ready, ms: the save itself comes first. */
const AFTERWARDS = 50;

/**
 * Seals what waits to the organisation's key on the server, too: a locked phone, the service worker or a phone whose passphrase is
 * forgotten delivers it all the same (design.md §8). The costly half is done before anybody saves.
 */
export class Outgoing {
	readonly #membership: MembershipRow;
	#ready: Promise<SealContext> | undefined;

	constructor(membership: MembershipRow) {
		this.#membership = membership;
	}

	/** Makes the next sender ready. */
	prepare(): void {
		const key = this.#membership.sealTo;
		if (!key || this.#ready) return;
		this.#ready = prepareSeal(key);
		// Whoever needs it hears of a failure.
		this.#ready.catch(() => undefined);
	}

	/** The op of an outbox row for the server; undefined as long as its key is not known here. */
	async seal(row: Record<string, unknown>): Promise<Uint8Array<ArrayBuffer> | undefined> {
		const { sealTo, organisation } = this.#membership;
		if (!sealTo) return undefined;
		const { opId, recordId, collection } = row as Record<string, string>;
		let context = await this.#take();
		// The key was changed meanwhile.
		if (context?.kid !== sealTo.kid) context = await prepareSeal(sealTo);
		setTimeout(() => this.prepare(), AFTERWARDS);
		const said = JSON.parse(row['body'] as string) as OpBody;
		return sealOp(context, organisation, {
			opId: opId!,
			recordId: recordId!,
			collection: collection!,
			...said
		});
	}

	async #take(): Promise<SealContext | undefined> {
		const ready = this.#ready;
		this.#ready = undefined;
		return ready;
	}
}
