import { waitingTables } from '#lib/statistics/waiting.ts';
import type { Question } from '#lib/statistics/question.ts';
import { choiceQuestion, type ReportChoice } from './report-choice.ts';

/** What is asked for the page's part about referrals and follow-ups: of the same contacts, whatever its tables count. */
export function adviceQuestion(choice: ReportChoice): Question {
	const { from, to, where } = choiceQuestion(choice);
	return {
		from,
		to,
		where,
		measure: 'referrals',
		tables: [
			['topicGroup', 'sentTo'],
			['sentTo', 'sentHow'],
			['topicGroup'],
			['sentTo'],
			['sentHow'],
			['takenUp'],
			['followUpWait'],
			...waitingTables.map((by) => [...by])
		]
	};
}
