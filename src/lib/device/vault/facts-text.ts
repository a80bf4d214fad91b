import type { VisitFacts } from '#lib/domain/visit-facts.ts';

/**
 * Version of `VisitFacts` and of the rules by which they are made. Whoever changes what comes out of `factsOfSaid` counts it on: what lies written by
 * another version is then made anew from the visit. facts-text.test.ts holds this version to what it has always said.
 */
const VERSION = '1';

/** Between two facts, and between two topics: each value has passed its schema in visit.ts, and no code or day has a blank in it. */
const TAB = '\t';
const AND = ' ';

/** What statistics count of a visit, in one line of text: five thousand are read at once, and taking them out of JSON would take several times as long. */
export function writeFacts(facts: VisitFacts): string {
	return [
		VERSION,
		facts.date,
		facts.municipality,
		facts.clientMunicipality,
		facts.desk,
		facts.channel,
		facts.language,
		facts.interpreting,
		facts.duration,
		facts.clientStatus,
		facts.residenceLength,
		facts.residenceGround,
		facts.ageBand,
		facts.citizenshipGroup,
		facts.origin,
		facts.education,
		facts.employment,
		facts.topics.join(AND),
		facts.participants,
		facts.referrals,
		facts.followUp
	].join(TAB);
}

/** Reads what `writeFacts` wrote; undefined where another version of it did. */
export function readFacts(line: string): VisitFacts | undefined {
	// By place and not taken apart by name: that goes through an iterator, value by value, in code that has not run before.
	const values = line.split(TAB);
	if (values[0] !== VERSION) return undefined;
	const topics = values[17] ?? '';
	return {
		date: values[1] ?? '',
		municipality: values[2] ?? '',
		clientMunicipality: values[3] ?? '',
		desk: values[4] ?? '',
		channel: values[5] ?? '',
		language: values[6] ?? '',
		interpreting: values[7] ?? '',
		duration: values[8] ?? '',
		clientStatus: values[9] ?? '',
		residenceLength: values[10] ?? '',
		residenceGround: values[11] ?? '',
		ageBand: values[12] ?? '',
		citizenshipGroup: values[13] ?? '',
		origin: values[14] ?? '',
		education: values[15] ?? '',
		employment: values[16] ?? '',
		topics: topics === '' ? [] : topics.split(AND),
		participants: values[18] ?? '',
		referrals: values[19] ?? '',
		followUp: values[20] ?? ''
	};
}
