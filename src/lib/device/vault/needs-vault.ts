import type { MembershipRow } from '#lib/device/public-db.ts';

/** Its user has still to choose how it is locked; until then nothing is read from the server. Sample data need no lock. */
export const needsVault = ({ demo, vault }: MembershipRow): boolean => !demo && !vault;
