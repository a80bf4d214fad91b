import { createContext } from 'svelte';
import type * as z from 'zod/mini';
import { Prover } from '#lib/components/account/prover.svelte.ts';
import { saveFile } from '#lib/components/save-file.ts';
import { openPublic } from '#lib/device/device.ts';
import type { MembershipRow, PublicDb } from '#lib/device/public-db.ts';
import { NewerDatabase } from '#lib/device/schema-guard.ts';
import { openKeys } from '#lib/device/vault/keyring.ts';
import { needsVault } from '#lib/device/vault/needs-vault.ts';
import { tellTabs } from '#lib/components/vault/lock-tabs.ts';
import { askServer, fetchFile, type ApiAnswer, type ApiFailure, type ApiRequest } from './api.ts';

const OFFICE_ROLES: readonly MembershipRow['role'][] = ['coordinator', 'administrator', 'viewer'];

/** The memberships of this device that may open the office, the one used last first. */
export function officeMemberships(rows: readonly MembershipRow[]): MembershipRow[] {
	return rows.filter((row) => OFFICE_ROLES.includes(row.role)).sort((a, b) => b.usedAt - a.usedAt);
}

/**
 * The coordinator's side on this device. It keeps no data of its own: who it is comes from the device, all else from the
 * server. `none`: no membership here may open it.
 */
export class Office {
	status = $state<'opening' | 'none' | 'open' | 'newer' | 'failed'>('opening');
	memberships = $state.raw<readonly MembershipRow[]>([]);
	membership = $state.raw<MembershipRow>();
	readonly prover = new Prover();
	#publicDb = $state.raw<PublicDb>();
	/** Grows when a vault is opened or locked: keys are in memory and tell nobody. */
	#turns = $state(0);

	async start(): Promise<void> {
		try {
			this.#publicDb = await openPublic();
			this.memberships = officeMemberships(await this.#publicDb.memberships.toArray());
			this.membership = this.memberships[0];
			this.status = this.membership ? 'open' : 'none';
		} catch (error) {
			this.status = error instanceof NewerDatabase ? 'newer' : 'failed';
		}
	}

	/** What has to be opened first: the device keeps what is read here, and that under lock. */
	get gated(): { membership: MembershipRow; open: PublicDb } | undefined {
		void this.#turns;
		const { membership } = this;
		// Of what a viewer looks at the device keeps nothing.
		if (!membership || !this.#publicDb || membership.role === 'viewer') return undefined;
		const locked = membership.vault && !openKeys(membership.id);
		return locked || needsVault(membership) ? { membership, open: this.#publicDb } : undefined;
	}

	/** What locks itself here as on the phone. */
	get watched(): { membership: MembershipRow; open: PublicDb } | undefined {
		const { membership } = this;
		return membership?.vault && this.#publicDb ? { membership, open: this.#publicDb } : undefined;
	}

	/** A vault was opened or locked. */
	turned(): void {
		this.#turns += 1;
	}

	/** Works for another organisation from now on, here and at the next start. What was opened for the one before is locked. */
	async choose(id: string): Promise<void> {
		const before = this.membership?.id;
		if (before !== undefined && before !== id) tellTabs(before, 'lock');
		this.membership = this.memberships.find((row) => row.id === id) ?? this.membership;
		await this.#publicDb?.memberships.update(id, { usedAt: Date.now() });
	}

	close(): void {
		this.#publicDb?.close();
	}

	async ask<T>(request: ApiRequest, schema: z.ZodMiniType<T>): Promise<ApiAnswer<T>> {
		const { membership } = this;
		if (!membership) return { ok: false, failure: 'sign_in' };
		return this.askAs(membership, request, schema);
	}

	/** Asks as another membership of this device than the one that the office works as. */
	askAs<T>(membership: MembershipRow, request: ApiRequest, schema: z.ZodMiniType<T>): Promise<ApiAnswer<T>> {
		return this.prover.repeat(membership, () => askServer(membership, request, schema));
	}

	/** Fetches a file and lets the browser keep it; answers with why there is none. `membership`: another of this device than the one that the office works as. */
	async download(
		path: string,
		name: string,
		membership: MembershipRow | undefined = this.membership
	): Promise<ApiFailure | undefined> {
		const answer = membership && (await this.prover.repeat(membership, () => fetchFile(membership, path)));
		if (!answer?.ok) return answer?.failure ?? 'sign_in';
		saveFile(name, answer.value);
		return undefined;
	}
}

export const [getOffice, setOffice] = createContext<Office>();
