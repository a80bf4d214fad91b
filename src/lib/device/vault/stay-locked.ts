import type { MembershipDb } from '#lib/device/membership-db.ts';

/**
 * For the service worker, which never has a key: it takes rows as they lie and puts them elsewhere as they lie. It says nothing of its own
 * about a visit, so there is nothing to seal, and no cryptography to load.
 */
export function stayLocked(db: MembershipDb): void {
	db.guard = {
		locked: true,
		sealRow: () => Promise.reject(new Error('Nothing can be sealed here.')),
		openRow: (_, row) => Promise.resolve(row),
		cameLocked: () => true,
		leaveSealed: () => undefined
	};
}
