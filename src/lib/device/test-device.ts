import { newId } from '#lib/domain/ids.ts';
import { openDevice, type Device } from './device.ts';
import { PublicDb, type MembershipRow } from './public-db.ts';

/** For tests: a device with databases of its own, and more tabs of it. */
export interface TestDevice extends Device {
	/** Another connection to the same databases, as another tab has. */
	tab: () => Promise<Device>;
	/** Closes and deletes everything. */
	remove: () => Promise<void>;
}

async function openedPublic(name: string): Promise<PublicDb> {
	const db = new PublicDb(name);
	await db.open();
	return db;
}

/** For tests: a device as enrolling leaves it behind, without a server that knows it. */
export async function testDevice(): Promise<TestDevice> {
	const publicName = `reppu-test-public-${newId()}`;
	const { publicKey, privateKey } = await crypto.subtle.generateKey(
		{ name: 'ECDSA', namedCurve: 'P-256' },
		false,
		['sign', 'verify']
	);
	const membership: MembershipRow = {
		id: newId(),
		organisation: newId(),
		organisationName: 'Test',
		role: 'adviser',
		name: 'Test',
		device: newId(),
		database: `reppu-test-${newId()}`,
		key: { publicKey, privateKey },
		usedAt: 0
	};
	const tabs: Device[] = [];
	const tab = async () => {
		const device = await openDevice(await openedPublic(publicName), membership);
		tabs.push(device);
		return device;
	};
	const first = await tab();
	await first.open.memberships.put(membership);
	return {
		...first,
		tab,
		async remove() {
			for (const { db, open } of tabs) {
				db.close();
				open.close();
			}
			await first.db.delete();
			await first.open.delete();
		}
	};
}
