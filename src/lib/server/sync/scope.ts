import { SERVICE } from '#lib/domain/service-record.ts';
import type { Role } from '#lib/protocol/accounts.ts';
import { DIRECTORY_PART, ORGANISATION_PART, OWN_PART, partOfMember } from '#lib/protocol/parts.ts';
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

/** Whether a role reads and corrects what others of its organisation logged. An administrator keeps people, not visits. */
export function seesAllMembers(role: Role): boolean {
	return role === 'coordinator';
}

/** Whether a role edits the directory. */
export function keepsDirectory(role: Role): boolean {
	return role === 'coordinator';
}

/** The part that a record of a collection belongs to, where that does not depend on who made it. */
export function partOfCollection(collection: string): string | undefined {
	return collection === SERVICE ? DIRECTORY_PART : undefined;
}

/**
 * Everything a reader may see, and nothing else (design.md §5.6): everybody the organisation's desks, tour and directory; who logs
 * visits their own; a coordinator those of every member, also of members who have left.
 */
export async function scopeOf(
	store: Store,
	{ organisation, membership, role }: Reader
): Promise<ScopePart[]> {
	const parts: ScopePart[] = [
		{ name: ORGANISATION_PART, part: 'organisation' },
		{ name: DIRECTORY_PART, part: 'directory' }
	];
	if (role !== 'viewer') parts.push({ name: OWN_PART, part: partOfMember(membership) });
	if (!seesAllMembers(role)) return parts;
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
