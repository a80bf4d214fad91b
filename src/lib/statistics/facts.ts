import { helsinki } from '#lib/domain/dates.ts';
import type { JsonValue } from '#lib/domain/json.ts';
import { removal, type RecordState } from '#lib/domain/record.ts';
import { backgroundFields, readVisit, type KnownValues, type VisitField } from '#lib/domain/visit.ts';

/**
 * What statistics count of one visit. Phone and server make it with this same function, so that both count alike.
 * `''` means "not asked": it is a class of its own and never mixed with `unknown`.
 */
export interface VisitFacts {
	/** Civil date in Europe/Helsinki. */
	date: string;
	/** Municipality of the desk, or '' without a place. */
	municipality: string;
	clientMunicipality: string;
	desk: string;
	channel: string;
	language: string;
	interpreting: string;
	duration: string;
	clientStatus: string;
	residenceLength: string;
	residenceGround: string;
	ageBand: string;
	citizenshipGroup: string;
	origin: string;
	education: string;
	employment: string;
	topics: string[];
}

/** Fields that statistics look at; the others are not even read. */
const COUNTED = [
	'at',
	'deskMunicipality',
	'clientMunicipality',
	'desk',
	'channel',
	'language',
	'interpreting',
	'duration',
	'clientStatus',
	...backgroundFields,
	'topics'
] as const satisfies readonly VisitField[];

/** The facts of a record, or undefined where it counts for nothing: removed, or without a time. */
export function visitFacts(id: string, state: RecordState): VisitFacts | undefined {
	if (removal(state) === 'yes') return undefined;
	const shown: Record<string, JsonValue> = {};
	for (const field of COUNTED) {
		const highest = state.heads[field]?.at(-1);
		if (highest) shown[field] = highest.value;
	}
	return factsOfValues(readVisit(id, shown));
}

/** The same of a record that stands, from values that have passed their schema. */
export function factsOfValues(
	visit: Readonly<Pick<KnownValues, (typeof COUNTED)[number]>>
): VisitFacts | undefined {
	if (!visit.at) return undefined;
	return {
		date: helsinki(visit.at).date,
		municipality: visit.deskMunicipality ?? '',
		clientMunicipality: visit.clientMunicipality ?? '',
		desk: visit.desk ?? '',
		channel: visit.channel ?? '',
		language: visit.language ?? '',
		interpreting: visit.interpreting ?? '',
		duration: visit.duration ?? '',
		clientStatus: visit.clientStatus ?? '',
		residenceLength: visit.residenceLength ?? '',
		residenceGround: visit.residenceGround ?? '',
		ageBand: visit.ageBand ?? '',
		citizenshipGroup: visit.citizenshipGroup ?? '',
		origin: visit.origin ?? '',
		education: visit.education ?? '',
		employment: visit.employment ?? '',
		topics: [...new Set(visit.topics ?? [])]
	};
}
