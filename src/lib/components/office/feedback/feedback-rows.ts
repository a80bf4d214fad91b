import {
	feedbackQuestionIds,
	feedbackQuestions,
	SKIPPED,
	type FeedbackQuestion
} from '#lib/domain/feedback.ts';
import type { FigureRows } from '#lib/components/office/coverage-rows.ts';
import { languageName, type Locale } from '#lib/domain/languages.ts';
import { m } from '#lib/paraglide/messages.js';
import { HIDDEN } from '#lib/statistics/export-rows.ts';
import type { PublishedFeedback } from '#lib/statistics/feedback-published.ts';
import { addAnswers, noAnswers, type FeedbackGroup } from '#lib/statistics/feedback.ts';
import type { Period } from '#lib/statistics/periods.ts';

/** What the page narrows its figures down to; '' is everything, and of the sources everything that was not locked out. */
export interface FeedbackFilter {
	source: string;
	desk: string;
}

/** What stands in the filter for answers that are at no desk: an id is never that. */
export const NO_DESK = 'none';

export const questionName = {
	help: m.feedback_help,
	next: m.feedback_next,
	own: m.feedback_own
} satisfies Record<FeedbackQuestion, () => string>;

const answerNames: Readonly<Record<string, () => string>> = {
	good: m.feedback_good,
	'so-so': m.feedback_so_so,
	bad: m.feedback_bad,
	yes: m.feedback_yes,
	partly: m.feedback_partly,
	no: m.feedback_no,
	skipped: m.feedback_skipped
};
export const answerName = (answer: string): string => answerNames[answer]?.() ?? answer;

/** The groups of a period that pass the filter. */
export const groupsIn = (
	groups: readonly FeedbackGroup[],
	{ from, to }: Period,
	{ source, desk }: FeedbackFilter
): FeedbackGroup[] =>
	groups.filter(
		(group) =>
			group.month >= from.slice(0, 7) &&
			group.month <= to.slice(0, 7) &&
			(source === '' ? group.source !== 'revoked' : group.source === source) &&
			(desk === '' || (desk === NO_DESK ? group.desk === '' : group.desk === desk))
	);

export function sumOf(groups: readonly FeedbackGroup[]): ReturnType<typeof noAnswers> {
	const sum = noAnswers();
	for (const group of groups) addAnswers(sum, group);
	return sum;
}

/** All answers to a question, as bars. */
export const answerBars = (sum: ReturnType<typeof noAnswers>, question: FeedbackQuestion) =>
	[...feedbackQuestions[question], SKIPPED].map((answer) => ({
		id: answer,
		label: answerName(answer),
		count: (sum[question] as Record<string, number>)[answer] ?? 0
	}));

const columns = (): string[] => [
	m.feedback_count(),
	...feedbackQuestions.help.map(answerName),
	...feedbackQuestions.next.map((answer) =>
		m.feedback_next_short({ answer: answerName(answer).toLowerCase() })
	),
	...feedbackQuestions.own.map((answer) => m.feedback_own_short({ answer: answerName(answer).toLowerCase() }))
];

const languageOf = (language: string | null, locale: Locale) =>
	language === null ? m.feedback_several_languages() : languageName(language, locale);

function deskOf(desk: string | null, names: ReadonlyMap<string, string>): string {
	if (desk === null) return m.feedback_several_desks();
	return desk === '' ? m.feedback_no_desk() : (names.get(desk) ?? desk);
}

const ways = {
	desk: ({ desk }: FeedbackGroup, names: ReadonlyMap<string, string>) => deskOf(desk, names),
	language: ({ language }: FeedbackGroup, _: ReadonlyMap<string, string>, locale: Locale) =>
		languageOf(language, locale),
	both: ({ desk, language }: FeedbackGroup, names: ReadonlyMap<string, string>, locale: Locale) =>
		`${deskOf(desk, names)} · ${languageOf(language, locale)}`
};

/** Figures by desk, by language or by both: one row a class, the largest first. */
export function feedbackTable(
	groups: readonly FeedbackGroup[],
	way: keyof typeof ways,
	names: ReadonlyMap<string, string>,
	locale: Locale
): FigureRows {
	const classes = Map.groupBy(groups, (group) => ways[way](group, names, locale));
	const rows = [...classes].map(([label, members]) => {
		const sum = sumOf(members);
		const answered = feedbackQuestionIds.flatMap((question) =>
			answerBars(sum, question).flatMap(({ id, count }) => (id === SKIPPED ? [] : [count]))
		);
		return { id: label, label, cells: [sum.people, ...answered] };
	});
	return {
		columns: columns(),
		rows: rows.sort((a, b) => Number(b.cells[0]) - Number(a.cells[0]) || a.label.localeCompare(b.label))
	};
}

type Lines = (string | number)[][];

/** The internal table as lines for a spreadsheet; the first says what it is. */
export function internalLines(
	groups: readonly FeedbackGroup[],
	names: ReadonlyMap<string, string>,
	{ from, to }: Period,
	locale: Locale
): Lines {
	const table = feedbackTable(groups, 'both', names, locale);
	return [
		[m.office_internal(), from, to],
		[m.feedback_class(), ...table.columns],
		...table.rows.map(({ label, cells }) => [label, ...cells.map((cell) => cell ?? '')])
	];
}

/** What is published, as lines for a spreadsheet, hidden figures hidden. */
export function publicLines(
	{ people, answers, languages }: PublishedFeedback,
	{ from, to }: Period,
	locale: Locale
): Lines {
	const help = [...feedbackQuestions.help, SKIPPED].map(answerName);
	return [
		[m.feedback_public(), from, to],
		[m.feedback_count(), people ?? HIDDEN],
		...answers.flatMap(({ question, figures }) =>
			figures.map(({ answer, figure }) => [questionName[question](), answerName(answer), figure ?? HIDDEN])
		),
		[m.feedback_language(), m.feedback_count(), ...help],
		...languages.map(({ language, people: of, figures }) => [
			languageOf(language || null, locale),
			of ?? HIDDEN,
			...figures.map(({ figure }) => figure ?? HIDDEN)
		])
	];
}

/** The same for the page: languages of which something is shown, the largest first, and the names of the others. */
export function publicTable(
	{ languages }: PublishedFeedback,
	locale: Locale
): FigureRows & { hidden: string[] } {
	const shown = (figure: number | null) => figure ?? m.feedback_hidden();
	const label = (language: string) => languageOf(language || null, locale);
	return {
		columns: [m.feedback_count(), ...[...feedbackQuestions.help, SKIPPED].map(answerName)],
		rows: languages
			.filter(({ people }) => people !== null)
			.sort((a, b) => Number(b.people) - Number(a.people))
			.map(({ language, people, figures }) => ({
				id: language,
				label: label(language),
				cells: [shown(people), ...figures.map(({ figure }) => shown(figure))]
			})),
		hidden: languages.flatMap(({ language, people }) => (people === null ? [label(language)] : []))
	};
}
