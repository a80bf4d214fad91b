import { tick } from 'svelte';
import type { MembershipRow } from '#lib/device/public-db.ts';
import type { App } from './app.svelte.ts';
import { tellTabs } from './vault/lock-tabs.ts';

/**
 * Hands the phone over to another membership. Whose it was until now is locked, in every tab: it may be another person's, and what they had
 * opened only they open again.
 */
export async function switchUser(app: App, to: MembershipRow): Promise<void> {
	const from = app.open?.device.membership.id;
	try {
		await app.choose(to);
	} finally {
		// What watches the lock of the one before is gone by then, and does not open it again in the place of the other.
		await tick();
		if (from !== undefined && from !== to.id) tellTabs(from, 'lock');
	}
}
