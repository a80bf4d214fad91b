import { codeLists, findCode, isSensitiveTopic, topicGroupOf, topicGroups } from '#lib/domain/code-lists.ts';
import type { Labels } from '#lib/domain/codes/code.ts';
import { baseLanguages, packLanguages } from '#lib/domain/languages.ts';

/**
 * The classes that figures are published by. They are known beforehand, whatever a register holds: a class that stood there only where it occurs
 * would say of the others that they do not. Each leads to one class of the next coarser kind, so that tables by both can be set against each other.
 */

const groups: readonly string[] = topicGroups.map(({ id }) => id);

/** A topic's group; one of a newer version is something else. */
export function publicGroupOf(topic: string): string {
	if (topic === '') return '';
	const group = topicGroupOf(topic);
	return groups.includes(group) ? group : 'other';
}

/** A topic; one that is sensitive, or may be in a newer version, is its group. */
export const publicTopicOf = (topic: string): string =>
	topic !== '' && isSensitiveTopic(topic) ? publicGroupOf(topic) : topic;

/** Topics in five. */
export const topicAreas: readonly (Labels & { id: string; groups: readonly string[] })[] = [
	{
		id: 'permits-decisions',
		fi: 'Luvat, lomakkeet ja päätökset',
		sv: 'Tillstånd, blanketter och beslut',
		en: 'Permits, forms and decisions',
		groups: ['permits', 'forms-decisions']
	},
	{
		id: 'work-study',
		fi: 'Työ, koulutus ja kieli',
		sv: 'Arbete, utbildning och språk',
		en: 'Work, education and language',
		groups: ['integration', 'language', 'work', 'education']
	},
	{
		id: 'living',
		fi: 'Toimeentulo, asuminen ja arki',
		sv: 'Försörjning, boende och vardag',
		en: 'Income, housing and everyday life',
		groups: ['social-security', 'money', 'housing', 'everyday']
	},
	{
		id: 'health-family',
		fi: 'Terveys, perhe ja oikeudet',
		sv: 'Hälsa, familj och rättigheter',
		en: 'Health, family and rights',
		groups: ['health', 'family', 'rights-safety']
	},
	{ id: 'others', fi: 'Muu asia', sv: 'Annat ärende', en: 'Other matters', groups: ['leisure', 'other'] }
];

const areaOfGroup = (group: string): string =>
	topicAreas.find((area) => area.groups.includes(group))?.id ?? 'others';

export const topicAreaOf = (topic: string): string => (topic === '' ? '' : areaOfGroup(publicGroupOf(topic)));

const ownLanguages: readonly string[] = [...baseLanguages, ...packLanguages];
const fewLanguages = ['fi', 'sv', 'en', 'ru', 'uk', 'et', 'ar'] as const;

/** A language that content is made in, or another. */
export const publicLanguageOf = (code: string): string =>
	code === '' || code === 'unknown' || ownLanguages.includes(code) ? code : 'other';

/** The languages that advice is asked for most, or another. */
export const languageGroupOf = (code: string): string =>
	code === '' || code === 'unknown' || fewLanguages.some((one) => one === code) ? code : 'other';

/** Every class of a dimension that figures are published by, ending with those that say that nothing is known. */
export const publicClasses = {
	publicTopic: [
		...groups,
		...codeLists.topic.codes.filter(({ id }) => !isSensitiveTopic(id)).map(({ id }) => id),
		''
	],
	publicGroup: [...groups, ''],
	topicArea: [...topicAreas.map(({ id }) => id), ''],
	publicLanguage: [...ownLanguages, 'other', 'unknown', ''],
	languageGroup: [...fewLanguages, 'other', 'unknown', '']
} as const satisfies Record<string, readonly string[]>;

/** Which class of the coarser dimension each class of a finer one is part of. */
export const nesting = [
	{ of: 'publicTopic', in: 'publicGroup', part: publicGroupOf },
	{ of: 'publicGroup', in: 'topicArea', part: areaOfClass },
	{ of: 'publicLanguage', in: 'languageGroup', part: languageGroupOf }
] as const;

function areaOfClass(group: string): string {
	return group === '' ? '' : areaOfGroup(group);
}

/** A reason for coming as it may be told outside: what is sensitive, or may be in a newer version, is another. */
export function publicGroundOf(ground: string): string {
	const code = findCode('residence-ground', ground);
	return ground === '' || (code && !code.sensitive) ? ground : 'other';
}
