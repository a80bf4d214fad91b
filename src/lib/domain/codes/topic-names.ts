import type { Labels } from './code.ts';

/**
 * Names of the topic groups that fit a tile, at most 26 letters; what is longer than a tile
 * carries a soft hyphen, because browsers do not hyphenate Finnish and Swedish dependably. Apart from `topics.ts`, so that the first screen can show them without the second level.
 */
// prettier-ignore
export const topicNames = {
	permits: { fi: 'Luvat ja kansalaisuus', sv: 'Tillstånd, medborgarskap', en: 'Permits and citizenship' },
	'forms-decisions': { fi: 'Lomakkeet ja päätökset', sv: 'Blanketter och beslut', en: 'Forms and decisions' },
	integration: { fi: 'Kotoutumis\u00adpalvelut', sv: 'Integrations\u00adtjänster', en: 'Integration services' },
	language: { fi: 'Suomen ja ruotsin kieli', sv: 'Finska och svenska', en: 'Finnish and Swedish' },
	work: { fi: 'Työ ja yrittäjyys', sv: 'Arbete och företagande', en: 'Work and entrepreneur\u00adship' },
	education: { fi: 'Koulutus', sv: 'Utbildning', en: 'Education' },
	'social-security': { fi: 'Sosiaaliturva ja etuudet', sv: 'Social trygghet, förmåner', en: 'Social security, benefits' },
	money: { fi: 'Raha, pankki ja verotus', sv: 'Pengar, bank och skatt', en: 'Money, bank and tax' },
	housing: { fi: 'Asuminen', sv: 'Boende', en: 'Housing' },
	health: { fi: 'Terveys ja hyvinvointi', sv: 'Hälsa och välbefinnande', en: 'Health and wellbeing' },
	family: { fi: 'Perhe ja lapset', sv: 'Familj och barn', en: 'Family and children' },
	'rights-safety': { fi: 'Oikeudet ja turvallisuus', sv: 'Rättigheter och säkerhet', en: 'Rights and safety' },
	everyday: { fi: 'Arki, liikkuminen ja digi', sv: 'Vardag, trafik, e-tjänster', en: 'Daily life, travel, online' },
	leisure: { fi: 'Vapaa-aika ja osallisuus', sv: 'Fritid och delaktighet', en: 'Leisure and participation' },
	other: { fi: 'Muu asia', sv: 'Annat ärende', en: 'Other matter' }
} as const satisfies Readonly<Record<string, Labels>>;
