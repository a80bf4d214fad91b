/** Names on the wire of the parts of a scope. */

/** Desks, tour and settings of the organisation. */
export const ORGANISATION_PART = 'organisation';
/** The service directory: public, and in the phone's shared database. */
export const DIRECTORY_PART = 'directory';
/** What the reader's own membership logged. */
export const OWN_PART = 'own';

/** Counts of what clients were shown: everybody's devices write it, and none reads it. */
export const SHOWN_PART = 'shown';

const MEMBER_PART = 'member:';

/** What another member logged. */
export function partOfMember(membership: string): string {
	return `${MEMBER_PART}${membership}`;
}

/** The member that a part belongs to; undefined for the others. */
export function memberOfPart(part: string): string | undefined {
	return part.startsWith(MEMBER_PART) ? part.slice(MEMBER_PART.length) : undefined;
}

/** Collection of the members of an organisation, in its part of that name: who they are to their colleagues. */
export const MEMBER = 'member';
