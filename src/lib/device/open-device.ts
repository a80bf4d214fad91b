import { openDeviceWith, type Device } from './device.ts';
import type { MembershipRow, PublicDb } from './public-db.ts';

/** Opens the database of a membership in a page. What seals its rows is loaded where it has a vault. */
export async function openDevice(open: PublicDb, membership: MembershipRow): Promise<Device> {
	const sealing = membership.vault && (await import('./vault/put-guard.ts'));
	return openDeviceWith(open, membership, sealing?.putGuard);
}
