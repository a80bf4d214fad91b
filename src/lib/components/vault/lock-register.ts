import type { MembershipRow } from '#lib/device/public-db.ts';
import { heldKey } from '#lib/device/vault/keyring.ts';
import { tellTabs } from './lock-tabs.ts';

/** Locks the register while somebody else holds the phone, where a PIN or a finger opens it again. */
export function lockRegister(membership: MembershipRow | undefined): void {
	const passkey = membership?.vault?.wraps.some(({ kind }) => kind === 'passkey');
	if (membership && (passkey || heldKey(membership.id))) tellTabs(membership.id, 'lock');
}
