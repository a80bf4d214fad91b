import { findCode, isSensitiveTopic, topicGroupOf } from '#lib/domain/code-lists.ts';
import type { DimensionId } from '#lib/statistics/dimensions.ts';
import type { VisitFacts } from '#lib/statistics/facts.ts';
import { unitOf } from '#lib/statistics/periods.ts';
import type { Figures, Question } from '#lib/statistics/question.ts';

export type Counted = VisitFacts & { adviser: string };

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
		case 'publicGround': {
			const { residenceGround } = facts;
			if (residenceGround === '') return [''];
			const code = findCode('residence-ground', residenceGround);
			return [code && !code.sensitive ? residenceGround : 'other'];
		}
		default:
			return [facts[id]];
	}
}

/** A question answered as one would say it: one visit after the other, without any of what makes counting fast. */
export function plainCount(visits: readonly Counted[], { from, to, where, tables }: Question): Figures {
	const asked = visits.filter(
		(facts) =>
			facts.date >= from &&
			facts.date <= to &&
			(Object.entries(where) as [DimensionId, string[]][]).every(([id, wanted]) =>
				classesOf(facts, id).some((name) => wanted.includes(name))
			)
	);
	return {
		from,
		to,
		contacts: asked.length,
		tables: tables.map((by) => {
			const cells = new Map<string, number>();
			for (const facts of asked) {
				const [first, second] = by.map((id) => classesOf(facts, id));
				for (const a of first ?? [])
					for (const b of second ?? [undefined]) {
						const key = JSON.stringify(b === undefined ? [a] : [a, b]);
						cells.set(key, (cells.get(key) ?? 0) + 1);
					}
			}
			return {
				by,
				cells: [...cells]
					.map(([key, contacts]) => ({ classes: JSON.parse(key) as string[], contacts }))
					.sort((a, b) => (a.classes.join('\n') < b.classes.join('\n') ? -1 : 1))
			};
		})
	};
}
