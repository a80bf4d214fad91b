import * as z from 'zod/mini';
import {
	feedbackQuestionIds,
	feedbackQuestions,
	feedbackSources,
	SKIPPED,
	type FeedbackQuestion,
	type FeedbackSource
} from '#lib/domain/feedback.ts';
import { SMALL } from './suppression/suppress.ts';

/** One sum as the server keeps it. `desk` empty: at no desk. */
export interface FeedbackSum {
	/** `2026-03` */
	month: string;
	desk: string;
	language: string;
	source: FeedbackSource;
	question: FeedbackQuestion;
	answer: string;
	count: number;
}

const month = z.string().check(z.regex(/^\d{4}-(0[1-9]|1[0-2])$/));
const count = z.int().check(z.nonnegative());
const counted = <const T extends readonly string[]>(answers: T) =>
	z.object(
		Object.fromEntries([...answers, SKIPPED].map((answer) => [answer, count])) as Record<
			T[number] | typeof SKIPPED,
			typeof count
		>
	);

/** Answers of at least five people, of one kind as far as that can be told. */
const feedbackGroup = z.object({
	/** The last in which any of them arrived: from then on they are shown. */
	month,
	/** Empty: at no desk. Null: of several. */
	desk: z.nullable(z.string()),
	/** BCP 47. Null: of several. */
	language: z.nullable(z.string()),
	source: z.enum(feedbackSources),
	people: count,
	help: counted(feedbackQuestions.help),
	next: counted(feedbackQuestions.next),
	own: counted(feedbackQuestions.own)
});
export type FeedbackGroup = z.infer<typeof feedbackGroup>;

/** What the office is told. */
export const feedbackReport = z.object({
	/** The month that is under way. */
	running: month,
	groups: z.array(feedbackGroup),
	/** People whose answers came in months that are over, and wait until there are five of a kind. */
	waiting: count,
	/** People who answered in the month that is under way. */
	arrived: count,
	/** Desks by name. */
	desks: z.array(z.object({ id: z.string(), name: z.string() }))
});
export type FeedbackReport = z.infer<typeof feedbackReport>;

export const noAnswers = (): Pick<FeedbackGroup, 'people' | FeedbackQuestion> => ({
	people: 0,
	help: { good: 0, 'so-so': 0, bad: 0, skipped: 0 },
	next: { yes: 0, partly: 0, no: 0, skipped: 0 },
	own: { yes: 0, partly: 0, no: 0, skipped: 0 }
});

type Counts = ReturnType<typeof noAnswers>;

/** Adds the answers of others. */
export function addAnswers(to: Counts, from: Counts): void {
	to.people += from.people;
	for (const question of feedbackQuestionIds) {
		const [sums, more]: [Record<string, number>, Record<string, number>] = [to[question], from[question]];
		for (const [answer, number] of Object.entries(more)) sums[answer] = (sums[answer] ?? 0) + number;
	}
}

interface Pile extends Counts {
	desk: string | null;
	language: string | null;
	source: FeedbackSource;
}

const monthAfter = (name: string): string => {
	const [year = 0, number = 1] = name.split('-').map(Number);
	return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`;
};

const endsQuarter = (name: string): boolean => Number(name.slice(5)) % 3 === 0;

/**
 * What may be seen of the sums inside the organisation: answers come out in groups of at least five people. When a month is over, those of a desk, a language and a way of
 * answering do if they are five; else they wait for the next month. At the end of a quarter what still waits comes together by desk, then all of it, if it is five by then.
 * Whatever is added up of these groups, and whatever is taken from whatever, is made of such groups, too: no comparing of months, desks or languages leads to
 * fewer people.
 *
 * @param running the month that is under way: nothing of it comes out
 */
export function feedbackOf(sums: readonly FeedbackSum[], running: string): Omit<FeedbackReport, 'desks'> {
	const past = sums.filter((sum) => sum.month < running);
	const byMonth = Map.groupBy(past, (sum) => sum.month);
	const piles = new Map<string, Pile>();
	const groups: FeedbackGroup[] = [];

	const pileUp = (key: string, pile: Omit<Pile, keyof Counts>, answers: Counts) => {
		const found = piles.get(key) ?? { ...pile, ...noAnswers() };
		addAnswers(found, answers);
		piles.set(key, found);
	};
	/** Lets out what has become large enough of these piles, taken together as told. */
	const letOut = (name: string, together: (pile: Pile) => Pick<Pile, 'desk' | 'language' | 'source'>) => {
		const kinds = Map.groupBy(piles, ([, pile]) => JSON.stringify(together(pile)));
		for (const members of kinds.values()) {
			const all = noAnswers();
			for (const [, pile] of members) addAnswers(all, pile);
			if (all.people < SMALL) continue;
			// One alone keeps its own names.
			const [only] = members.length === 1 ? members : [];
			const { desk, language, source } = only ? only[1] : together(members[0]![1]);
			groups.push({ month: name, desk, language, source, ...all });
			for (const [key] of members) piles.delete(key);
		}
	};

	const months = [...byMonth.keys()].sort();
	for (let name = months[0] ?? running; name < running; name = monthAfter(name)) {
		for (const { desk, language, source, question, answer, count: number } of byMonth.get(name) ?? []) {
			const answers = noAnswers();
			if (question === 'help') answers.people = number;
			(answers[question] as Record<string, number>)[answer] = number;
			pileUp(`${desk} ${language} ${source}`, { desk, language, source }, answers);
		}
		letOut(name, (pile) => pile);
		if (!endsQuarter(name)) continue;
		letOut(name, ({ desk, source }) => ({ desk, language: null, source }));
		letOut(name, ({ source }) => ({ desk: null, language: null, source }));
	}
	const peopleOf = (list: readonly FeedbackSum[]) =>
		list.reduce((all, { question, count: number }) => all + (question === 'help' ? number : 0), 0);
	return {
		running,
		groups,
		waiting: [...piles.values()].reduce((all, { people }) => all + people, 0),
		arrived: peopleOf(sums.filter((sum) => sum.month === running))
	};
}
