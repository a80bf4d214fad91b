import { memberOfPart } from '#lib/protocol/parts.ts';

const IMPORTED_PART = 'imported:';

/**
 * The part of visits that a member has from an old register. It is in nobody's scope: what is years old counts in every report and fills no phone
 * (decision 0035).
 */
export const importedPart = (membership: string): string => `${IMPORTED_PART}${membership}`;

/** Whose visits a part holds, logged here or brought in; undefined for the other parts. */
export const ownerOfPart = (part: string): string | undefined =>
	part.startsWith(IMPORTED_PART) ? part.slice(IMPORTED_PART.length) : memberOfPart(part);
