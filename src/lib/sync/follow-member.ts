import type { Device } from '#lib/device/device.ts';
import { shownValues, type RecordState } from '#lib/domain/record.ts';
import { roles } from '#lib/protocol/accounts.ts';
import { MEMBER } from '#lib/protocol/parts.ts';
import type { Change, SyncAnswer } from '#lib/protocol/sync.ts';

/** How often it is noted that the server was heard of, ms. */
const NOTE = 3_600_000;

/** Takes note of the key to seal to from now on, and that the server was heard of: revoked devices are not. */
export async function followServer(
	{ open, membership }: Device,
	{ sealTo, revoked }: Pick<SyncAnswer, 'sealTo' | 'revoked'>,
	now: number
): Promise<void> {
	const heard = !revoked && Math.abs(now - (membership.heardAt ?? 0)) >= NOTE;
	const noted = {
		...(sealTo ? { sealTo } : {}),
		...(heard ? { heardAt: now } : {}),
		...(revoked && membership.revokedAt === undefined ? { revokedAt: now } : {})
	};
	if (Object.keys(noted).length === 0) return;
	Object.assign(membership, noted);
	await open.memberships.update(membership.id, noted);
}

/** Takes note of the own membership's name and role where an answer says that they are others now. */
export async function followMember({ open, membership }: Device, changes: readonly Change[]): Promise<void> {
	const own = changes.find(({ collection, recordId }) => collection === MEMBER && recordId === membership.id);
	if (!own?.state) return;
	const values = shownValues(own.state as RecordState);
	const role = roles.find((one) => one === values.role) ?? membership.role;
	const name = typeof values.name === 'string' ? values.name : membership.name;
	if (role === membership.role && name === membership.name) return;
	Object.assign(membership, { role, name });
	await open.memberships.update(membership.id, { role, name });
}
