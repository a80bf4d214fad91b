import { openPublic } from '../../../src/lib/device/device.ts';
import { openDevice } from '../../../src/lib/device/open-device.ts';
import { openVault } from '../../../src/lib/device/vault/vault.ts';
import { notYetThere, ownFigures } from '../../../src/lib/components/own-figures.ts';
import type { Question } from '../../../src/lib/statistics/question.ts';
import { enrolled, fillPhone, passkey, visitsInMemory, type Kind, type Saved } from '../support/phone.ts';

const publicDb = openPublic();

/** Makes the phone and fills it. */
export async function fill(kind: Kind, visits: readonly Saved[]): Promise<void> {
	const device = await enrolled(await publicDb, kind);
	await fillPhone(device, visits);
	device.db.close();
}

/**
 * What the page of own figures asks of a period and of the one before, from visits that are in memory and that nobody has looked at, and once more: ms
 * of each.
 */
export async function figures(
	kind: Kind,
	asked: Question,
	earlier: Question
): Promise<{ first: number; again: number; contacts: number; before: number }> {
	const open = await publicDb;
	const rows = await open.memberships.toArray();
	const membership = rows.find(({ database }) => database === `reppu-bench-${kind}`);
	if (!membership) throw new Error('There is no such phone.');
	if (kind === 'vault') await openVault(open, membership, passkey);
	const device = await openDevice(open, membership);
	const visits = await visitsInMemory(device);
	device.db.close();
	const measure = () => {
		const start = performance.now();
		const now = ownFigures(visits, membership.id, asked);
		const before = ownFigures(visits, membership.id, earlier);
		notYetThere(visits, asked, new Map());
		return { ms: performance.now() - start, contacts: now.contacts, before: before.contacts };
	};
	const { ms: first, contacts, before } = measure();
	return { first, again: measure().ms, contacts, before };
}

export interface OwnFiguresPage {
	fill: typeof fill;
	figures: typeof figures;
}
