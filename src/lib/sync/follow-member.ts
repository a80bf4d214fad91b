import type { Device } from '#lib/device/device.ts';
import { shownValues, type RecordState } from '#lib/domain/record.ts';
import { roles } from '#lib/protocol/accounts.ts';
import { MEMBER } from '#lib/protocol/parts.ts';
import type { Change } from '#lib/protocol/sync.ts';

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
