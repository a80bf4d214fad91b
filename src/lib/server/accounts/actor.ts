import type { Actor } from '#lib/server/policy/policy.ts';

/** Whose device it is, and whether both are still there, for the policy. */
export function actorOf(row: {
	organisation_id: string;
	membership_id: string;
	role: string;
	revoked_at: number | null;
	ended_at: number | null;
}): Actor {
	return {
		organisation: row.organisation_id,
		membership: row.membership_id,
		role: row.role,
		device: row.revoked_at === null ? 'active' : 'revoked',
		member: row.ended_at === null ? 'active' : 'ended'
	};
}
