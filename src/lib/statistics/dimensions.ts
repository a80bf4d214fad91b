import { topicGroupOf, type ListId } from '#lib/domain/code-lists.ts';
import { currentMunicipality } from '#lib/domain/municipalities.ts';
import {
	languageGroupOf,
	publicGroundOf,
	publicGroupOf,
	publicLanguageOf,
	publicTopicOf,
	topicAreaOf
} from './public-classes.ts';
import { partsOf, type VisitFacts } from '#lib/domain/visit-facts.ts';
import { unitOf, type PeriodUnit } from './periods.ts';

/** A value that a visit is counted by, as text: a fact of the visit, or whose visit it is. Topics are one value, their JSON list. */
export type Column = keyof VisitFacts | 'adviser';

export const columns = [
	'date',
	'municipality',
	'clientMunicipality',
	'desk',
	'adviser',
	'channel',
	'language',
	'interpreting',
	'duration',
	'clientStatus',
	'residenceLength',
	'residenceGround',
	'ageBand',
	'citizenshipGroup',
	'origin',
	'education',
	'employment',
	'topics',
	'participants',
	'referrals',
	'followUp'
] as const satisfies readonly Column[];

/** The classes that a value belongs to: one, but for lists (topics, participants, referrals), where a visit counts once in every class that it touched. */
type ClassesOf = (value: string) => readonly string[];

interface DimensionBase {
	column: Column;
	classesOf: ClassesOf;
	/** A visit can be in several classes, so these are never summed. */
	many?: true;
	/** Classes that are a code of this list; the others are told by their own names: places, people, languages, countries, times. */
	list?: ListId;
	/** Classes that follow one another in time. */
	unit?: PeriodUnit;
}

const itself: ClassesOf = (value) => [value];
const of = (column: Column, list?: ListId): DimensionBase =>
	list ? { column, classesOf: itself, list } : { column, classesOf: itself };
const place = (column: 'municipality' | 'clientMunicipality'): DimensionBase => ({
	column,
	classesOf: (code) => [currentMunicipality(code)]
});
const time = (unit: PeriodUnit): DimensionBase => ({
	column: 'date',
	classesOf: (date) => [unitOf(date, unit)],
	unit
});

/** Topics as they stand in their column; a visit without any is in the class ''. */
function topicsOf(value: string): readonly string[] {
	const topics = JSON.parse(value) as string[];
	return topics.length > 0 ? topics : [''];
}

/** A visit counts once in each class that its topics lead to. */
const topics = (classOf: (topic: string) => string, list?: ListId): DimensionBase => ({
	column: 'topics',
	classesOf: (value) => [...new Set(topicsOf(value).map(classOf))],
	many: true,
	...(list && { list })
});

/** What a part of a list says at a place of it. Who was sent nowhere was so in no way, and nothing came of it: that is a class of each. */
const atPlace = (part: string, place: number): string =>
	part.startsWith('none/') ? 'none' : (part.split('/')[place] ?? '');

/** What each part of a list leads to; each class once. */
const partly = (column: 'participants' | 'referrals', place: number, list?: ListId): DimensionBase => ({
	column,
	classesOf: (value) => [...new Set(partsOf(value).map((part) => atPlace(part, place)))],
	many: true,
	...(list && { list })
});

/** Longest waits of the classes that people ask for, days; what took longer is `over-30`. */
const WAITS = [
	[7, 'to-7'],
	[14, '8-14'],
	[30, '15-30']
] as const;

const daysOf = (followUp: string): string => /^P(\d+)D$/.exec(followUp)?.[1] ?? '';

function waitOf(followUp: string): string {
	const days = daysOf(followUp);
	return days && (WAITS.find(([most]) => Number(days) <= most)?.[1] ?? 'over-30');
}

/** What a follow-up column says, in one class. */
const follows = (classOf: (followUp: string) => string): DimensionBase => ({
	column: 'followUp',
	classesOf: (value) => [classOf(value)]
});

/**
 * Everything that visits are counted by, declared once: the phone counts with it in memory, the server what its database has selected. The class
 * '' says that nothing was asked or noted, `unknown` that it was asked and is not known; the two are never mixed. A class that this version does
 * not know comes from a newer phone and is counted like the others.
 */
const dimensions = {
	day: time('day'),
	week: time('week'),
	month: time('month'),
	quarter: time('quarter'),
	year: time('year'),
	/** Of the desk when the visit was logged; '' without a place. One that merged is what it belongs to today. */
	municipality: place('municipality'),
	desk: of('desk'),
	/** Whose visit it is, by membership. */
	adviser: of('adviser'),
	channel: of('channel', 'contact-channel'),
	language: of('language'),
	interpreting: of('interpreting', 'interpreting'),
	duration: of('duration', 'duration'),
	topicGroup: topics(topicGroupOf),
	topic: { column: 'topics', classesOf: topicsOf, many: true, list: 'topic' } as DimensionBase,
	/** As it may be told outside the organisation, ever more coarsely: classes that are known beforehand, without any that is sensitive. */
	publicTopic: topics(publicTopicOf, 'topic'),
	publicGroup: topics(publicGroupOf),
	topicArea: topics(topicAreaOf),
	publicLanguage: { column: 'language', classesOf: (code) => [publicLanguageOf(code)] } as DimensionBase,
	languageGroup: { column: 'language', classesOf: (code) => [languageGroupOf(code)] } as DimensionBase,
	/** Where the client lives; never inferred. */
	clientMunicipality: place('clientMunicipality'),
	clientStatus: of('clientStatus', 'client-status'),
	residenceLength: of('residenceLength', 'residence-length'),
	residenceGround: of('residenceGround', 'residence-ground'),
	ageBand: of('ageBand', 'age-band'),
	citizenshipGroup: of('citizenshipGroup', 'citizenship-group'),
	origin: of('origin'),
	/** As it may be told outside the organisation: what is sensitive, or may be in a newer version, is "other". */
	publicGround: {
		column: 'residenceGround',
		classesOf: (ground) => [publicGroundOf(ground)],
		list: 'residence-ground'
	} as DimensionBase,
	education: of('education', 'education'),
	employment: of('employment', 'employment-status'),
	/** Languages of those who took part; of a contact with one client that of the contact. */
	participantLanguage: partly('participants', 0),
	/** Where clients were sent, how, and what came of it. `none`: not sent anywhere. */
	sentTo: partly('referrals', 0, 'partner-body'),
	sentHow: partly('referrals', 1, 'referral-method'),
	takenUp: partly('referrals', 2, 'taken-up'),
	/** Whether somebody still has to look how it went, or has looked. */
	followUp: follows((value) => value && (daysOf(value) ? 'looked' : 'open')),
	/** Days from the contact until somebody has looked, in classes. */
	followUpWait: follows(waitOf),
	/** The same, each number by itself. */
	followUpDays: follows(daysOf),
	/** The day on which somebody looks; none where somebody has. */
	followUpDue: { ...follows((value) => (daysOf(value) ? '' : value)), unit: 'day' } as DimensionBase
} as const satisfies Record<string, DimensionBase>;

export type DimensionId = keyof typeof dimensions;
export const dimensionIds = Object.keys(dimensions) as DimensionId[];

/**
 * The parts of a value that is a list, each as a value of its own: two dimensions of one list are told of the same part. Who was sent to Kela by
 * telephone and elsewhere with a letter was not sent to Kela with a letter.
 */
export function partsIn(column: Column, value: string): readonly string[] {
	if (column === 'topics') return topicsOf(value).map((topic) => JSON.stringify(topic ? [topic] : []));
	return column === 'participants' || column === 'referrals' ? partsOf(value) : [value];
}

/** A dimension as it is declared. */
export const dimension = (id: DimensionId): DimensionBase => dimensions[id];

/** What tells in which municipality a contact was, or lives. */
const places: readonly DimensionId[] = ['municipality', 'clientMunicipality', 'desk'];

/**
 * As what the dimensions of a table or a filter are counted that stand beside these: sensitive grounds of residence are told apart only where no
 * municipality is, inside the organisation as well.
 */
export function countedAs(id: DimensionId, beside: Iterable<DimensionId>): DimensionId {
	if (id !== 'residenceGround') return id;
	for (const other of beside) if (places.includes(other)) return 'publicGround';
	return id;
}

/**
 * By what figures may be published at all. Not by person or desk, which inside a small municipality is a person, too; not by day; not by lists
 * that tell sensitive classes apart (design.md §8): a shelter is among the places where clients are sent; and not by what nobody has published yet.
 */
const INTERNAL: readonly DimensionId[] = [
	'day',
	'adviser',
	'desk',
	'topic',
	'residenceGround',
	'participantLanguage',
	'sentTo',
	'sentHow',
	'takenUp',
	'followUp',
	'followUpWait',
	'followUpDays',
	'followUpDue'
];
export const isPublic = (id: DimensionId): boolean => !INTERNAL.includes(id);
