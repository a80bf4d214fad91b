import type { SummaryGroupId } from '#lib/components/visit-form/summary.ts';
import type { RejectedRow } from '#lib/device/rows.ts';

/** The group of the details page that holds a field. */
const groups: Readonly<Record<string, SummaryGroupId>> = {
	at: 'when',
	desk: 'when',
	deskMunicipality: 'when',
	channel: 'when',
	language: 'language',
	interpreting: 'language',
	topics: 'topics',
	topicText: 'topics',
	clientMunicipality: 'client',
	clientStatus: 'client',
	participants: 'client',
	clientCard: 'client',
	cardConsent: 'client',
	actions: 'advice',
	referrals: 'advice',
	followUp: 'advice',
	takenUp: 'advice',
	duration: 'advice'
};

/** Faults that lie in no single field: sending once more is what can be done. */
const RESEND = [
	'op_reused',
	'fork',
	'unknown_collection',
	'busy',
	'storage_full',
	'unavailable',
	'bad_json',
	'bad_request'
];

/** What mends a rejected visit: changing one group, or sending it again. Undefined: only somebody else can. */
export function fixOf(reason: RejectedRow['reason']): SummaryGroupId | 'resend' | undefined {
	const { code, field } = reason;
	if (code === 'desk_unknown' || code === 'desk_closed') return 'when';
	if (code === 'not_yours' || code === 'not_allowed') return undefined;
	if (field?.startsWith('notes/') || code === 'too_large' || code === 'too_many_fields') return 'note';
	if (field !== undefined) return groups[field] ?? 'background';
	return RESEND.includes(code) ? 'resend' : undefined;
}
