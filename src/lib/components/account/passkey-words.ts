import { errorText } from '#lib/components/error-text.ts';
import { m } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';
import type { PasskeyFailure } from '#lib/sync/passkeys.ts';

/** Why a passkey did not do it, that nothing has changed, and what to do. */
export function passkeyWords(failed: PasskeyFailure): string {
	if (failed.failure === 'code') return errorText(failed.code, getLocale());
	return {
		offline: m.account_fault_offline,
		cancelled: m.account_fault_cancelled,
		exists: m.account_fault_exists,
		unable: m.account_fault_unable
	}[failed.failure]();
}
