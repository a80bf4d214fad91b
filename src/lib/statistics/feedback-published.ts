import {
	feedbackLanguages,
	feedbackQuestionIds,
	feedbackQuestions,
	SKIPPED,
	type FeedbackQuestion
} from '#lib/domain/feedback.ts';
import { addAnswers, noAnswers, type FeedbackGroup } from './feedback.ts';
import { hiddenOf } from './suppression/suppress.ts';
import { ALL, type Equation, type System, type Variable } from './suppression/system.ts';

/** A figure that may leave the organisation; null: it is hidden. */
type Figure = number | null;

/** What may be published of a quarter's feedback: never by desk, for behind a desk there is often one adviser. */
export interface PublishedFeedback {
	people: Figure;
	/** All answers to each question, in the order in which they are shown. */
	answers: { question: FeedbackQuestion; figures: { answer: string; figure: Figure }[] }[];
	/** How the help was, by each language of the content; `''`: several, each of few people. */
	languages: { language: string; people: Figure; figures: { answer: string; figure: Figure }[] }[];
}

const answersTo = (question: FeedbackQuestion): string[] => [...feedbackQuestions[question], SKIPPED];
const countOf = (counts: Readonly<Record<string, number>>, answer: string) => counts[answer] ?? 0;

/**
 * Figures for a reader outside, small ones hidden, and as many others as it takes that no small one can be worked out (decision 0027). What is published twice of one period says
 * the same twice: months that are over never change.
 */
export function publishedFeedback(groups: readonly FeedbackGroup[]): PublishedFeedback {
	// Nobody knows who held a phone that was locked out.
	const counted = groups.filter(({ source }) => source !== 'revoked');
	const all = noAnswers();
	for (const group of counted) addAnswers(all, group);
	// Every class stands there, whatever its figures: one that stood there only where it occurs would say of the others that they are zero.
	const groupsOf = Map.groupBy(counted, ({ language }) => language ?? '');
	const byLanguage = [...feedbackLanguages, ''].map((language) => {
		const sum = noAnswers();
		for (const group of groupsOf.get(language) ?? []) addAnswers(sum, group);
		return { language, sum };
	});

	const variables: Variable[] = [];
	const equations: Equation[] = [];
	const place = (key: string, value: number, cost: number) => variables.push({ key, value, cost }) - 1;
	const addUp = (parts: readonly number[], whole: number) =>
		equations.push([
			...parts.map((variable) => ({ variable, sign: 1 as const })),
			{ variable: whole, sign: -1 as const }
		]);

	const whole = place(ALL, all.people, Infinity);
	const totals = new Map<string, number>();
	for (const question of feedbackQuestionIds) {
		const parts = answersTo(question).map((answer) => {
			const value = countOf(all[question], answer);
			const at = place(`${question} ${answer}`, value, value + 1);
			totals.set(`${question} ${answer}`, at);
			return at;
		});
		addUp(parts, whole);
	}
	const rows = byLanguage.map(({ language, sum }) => ({
		people: place(`in ${language}`, sum.people, sum.people + 1),
		cells: answersTo('help').map((answer) => {
			const value = countOf(sum.help, answer);
			return place(`${language} ${answer}`, value, value + 1);
		})
	}));
	addUp(
		rows.map(({ people }) => people),
		whole
	);
	for (const { cells, people } of rows) addUp(cells, people);
	answersTo('help').forEach((answer, at) =>
		addUp(
			rows.map(({ cells }) => cells[at]!),
			totals.get(`help ${answer}`)!
		)
	);
	const within = variables.map((): number[] => []);
	equations.forEach((equation, index) => equation.forEach(({ variable }) => within[variable]!.push(index)));
	const system: System = { variables, equations, within };
	const hidden = hiddenOf(system, all.people);
	const figure = (variable: number): Figure => {
		const { key, value } = variables[variable]!;
		return hidden.has(key) ? null : value;
	};
	return {
		people: figure(whole),
		answers: feedbackQuestionIds.map((question) => ({
			question,
			figures: answersTo(question).map((answer) => ({
				answer,
				figure: figure(totals.get(`${question} ${answer}`)!)
			}))
		})),
		languages: byLanguage.map(({ language }, at) => ({
			language,
			people: figure(rows[at]!.people),
			figures: answersTo('help').map((answer, cell) => ({ answer, figure: figure(rows[at]!.cells[cell]!) }))
		}))
	};
}
