import type { Database } from '#lib/server/storage/schema.ts';
import type { Column } from '#lib/statistics/dimensions.ts';

/** Where each column that statistics count by lies in `visit_facts`. */
export const factColumns = {
	date: 'date',
	municipality: 'municipality',
	clientMunicipality: 'client_municipality',
	desk: 'desk_id',
	adviser: 'membership_id',
	channel: 'channel',
	language: 'language',
	interpreting: 'interpreting',
	duration: 'duration',
	clientStatus: 'client_status',
	residenceLength: 'residence_length',
	residenceGround: 'residence_ground',
	ageBand: 'age_band',
	citizenshipGroup: 'citizenship_group',
	origin: 'origin',
	education: 'education',
	employment: 'employment',
	topics: 'topics',
	participants: 'participants',
	referrals: 'referrals',
	followUp: 'follow_up'
} as const satisfies Record<Column, keyof Database['visit_facts']>;
