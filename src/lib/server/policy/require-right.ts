import type { Session } from '#lib/server/accounts/sessions.ts';
import { ApiError } from '#lib/server/api-error.ts';
import { denial, type Action } from './policy.ts';

/** The session of somebody who may do this, or the answer for somebody who may not. `owner`: the member whose it is, where it is one's. */
export function requireRight(session: Session | undefined, action: Action, owner?: string): Session {
	if (!session) throw new ApiError(401, 'sign_in');
	const { organisation, membership, role } = session;
	// A session that was found is of a device and of a member that are there.
	const actor = { organisation, membership, role, device: 'active', member: 'active' } as const;
	if (denial(actor, action, { organisation, owner })) throw new ApiError(403, 'not_allowed');
	return session;
}
