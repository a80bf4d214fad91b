import type { OutboxCounts } from '#lib/device/delivery.ts';
import type { Contact } from './contact-row.ts';
import type { Lease } from './lease-row.ts';

/**
 * The status that people see (ux.md §6.0): derived from rows each time, the worst first. It never says that all is
 * delivered while any record waits or was rejected.
 */
export type Pill =
	/** `waiting`: what is on its way beside it, where anything is. */
	| { kind: 'attention'; count: number; waiting?: number }
	| { kind: 'outdated' }
	| { kind: 'revoked' }
	| { kind: 'sign-in'; count: number }
	| { kind: 'sending'; done: number; total: number }
	| { kind: 'waiting'; count: number }
	| { kind: 'offline-waiting'; count: number }
	| { kind: 'offline' }
	| { kind: 'delivered'; at: number | undefined };

export interface PillFacts {
	counts: OutboxCounts;
	contact: Contact | undefined;
	lease: Lease | undefined;
	/** The browser's own word; only its "no" is believed. */
	browserOnline: boolean;
	revoked: boolean;
	signInNeeded: boolean;
}

export function pillOf({ counts, contact, lease, browserOnline, revoked, signInNeeded }: PillFacts): Pill {
	if (counts.attention > 0) {
		return {
			kind: 'attention',
			count: counts.attention,
			...(counts.waiting > 0 ? { waiting: counts.waiting } : {})
		};
	}
	if (contact?.result === 'outdated') return { kind: 'outdated' };
	if (revoked || contact?.result === 'revoked') return { kind: 'revoked' };
	if (signInNeeded && counts.waiting > 0) return { kind: 'sign-in', count: counts.waiting };
	const unreachable = !browserOnline || contact?.result === 'offline' || contact?.result === 'blocked';
	if (lease && lease.total > 0 && counts.waiting > 0 && browserOnline) {
		return { kind: 'sending', done: lease.done, total: lease.total };
	}
	if (counts.waiting > 0) {
		return unreachable
			? { kind: 'offline-waiting', count: counts.waiting }
			: { kind: 'waiting', count: counts.waiting };
	}
	if (unreachable) return { kind: 'offline' };
	return { kind: 'delivered', at: counts.deliveredAt ?? contact?.okAt };
}
