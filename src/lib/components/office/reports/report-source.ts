import type * as z from 'zod/mini';
import type { ApiAnswer, ApiRequest } from '#lib/components/office/api.ts';
import type { Locale } from '#lib/domain/languages.ts';
import { namesIn, reportBasis } from '#lib/statistics/basis.ts';
import { previousPeriod, type Period } from '#lib/statistics/periods.ts';
import { figures, type Figures, type Question } from '#lib/statistics/question.ts';
import type { Names } from '#lib/statistics/words.ts';
import { adviceQuestion } from './report-advice.ts';
import { choiceQuestion, filterIds, type ReportChoice } from './report-choice.ts';

/** Everything that the report page shows of one choice. */
export interface ReportContent {
	choice: ReportChoice;
	now: Figures;
	before: Figures;
	/** The period without any narrowing, by what it can be narrowed to. */
	all: Figures;
	/** Of the same contacts: referrals and follow-ups. */
	advice: Figures;
	names: Names;
}

type Ask = <T>(request: ApiRequest, schema: z.ZodMiniType<T>) => Promise<ApiAnswer<T>>;

export const figuresPath = (question: Question): string =>
	`/api/v1/figures?ask=${encodeURIComponent(JSON.stringify(question))}`;

/** Asks the server for a report. What does not change while a page is looked at is asked for once: every question stands in the audit trail. */
export class ReportSource {
	readonly #ask: Ask;
	readonly #locale: Locale;
	/** Answers by what was asked. */
	readonly #kept = new Map<string, Promise<ApiAnswer<unknown>>>();

	constructor(ask: Ask, locale: Locale) {
		this.#ask = ask;
		this.#locale = locale;
	}

	async ask(choice: ReportChoice): Promise<ApiAnswer<ReportContent>> {
		const { period } = choice;
		const question = choiceQuestion(choice);
		const [now, before, all, advice, basis] = await Promise.all([
			this.#ask({ path: figuresPath({ ...question, clients: true }) }, figures),
			this.#once(figuresPath({ ...question, ...previousPeriod(period) }), figures),
			this.#once(figuresPath({ ...period, where: {}, tables: filterIds.map((id) => [id]) }), figures),
			this.#ask({ path: figuresPath(adviceQuestion(choice)) }, figures),
			this.#once(basisPath(period), reportBasis)
		]);
		for (const answer of [now, before, all, advice, basis]) if (!answer.ok) return answer;
		if (!now.ok || !before.ok || !all.ok || !advice.ok || !basis.ok) return { ok: false, failure: 'other' };
		return {
			ok: true,
			value: {
				choice,
				now: now.value,
				before: before.value,
				all: all.value,
				advice: advice.value,
				names: namesIn(basis.value, this.#locale)
			}
		};
	}

	/** Asks once and keeps the answer; a failure is no answer. */
	async #once<T>(path: string, schema: z.ZodMiniType<T>): Promise<ApiAnswer<T>> {
		const kept = this.#kept.get(path);
		const asked = (kept as Promise<ApiAnswer<T>> | undefined) ?? this.#ask({ path }, schema);
		this.#kept.set(path, asked);
		const answer = await asked;
		if (!answer.ok) this.#kept.delete(path);
		return answer;
	}
}

export const basisPath = ({ from, to }: Period): string => `/api/v1/report/basis?from=${from}&to=${to}`;
