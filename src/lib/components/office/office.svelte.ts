import { createContext } from 'svelte';
import type * as z from 'zod/mini';
import { openPublic } from '#lib/device/device.ts';
import type { MembershipRow, PublicDb } from '#lib/device/public-db.ts';
import { NewerDatabase } from '#lib/device/schema-guard.ts';
import { askServer, type ApiAnswer, type ApiRequest } from './api.ts';

const OFFICE_ROLES: readonly MembershipRow['role'][] = ['coordinator', 'administrator'];

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
	#publicDb: PublicDb | undefined;

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

	/** Works for another organisation from now on, here and at the next start. */
	async choose(id: string): Promise<void> {
		this.membership = this.memberships.find((row) => row.id === id) ?? this.membership;
		await this.#publicDb?.memberships.update(id, { usedAt: Date.now() });
	}

	close(): void {
		this.#publicDb?.close();
	}

	async ask<T>(request: ApiRequest, schema: z.ZodMiniType<T>): Promise<ApiAnswer<T>> {
		return this.membership ? askServer(this.membership, request, schema) : { ok: false, failure: 'sign_in' };
	}
}

export const [getOffice, setOffice] = createContext<Office>();
