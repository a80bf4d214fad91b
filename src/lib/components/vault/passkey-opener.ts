import type { MembershipRow } from '#lib/device/public-db.ts';
import type { Opener } from '#lib/device/vault/wraps.ts';
import { fromBase64Url, toBase64Url } from '#lib/protocol/base64url.ts';
import { passkeySecret, type PasskeyFailure, type SaidSecret } from '#lib/sync/passkeys.ts';

/** What passkeys are asked for; each answers with a secret of its own. Every vault that a passkey opens hangs on these bytes. */
const SALT = new TextEncoder().encode('reppu: the vault of a device, 1.');

/** Credentials that open this vault, base64url. */
export const passkeysOf = ({ vault }: MembershipRow): string[] =>
	(vault?.wraps ?? []).flatMap((wrap) => (wrap.kind === 'passkey' ? [toBase64Url(wrap.credential)] : []));

/** Asks for one of these passkeys, or for any of the user's; without a network. */
export async function askForOpener(
	credentialIds: readonly string[]
): Promise<{ opener: Opener; said: SaidSecret } | PasskeyFailure> {
	const said = await passkeySecret(credentialIds, SALT);
	if ('failure' in said) return said;
	return { opener: { kind: 'passkey', credential: fromBase64Url(said.id), secret: said.secret }, said };
}
