import type { MembershipRow, PublicDb } from '#lib/device/public-db.ts';

/** Key in the settings of this device: which membership its phone side opens with. */
const KEY = 'membership';

/**
 * Who this phone works as: the membership chosen on it, else the adviser's that was used last, else any. A coordinator's
 * membership enrolled later on the same device does not take the phone over.
 */
export function phoneMembership(rows: readonly MembershipRow[], chosen: unknown): MembershipRow | undefined {
	const latest = (of: readonly MembershipRow[]) => [...of].sort((a, b) => b.usedAt - a.usedAt)[0];
	return (
		rows.find((row) => row.id === chosen) ??
		latest(rows.filter((row) => row.role === 'adviser')) ??
		latest(rows)
	);
}

export async function chosenMembership(publicDb: PublicDb): Promise<MembershipRow | undefined> {
	const [rows, chosen] = await Promise.all([publicDb.memberships.toArray(), publicDb.settings.get(KEY)]);
	return phoneMembership(rows, chosen?.value);
}

export async function rememberMembership(publicDb: PublicDb, id: string): Promise<void> {
	await publicDb.settings.put({ key: KEY, value: id });
}
