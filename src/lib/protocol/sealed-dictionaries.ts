/**
 * What ops have in common, handed to DEFLATE before each op that is sealed: a lone op is too short to compress by itself. Phones
 * and server must hold the same text, so a released one never changes and is kept for ever; a better one gets the next number.
 * What comes often stands at the end: it is the cheapest to point at.
 */

const quoted = (words: string) => `"${words.trim().split(/\s+/).join('","')}"`;

/** Under one of its groups, each topic of it. */
const topics = (group: string, words: string) =>
	quoted(words.trim().replaceAll(/\S+/g, (word) => `${group}.${word}`));

const FIRST = [
	topics('leisure', 'voting religion associations library-culture hobbies'),
	topics('rights-safety', 'undocumented trafficking violence crime-victim discrimination legal-aid'),
	topics('family', 'youth child-protection marriage-divorce parenting-support early-childhood'),
	topics(
		'health',
		'elderly-care disability substance-use maternity-child-health mental-health dental health-centre'
	),
	topics('housing', 'moving-utilities homelessness housing-problem rental-agreement finding-home'),
	topics('everyday', 'interpreting phone-internet-post public-transport driving-licence digital-support'),
	topics('money', 'consumer debt eid bank tax'),
	topics(
		'work',
		`professional-licence entrepreneurship work-placement skills-recognition employment-rights
		unemployment-registration job-search`
	),
	topics(
		'education',
		`study-finance qualification-recognition applying-studies adult-education higher-education upper-secondary
		basic-education`
	),
	topics(
		'social-security',
		`sickness-disability-benefit pension family-benefits housing-allowance social-assistance
		unemployment-benefit social-security-coverage`
	),
	topics(
		'integration',
		`municipal-placement basic-information integration-training civic-orientation integration-plan
		service-needs-assessment`
	),
	topics('language', 'conversation-group language-test literacy language-course'),
	topics(
		'permits',
		`return-migration identity-card travel-document temporary-protection international-protection
		family-reunification eu-registration citizenship population-register residence-permit`
	),
	topics(
		'forms-decisions',
		'certificates appointment-booking appeal process-status decision-explained form-filling'
	),
	quoted('upper-secondary-general bachelor master doctoral under-basic basic none'),
	quoted('reception unable pensioner home student training unemployed entrepreneur employed'),
	quoted('finnish-citizen return nordic eu study work protection family'),
	quoted('stateless eu-eea-ch nordic fi 65- 45-64 25-44 15-24 0-14 over-5 3-5 1-3 under-1 not-in-finland'),
	quoted(
		`other elinvoimakeskus business-advice embassy bank interpreting-service reception-centre
		trafficking-assistance victim-support legal-aid parish trade-union employer housing-provider library
		other-advice-point international-house school early-childhood police wellbeing-health
		municipal-integration ngo educational-institution tax dvv wellbeing-social migri employment-authority kela`
	),
	quoted('information-transfer letter accompanied booked called-together told'),
	quoted(
		`consulted follow-up material digital-help accompanied referral booking contact-made letter-explained
		information form-help guidance`
	),
	quoted(
		'consultation event group letter video chat messaging email sms phone home-visit outreach pop-up appointment walk-in'
	),
	quoted(
		'needed-unavailable plain-language machine companion interpreter-video interpreter-onsite interpreter-phone none'
	),
	quoted('tr zh vi fa th so en ar et uk ru elsewhere abroad unknown'),
	// How notes go on in Finnish, with the words of the field.
	`asiakkaan asiakkaalle perheen lapsen puolison tulkin kanssa vielä mutta että myös ennen jälkeen sekä ei ole nyt uusi
	kysyi tarvitsee haki soitettiin sovittiin varattiin ohjattiin autettiin täytettiin lähetettiin tulostettiin tarkistettiin
	työpaikka asunto vuokra todistus henkilötunnus verokortti pankki puhelin sähköposti kotikunta koulu päivähoito kurssi tutkinto
	oleskelulupa hakemuksen päätös päätöksen valitus liite kirjeen lomakkeen aika viikko ensi kuukausi maksu lasku tuki etuus
	Migri Kela Kelan Kelaan TE-palvelut hakemus Asiakas tuli `.replaceAll(/\s+/g, ' '),
	'"state":"mended","state":"handed-over","state":"discarded"},"topicText":"","rejection","removed":true},',
	'"clock":"01a215e546a","base":{"at":["01a215e546a"],"desk":["deskMunicipality":["clientMunicipality":["channel":[',
	'"language":["interpreting":["topics":["actions":["referrals":["duration":["residenceLength":["01a"]},"schema":1}',
	'{"collection":"visit","recordId":"01a215e5-46ae-7","fields":{"at":"2026-11-26T09:30:00.000Z","desk":null,',
	'"deskMunicipality":null,"clientMunicipality":"263","channel":"phone","language":"fi","interpreting":"own-language",',
	'"topics":["permits","social-security"],"actions":["guidance","form-help"],"referrals":[{"to":"kela","how":"told",',
	'"service":"01a215e5-46ae-7"}],"duration":"30-60","clientStatus":"returning","residenceLength":"over-5",',
	'"residenceGround":"temporary-protection","ageBand":"25-44","citizenshipGroup":"third-country","origin":"UA",',
	'"education":"upper-secondary-vocational","employment":"unemployed","notes/01a215e5-46ae-7":{"text":"Asiakas ',
	'","at":"2027-01-15T10:00:00.000Z"}},"clock":"01a215e546a","base":{},"schema":1}',
	'{"collection":"visit","recordId":"01a215e5-46ae-7","fields":{"at":"2026-12-08T12:00:00.000Z","desk":"01980000-0000-7000-8',
	'000-00000000","deskMunicipality":"140","channel":"roaming","language":"uk","interpreting":"interpreter-phone",',
	'"topics":["forms-decisions.form-filling"],"actions":["guidance"],"duration":"15-30","residenceLength":"1-3",',
	'"clientMunicipality":"140","clientStatus":"new","referrals":[{"to":"kela","how":"told"}]},"clock":"01a215e546a",',
	'"base":{},"schema":1}'
];

/** By the number that a sealed op names. */
const texts: ReadonlyMap<number, readonly string[]> = new Map([[1, FIRST]]);

/** The one that ops are sealed with now. */
export const NEWEST_DICTIONARY = 1;

const read = new Map<number, Uint8Array<ArrayBuffer>>();

/** The bytes of a dictionary; undefined: a newer version than this one has it. */
export function dictionary(id: number): Uint8Array<ArrayBuffer> | undefined {
	let bytes = read.get(id);
	const text = texts.get(id);
	if (!bytes && text) read.set(id, (bytes = new TextEncoder().encode(text.join(''))));
	return bytes;
}
