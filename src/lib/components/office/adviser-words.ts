import { m } from '#lib/paraglide/messages.js';

/** An adviser's name. Whoever has left since is told as such. */
export const adviserName = (membership: string, names: ReadonlyMap<string, string>): string =>
	names.get(membership) ?? m.plan_adviser_gone();

/** Names of advisers in one line, by membership; '' where there are none. */
export const adviserWords = (memberships: readonly string[], names: ReadonlyMap<string, string>): string =>
	memberships.map((one) => adviserName(one, names)).join(', ');
