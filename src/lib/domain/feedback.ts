import * as z from 'zod/mini';
import type { JsonValue } from './json.ts';
import { baseLanguages, packLanguages } from './languages.ts';

/**
 * What a client thought of the help (Finnish: palaute): three questions, each of which may be skipped, and no words of their own. An answer is counted into sums and kept
 * nowhere (decision 0041).
 */

/** What is asked, in its order, and what may be answered, in the order in which it is shown. */
export const feedbackQuestions = {
	help: ['good', 'so-so', 'bad'],
	next: ['yes', 'partly', 'no'],
	own: ['yes', 'partly', 'no']
} as const;

export type FeedbackQuestion = keyof typeof feedbackQuestions;
export const feedbackQuestionIds = Object.keys(feedbackQuestions) as FeedbackQuestion[];

/** Counted like an answer, so that the answers to each question are as many as the people. */
export const SKIPPED = 'skipped';

/** The languages that the questions are asked in: those of all content. */
export const feedbackLanguages = [...baseLanguages, ...packLanguages] as const;

export const feedbackAnswer = z.object({
	/** Null: at no desk, on the telephone for instance. */
	desk: z.nullable(z.uuid()),
	/** The one that the questions were read in. */
	language: z.enum(feedbackLanguages),
	help: z.nullable(z.enum(feedbackQuestions.help)),
	next: z.nullable(z.enum(feedbackQuestions.next)),
	own: z.nullable(z.enum(feedbackQuestions.own))
});
export type FeedbackAnswer = z.infer<typeof feedbackAnswer>;

/** The first field of the wrong form, or undefined. */
export function feedbackFault(fields: Readonly<Record<string, JsonValue>>): string | undefined {
	const [fault] = feedbackAnswer.safeParse(fields).error?.issues ?? [];
	return fault && String(fault.path[0] ?? 'help');
}

/** Whether anything was answered: what was skipped from end to end says nothing and is not sent. */
export const saysSomething = (answer: Readonly<Record<FeedbackQuestion, unknown>>): boolean =>
	feedbackQuestionIds.some((question) => answer[question] !== null);

/**
 * Where an answer came from. `handed`: the adviser's phone, given into the client's hand. `code`: a public page, behind a code on paper. `revoked`: a phone that was
 * locked out; nobody knows who held it, so these are counted apart.
 */
export const feedbackSources = ['handed', 'code', 'revoked'] as const;
export type FeedbackSource = (typeof feedbackSources)[number];
