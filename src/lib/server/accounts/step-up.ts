import { ApiError } from '#lib/server/api-error.ts';
import type { ServerContext } from '#lib/server/context.ts';
import { note } from '#lib/server/audit/note.ts';
import type { Store } from '#lib/server/storage/store.ts';
import { beginSession, type Session } from './sessions.ts';

/** How long a proof counts, ms. */
const PROOF_LASTS = 5 * 60_000;

/**
 * Throws 403 `step_up_needed` unless whoever is signed in has proved within the last minutes who they are: by a passkey, by the
 * municipality's account, or by a code that somebody else gave them. For what a stolen session or an unlocked screen must not be enough: taking everything out,
 * changing roles, changing how somebody signs in. The demo has nothing to protect and asks for nothing.
 */
export function requireProof({ now }: Pick<ServerContext, 'now'>, { demo, provedAt }: Session): void {
	if (!demo && now() - provedAt > PROOF_LASTS) throw new ApiError(403, 'step_up_needed');
}

/** The same, where the member has a passkey: without one, the first is added with what there is. */
export async function requireProofByPasskey(
	server: Pick<ServerContext, 'store' | 'now'>,
	session: Session
): Promise<void> {
	const has = await server.store.db
		.selectFrom('passkeys')
		.select('id')
		.where('organisation_id', '=', session.organisation)
		.where('membership_id', '=', session.membership)
		.limit(1)
		.executeTakeFirst();
	if (has) requireProof(server, session);
}

/** Somebody has proved again who they are: their session goes on under a new token, which is given. */
export async function renewSession(store: Store, session: Session, now: number): Promise<string> {
	return store.write(async (trx) => {
		const { device, membership } = session;
		await note(trx, session, [{ event: 'sign-in', kind: 'device', ids: [device], whose: membership }], now);
		return beginSession(trx, session, 'passkey', now);
	});
}
