import type * as z from 'zod/mini';
import { m } from '#lib/paraglide/messages.js';
import type { peopleAnswer, Role } from '#lib/protocol/accounts.ts';

export type Person = z.infer<typeof peopleAnswer>['people'][number];
export type DeviceListing = Person['devices'][number];

export function roleName(role: Role): string {
	return {
		adviser: m.office_role_adviser,
		coordinator: m.office_role_coordinator,
		administrator: m.office_role_administrator,
		viewer: m.office_role_viewer
	}[role]();
}

/** A role that can be given to somebody who is there. */
export type GivenRole = Exclude<Role, 'viewer'>;

/** Roles that somebody may give: only an administrator makes administrators. */
export function mayGive(giver: Role): GivenRole[] {
	return giver === 'administrator' ? ['adviser', 'coordinator', 'administrator'] : ['adviser', 'coordinator'];
}

/** Roles that somebody may invite to. A viewer comes from outside: nobody who is there becomes one. */
export const mayInvite = (inviter: Role): Role[] => [...mayGive(inviter), 'viewer'];

/** Devices in use, last contact first, and those that were revoked. */
export function sortDevices(devices: readonly DeviceListing[]): {
	inUse: DeviceListing[];
	revoked: DeviceListing[];
} {
	const newestFirst = [...devices].sort((a, b) => (b.seenAt ?? b.createdAt) - (a.seenAt ?? a.createdAt));
	return {
		inUse: newestFirst.filter((device) => device.revokedAt === null),
		revoked: newestFirst.filter((device) => device.revokedAt !== null)
	};
}
