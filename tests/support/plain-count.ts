import { findCode, isSensitiveTopic, topicGroupOf } from '#lib/domain/code-lists.ts';
import type { DimensionId } from '#lib/statistics/dimensions.ts';
import type { MeasureId } from '#lib/statistics/measures.ts';
import type { VisitFacts } from '#lib/domain/visit-facts.ts';
import { unitOf } from '#lib/statistics/periods.ts';
import type { Figures, Question } from '#lib/statistics/question.ts';

export type Counted = VisitFacts & {
	adviser: string;
	/** Cards, where clients are counted. */
	cards?: readonly string[];
};

/** The five groups that topics are published in, written down a second time. */
const areas: Record<string, string> = {
	permits: 'permits-decisions',
	'forms-decisions': 'permits-decisions',
	integration: 'work-study',
	language: 'work-study',
	work: 'work-study',
	education: 'work-study',
	'social-security': 'living',
	money: 'living',
	housing: 'living',
	everyday: 'living',
	health: 'health-family',
	family: 'health-family',
	'rights-safety': 'health-family',
	leisure: 'others',
	other: 'others'
};
const common = new Set(['fi', 'sv', 'en', 'ru', 'uk', 'et', 'ar', 'unknown', '']);
const languages = new Set([
	...['fi', 'sv', 'en', 'ru', 'et', 'fr', 'es', 'ar', 'so', 'fa', 'th', 'zh', 'uk', 'unknown', ''],
	...['tr', 'ckb', 'ku', 'vi', 'sq', 'prs', 'ps', 'ti', 'am']
]);

function groupIn(topic: string): string {
	const group = topicGroupOf(topic);
	return Object.hasOwn(areas, group) ? group : 'other';
}

function classesOf(facts: Counted, id: DimensionId): string[] {
	switch (id) {
		case 'day':
		case 'week':
		case 'month':
		case 'quarter':
		case 'year':
			return [unitOf(facts.date, id)];
		case 'topic':
			return facts.topics.length ? facts.topics : [''];
		case 'topicGroup':
			return facts.topics.length ? [...new Set(facts.topics.map(topicGroupOf))] : [''];
		case 'publicTopic':
			return facts.topics.length
				? [...new Set(facts.topics.map((topic) => (isSensitiveTopic(topic) ? groupIn(topic) : topic)))]
				: [''];
		case 'publicGroup':
			return facts.topics.length ? [...new Set(facts.topics.map(groupIn))] : [''];
		case 'topicArea':
			return facts.topics.length ? [...new Set(facts.topics.map((topic) => areas[groupIn(topic)]!))] : [''];
		case 'publicLanguage':
			return [languages.has(facts.language) ? facts.language : 'other'];
		case 'languageGroup':
			return [common.has(facts.language) ? facts.language : 'other'];
		case 'publicGround':
			return [isToldOfPlaces(facts.residenceGround) ? facts.residenceGround : 'other'];
		case 'participantLanguage':
			return unique(facts.participants.split(' ').map((part) => part.replace(/\/.*/, '')));
		case 'sentTo':
			return unique(referralsOf(facts).map(({ to }) => to));
		case 'sentHow':
			return unique(referralsOf(facts).map(({ how }) => how));
		case 'takenUp':
			return unique(referralsOf(facts).map(({ result }) => result));
		case 'followUp':
			return [facts.followUp === '' ? '' : facts.followUp.startsWith('P') ? 'looked' : 'open'];
		case 'followUpDue':
			return [facts.followUp.startsWith('P') ? '' : facts.followUp];
		case 'followUpDays':
			return [facts.followUp.startsWith('P') ? facts.followUp.slice(1, -1) : ''];
		case 'followUpWait': {
			if (!facts.followUp.startsWith('P')) return [''];
			const days = Number(facts.followUp.slice(1, -1));
			return [days > 30 ? 'over-30' : days > 14 ? '15-30' : days > 7 ? '8-14' : 'to-7'];
		}
		case 'municipality':
		case 'clientMunicipality':
			return [placeToday(facts[id])];
		default:
			return [facts[id]];
	}
}

/** Valtimo has been a part of Nurmes since 2020. */
const placeToday = (code: string) => (code === '911' ? '541' : code);

function isToldOfPlaces(ground: string): boolean {
	const code = findCode('residence-ground', ground);
	return ground === '' || (code !== undefined && !code.sensitive);
}

/** Sensitive reasons for coming are told apart only where no place is told. */
function told(
	id: DimensionId,
	{ where, tables }: Question,
	by: readonly DimensionId[] = tables.flat()
): DimensionId {
	const all = [...Object.keys(where), ...by];
	const isPlaced = all.some((one) => ['municipality', 'clientMunicipality', 'desk'].includes(one));
	return id === 'residenceGround' && isPlaced ? 'publicGround' : id;
}

const unique = (names: readonly string[]) => [...new Set(names)];

const referralsOf = ({ referrals }: Counted) =>
	referrals.split(' ').map((part) => {
		const [to = '', how = '', result = ''] = part.split('/');
		return to === 'none' ? { to, how: 'none', result: 'none' } : { to, how, result };
	});

/** Dimensions that tell of the same list: a pair of their classes is of one and the same part of it. */
const lists = [
	['topic', 'topicGroup', 'publicTopic', 'publicGroup', 'topicArea'],
	['sentTo', 'sentHow', 'takenUp'],
	['participantLanguage']
] as readonly (readonly DimensionId[])[];

/** The same visit with one topic, one referral, one language of its participants at a time. */
function split(facts: Counted, list: readonly DimensionId[]): Counted[] {
	if (list.includes('topic'))
		return facts.topics.length > 1 ? facts.topics.map((topic) => ({ ...facts, topics: [topic] })) : [facts];
	const field = list.includes('sentTo') ? 'referrals' : 'participants';
	return facts[field].split(' ').map((part) => ({ ...facts, [field]: part }));
}

/** The cells that a visit counts in. */
function cellsOf(facts: Counted, by: readonly DimensionId[]): string[] {
	const [first, second] = by;
	const list = second && lists.find((ids) => ids.includes(first!) && ids.includes(second));
	const keys = (list ? split(facts, list) : [facts]).flatMap((one) => {
		const [names = [], others] = by.map((id) => classesOf(one, id));
		return names.flatMap((a) =>
			(others ?? [undefined]).map((b) => JSON.stringify(b === undefined ? [a] : [a, b]))
		);
	});
	return unique(keys);
}

/** What a visit is counted as under a measure: so many of each, with nothing of the others in it. */
function unitsOf(facts: Counted, measure: MeasureId): { count: number; facts: Counted }[] {
	if (measure === 'participants')
		return split(facts, ['participantLanguage']).map((one) => ({
			count: Number(one.participants.split('/')[1]),
			facts: one
		}));
	const sent = facts.referrals.split(' ').filter((part) => part !== '' && part.split('/')[0] !== 'none');
	return sent.map((referrals) => ({ count: 1, facts: { ...facts, referrals } }));
}

/** A question answered as one would say it: one visit after the other, without any of what makes counting fast. */
export function plainCount(visits: readonly Counted[], question: Question): Figures {
	const { from, to, where, tables, measure, clients } = question;
	const asked = visits.filter(
		(facts) =>
			facts.date >= from &&
			facts.date <= to &&
			(Object.entries(where) as [DimensionId, string[]][]).every(([id, wanted]) => {
				const as = told(id, question);
				const names = as === id ? wanted : wanted.map((name) => (isToldOfPlaces(name) ? name : 'other'));
				return classesOf(facts, as).some((name) => names.includes(name));
			})
	);
	const units = measure ? asked.flatMap((facts) => unitsOf(facts, measure)) : [];
	return {
		from,
		to,
		contacts: asked.length,
		...(measure && { measure, count: units.reduce((sum, { count }) => sum + count, 0) }),
		...(clients && { clients: new Set(asked.flatMap(({ cards = [] }) => cards)).size }),
		tables: tables.map((by) => {
			const cells = new Map<string, { contacts: number; count: number }>();
			const cellAt = (key: string) => {
				const cell = cells.get(key) ?? { contacts: 0, count: 0 };
				cells.set(key, cell);
				return cell;
			};
			const as = by.map((id) => told(id, question, by));
			for (const facts of asked) for (const key of cellsOf(facts, as)) cellAt(key).contacts += 1;
			for (const { count, facts } of units) for (const key of cellsOf(facts, as)) cellAt(key).count += count;
			return {
				by,
				cells: [...cells]
					.map(([key, { contacts, count }]) => ({
						classes: JSON.parse(key) as string[],
						contacts,
						...(measure && { count })
					}))
					.sort((a, b) => (a.classes.join('\n') < b.classes.join('\n') ? -1 : 1))
			};
		})
	};
}
