import type { Question } from '../../../src/lib/statistics/question.ts';

/** The year that most pages are about. */
export const PAGE_YEAR = 2024;

const year = { from: `${PAGE_YEAR}-01-01`, to: `${PAGE_YEAR}-12-31` };

/** Pages that somebody opens: tables by one dimension, crossed, narrowed, and over all ten years. */
export const pages: Record<string, Question> = {
	'a year, eight tables': {
		...year,
		where: {},
		tables: [
			['month'],
			['municipality'],
			['topicGroup'],
			['topic'],
			['language'],
			['residenceLength'],
			['ageBand'],
			['employment']
		]
	},
	'a year, crossed': {
		...year,
		where: {},
		tables: [
			['municipality', 'topicGroup'],
			['language', 'topic'],
			['adviser', 'month']
		]
	},
	'a year, narrowed': {
		...year,
		where: { municipality: ['263'], language: ['ar', 'fa'], topicGroup: ['permits'] },
		tables: [['month'], ['topic'], ['residenceLength'], ['origin']]
	},
	'a month': { from: '2024-03-01', to: '2024-03-31', where: {}, tables: [['topic'], ['language'], ['desk']] },
	'a year, referrals and follow-ups': {
		...year,
		where: {},
		measure: 'referrals',
		clients: true,
		tables: [
			['topicGroup', 'sentTo'],
			['sentTo'],
			['sentHow'],
			['takenUp'],
			['followUpDue'],
			['followUpDays']
		]
	},
	'a year, participants': {
		...year,
		where: {},
		measure: 'participants',
		tables: [['month'], ['municipality', 'participantLanguage'], ['topicGroup']]
	},
	'ten years': {
		from: '2016-01-01',
		to: '2026-12-31',
		where: {},
		tables: [['year'], ['topicGroup'], ['language'], ['residenceLength']]
	}
};

/** What is asked of the largest registers besides: a month that is not over, of which nothing is packed, alone and at the end of a year. */
export const largePages: Record<string, Question> = {
	'the month that is not over': {
		from: `${PAGE_YEAR + 1}-12-01`,
		to: `${PAGE_YEAR + 1}-12-31`,
		where: {},
		tables: [['topic'], ['language'], ['desk']]
	},
	'a year with such a month, eight tables': {
		...pages['a year, eight tables']!,
		from: `${PAGE_YEAR + 1}-01-01`,
		to: `${PAGE_YEAR + 1}-12-31`
	},
	'ten years, crossed': {
		from: '2016-01-01',
		to: '2026-12-31',
		where: {},
		tables: [
			['municipality', 'topicGroup'],
			['language', 'topic'],
			['adviser', 'year']
		]
	}
};
