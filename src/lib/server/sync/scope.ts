import type { Role } from '#lib/protocol/accounts.ts';
import { DIRECTORY_PART, ORGANISATION_PART, OWN_PART, partOfMember } from '#lib/protocol/parts.ts';
import { roleMay } from '#lib/server/policy/policy.ts';
import type { Store } from '#lib/server/storage/store.ts';

/** A part of what somebody may read: its name on the wire, and the value of `records.part`. */
export interface ScopePart {
	name: string;
	part: string;
}

/** Whose device asks. */
export interface Reader {
	organisation: string;
	membership: string;
	role: Role;
}

/**
 * Everything a reader may see, and nothing else (design.md §5.6): everybody the directory; whoever works here the organisation's desks and
 * tour and what they logged; a coordinator what every member logged, also of members who have left.
 */
export async function scopeOf(
	store: Store,
	{ organisation, membership, role }: Reader
): Promise<ScopePart[]> {
	const parts: ScopePart[] = [];
	if (roleMay(role, 'organisation:read')) parts.push({ name: ORGANISATION_PART, part: ORGANISATION_PART });
	if (roleMay(role, 'directory:read')) parts.push({ name: DIRECTORY_PART, part: DIRECTORY_PART });
	if (roleMay(role, 'visit:read', 'own')) parts.push({ name: OWN_PART, part: partOfMember(membership) });
	if (!roleMay(role, 'visit:read')) return parts;
	const members = await store.db
		.selectFrom('memberships')
		.select('id')
		.where('organisation_id', '=', organisation)
		.where('id', '!=', membership)
		.orderBy('id')
		.execute();
	for (const { id } of members) parts.push({ name: partOfMember(id), part: partOfMember(id) });
	return parts;
}
