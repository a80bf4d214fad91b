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
	const [
		version,
		date = '',
		municipality = '',
		clientMunicipality = '',
		desk = '',
		channel = '',
		language = '',
		interpreting = '',
		duration = '',
		clientStatus = '',
		residenceLength = '',
		residenceGround = '',
		ageBand = '',
		citizenshipGroup = '',
		origin = '',
		education = '',
		employment = '',
		topics = '',
		participants = '',
		referrals = '',
		followUp = ''
	] = line.split(TAB);
	if (version !== VERSION) return undefined;
	return {
		date,
		municipality,
		clientMunicipality,
		desk,
		channel,
		language,
		interpreting,
		duration,
		clientStatus,
		residenceLength,
		residenceGround,
		ageBand,
		citizenshipGroup,
		origin,
		education,
		employment,
		topics: topics === '' ? [] : topics.split(AND),
		participants,
		referrals,
		followUp
	};
}
