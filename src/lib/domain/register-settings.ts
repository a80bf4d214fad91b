import * as z from 'zod/mini';
import {
	codeLists,
	findCode,
	isSensitiveTopic,
	topicGroupOf,
	topicGroups,
	type Code,
	type ListId
} from './code-lists.ts';
import type { JsonValue } from './json.ts';
import type { Locale } from './languages.ts';

/**
 * What an organisation's phones ask (Finnish: kirjaamisen asetukset). Settings say what a form offers, never what a record means: what was once
 * logged stays readable whatever is switched off. One record in the organisation's part, whose id is the organisation's own.
 */

/** The collection name on the wire. */
export const SETTINGS = 'settings';

/** Version of the fields of the settings. */
export const SETTINGS_SCHEMA = 1;

/** Longest name of an own topic, characters: it stands on a chip. */
export const TOPIC_NAME_LENGTH = 60;
const MOST_TOPICS = 200;

/** A field that holds one own topic: its group, and `own-` with a key that is never given out again. */
const OWN_TOPIC_FIELD = /^topic_([a-z][a-z-]*)_(own-[0-9a-z]{4,20})$/;

/** The field of an own topic. Names of fields have no dots. */
export const topicField = (id: string): string => `topic_${id.replace('.', '_')}`;

const name = z.string().check(z.trim(), z.minLength(1), z.maxLength(TOPIC_NAME_LENGTH));
/** Its names; where one is missing another one stands in. */
const ownTopic = z
	.object({ fi: z.optional(name), sv: z.optional(name), en: z.optional(name) })
	.check(z.refine(({ fi, sv, en }) => fi !== undefined || sv !== undefined || en !== undefined));
const ids = z.array(z.string().check(z.maxLength(80))).check(z.maxLength(MOST_TOPICS));

const shapes: Readonly<Record<string, z.ZodMiniType>> = {
	/** Background questions that are not asked. */
	notAsked: ids,
	/** Answers that are only asked where the organisation wants it: list, colon, code. */
	turnedOn: ids,
	/** Topics that are no longer offered. */
	retired: ids,
	/** Own topics that a client card may open. Of one that is not here nobody has said that it is not sensitive. */
	onCards: ids,
	/** Whether clients may have a card. */
	clientCard: z.boolean(),
	/** Whether clients are asked for feedback. */
	feedback: z.boolean()
};

/** The first field of the wrong form, or undefined. A field that is not known here comes from a newer version and is kept. */
export function settingsFault(fields: Readonly<Record<string, JsonValue>>): string | undefined {
	return Object.keys(fields).find((field) => {
		const shape = OWN_TOPIC_FIELD.test(field) ? ownTopic : Object.hasOwn(shapes, field) && shapes[field];
		return shape && !shape.safeParse(fields[field]).success;
	});
}

type TopicNames = z.infer<typeof ownTopic>;

/** The settings as forms ask them. */
export interface RegisterSettings {
	notAsked: readonly string[];
	turnedOn: readonly string[];
	retired: readonly string[];
	onCards: readonly string[];
	clientCard: boolean;
	feedback: boolean;
	/** Own topics by id, in the order in which they were made. */
	topics: ReadonlyMap<string, TopicNames>;
}

/** What holds where nobody has set anything. */
export const usualSettings: RegisterSettings = {
	notAsked: [],
	turnedOn: [],
	retired: [],
	onCards: [],
	clientCard: false,
	feedback: false,
	topics: new Map()
};

/** Reads the shown values of the record; what has another form here counts as not set. */
export function readSettings(values: Readonly<Record<string, unknown>> | undefined): RegisterSettings {
	const list = (field: string): string[] => {
		const parsed = ids.safeParse(values?.[field]);
		return parsed.success ? parsed.data : [];
	};
	const topics = new Map<string, TopicNames>();
	for (const field of Object.keys(values ?? {}).sort()) {
		const [, group, key] = OWN_TOPIC_FIELD.exec(field) ?? [];
		const parsed = ownTopic.safeParse(values?.[field]);
		if (group !== undefined && parsed.success) topics.set(`${group}.${key}`, parsed.data);
	}
	return {
		notAsked: list('notAsked'),
		turnedOn: list('turnedOn'),
		retired: list('retired'),
		onCards: list('onCards'),
		clientCard: values?.['clientCard'] === true,
		feedback: values?.['feedback'] === true,
		topics
	};
}

/** Answers that are asked only where the organisation turned them on, of all lists: list, colon, code. */
export const quietAnswers: readonly { id: string; list: ListId; code: Code }[] = (
	Object.keys(codeLists) as ListId[]
).flatMap((list) =>
	codeLists[list].codes
		.filter((code) => code.askedByDefault === false && !code.retired)
		.map((code) => ({ id: `${list}:${code.id}`, list, code }))
);

/** Ids of one list's answers that the organisation turned on. */
export const turnedOnIn = ({ turnedOn }: Pick<RegisterSettings, 'turnedOn'>, list: ListId): string[] =>
	turnedOn.flatMap((one) => (one.startsWith(`${list}:`) ? [one.slice(list.length + 1)] : []));

/** Name of an own topic in a language, or in one of the others. */
export const ownTopicName = (names: TopicNames, locale: Locale): string | undefined =>
	names[locale] ?? names.fi ?? names.sv ?? names.en;

/** What people read for a topic: its own name, the organisation's, or its id where neither knows it. */
export function topicLabel(id: string, settings: Pick<RegisterSettings, 'topics'>, locale: Locale): string {
	const own = settings.topics.get(id);
	return findCode('topic', id)?.[locale] ?? (own && ownTopicName(own, locale)) ?? id;
}

/** Whether a client card may tell that it was about this: never what is sensitive, and of an own topic only where somebody has said that it is not. */
export const opensOnCard = (
	id: string,
	{ topics, onCards }: Pick<RegisterSettings, 'topics' | 'onCards'>
): boolean => (topics.has(id) ? onCards.includes(id) : !isSensitiveTopic(id));

/** One topic of the second level, as the settings page lists it. */
export interface GroupTopic {
	id: string;
	label: string;
	own: boolean;
	retired: boolean;
	/** Whether a client card may open it. */
	onCards: boolean;
}

/** The second level of a group, retired ones by the organisation included, its own last. */
export function topicsOfGroup(group: string, settings: RegisterSettings, locale: Locale): GroupTopic[] {
	const common = topicGroups.find(({ id }) => id === group)?.codes.filter((code) => !code.retired) ?? [];
	const own = [...settings.topics].filter(([id]) => topicGroupOf(id) === group);
	const isRetired = (id: string) => settings.retired.includes(id);
	return [
		...common.map((code) => ({
			id: code.id,
			label: code[locale],
			own: false,
			retired: isRetired(code.id),
			onCards: opensOnCard(code.id, settings)
		})),
		...own.map(([id, names]) => ({
			id,
			label: ownTopicName(names, locale) ?? id,
			own: true,
			retired: isRetired(id),
			onCards: opensOnCard(id, settings)
		}))
	];
}

/** What a form offers of a group: all that is not retired, and what the visit has already. */
export const offeredTopics = (
	group: string,
	settings: RegisterSettings,
	locale: Locale,
	chosen: readonly string[] = []
): GroupTopic[] =>
	topicsOfGroup(group, settings, locale).filter(({ id, retired }) => !retired || chosen.includes(id));
