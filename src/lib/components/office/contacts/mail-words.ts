import { m } from '#lib/paraglide/messages.js';
import type { Mail, MailCode } from '#lib/protocol/contact-persons.ts';

const reasons: Readonly<Record<MailCode, () => string>> = {
	unreachable: m.contacts_code_unreachable,
	tls: m.contacts_code_tls,
	sign_in: m.contacts_code_sign_in,
	sender: m.contacts_code_sender,
	busy: m.contacts_code_busy,
	refused: m.contacts_code_refused,
	too_late: m.contacts_code_too_late
};

/** Why a mail has not gone out. A reason that this version does not know is one all the same. */
export function mailReason({ code, kind }: Pick<Mail, 'code' | 'kind'>): string {
	// One to try out with is not sent again by itself.
	if (code === 'refused' && kind === 'trial') return m.contacts_code_refused_trial();
	return code !== null && Object.hasOwn(reasons, code)
		? reasons[code as MailCode]()
		: m.contacts_code_other();
}
