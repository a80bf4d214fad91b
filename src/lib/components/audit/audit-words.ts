import { m } from '#lib/paraglide/messages.js';
import { auditEvents, type AuditAnswer, type AuditEvent } from '#lib/protocol/audit.ts';

export type AuditEntry = AuditAnswer['entries'][number];

const names: Readonly<Record<AuditEvent, () => string>> = {
	enrol: m.audit_event_enrol,
	'sign-in': m.audit_event_sign_in,
	'sign-in-refused': m.audit_event_sign_in_refused,
	'passkey-add': m.audit_event_passkey_add,
	'passkey-remove': m.audit_event_passkey_remove,
	'directory-name': m.audit_event_directory_name,
	'ways-remove': m.audit_event_ways_remove,
	'session-end': m.audit_event_session_end,
	refuse: m.audit_event_refuse,
	invite: m.audit_event_invite,
	role: m.audit_event_role,
	revoke: m.audit_event_revoke,
	read: m.audit_event_read,
	report: m.audit_event_report,
	export: m.audit_event_export,
	import: m.audit_event_import,
	'take-back': m.audit_event_take_back,
	change: m.audit_event_change,
	erase: m.audit_event_erase,
	decide: m.audit_event_decide,
	share: m.audit_event_share,
	'share-accept': m.audit_event_share_accept,
	'share-end': m.audit_event_share_end,
	set: m.audit_event_set
};

export const eventName = (event: AuditEvent): string => names[event]();

/** What has happened, in a few words. An event that this version does not know is one all the same. */
export function auditWords({
	event,
	by,
	kind,
	ids
}: Pick<AuditEntry, 'event' | 'by' | 'kind' | 'ids'>): string {
	// Nobody did it: the server itself, at night.
	if (event === 'erase' && by === null) return m.audit_period_over();
	if (event === 'read' && kind === 'visit') return m.audit_read_visits({ count: ids.length });
	if (event === 'read' && kind === 'op') return m.audit_read_ops({ count: ids.length });
	if (event === 'read' && kind === 'card') return m.audit_read_card();
	if (event === 'read' && kind === 'share') return m.audit_read_share();
	if (event === 'export' && kind === 'card') return m.audit_export_card();
	if (event === 'erase' && kind === 'card') return m.audit_unlink_card();
	if (event === 'import' && kind === 'visit') return m.audit_import_register();
	if (event === 'export' && kind === 'figures')
		return ids.length > 2 ? m.audit_export_figures_program() : m.audit_export_figures();
	if (event === 'invite' && kind === 'token') return m.audit_token_made();
	if (event === 'revoke' && kind === 'token') return m.audit_token_revoked();
	if (event === 'read' && kind === 'audit') return m.audit_read_trail();
	if (event === 'set' && kind === 'settings') return m.audit_set_settings();
	if (event === 'set' && kind === 'contact-person') return m.audit_set_contact_person();
	if (event === 'erase' && kind === 'contact-person') return m.audit_erase_contact_person();
	if (event === 'set' && kind === 'key') return m.audit_set_key();
	if (event === 'set' && kind === 'period') return m.audit_set_period();
	const known = auditEvents.find((one) => one === event);
	return known ? eventName(known) : m.audit_event_other();
}
