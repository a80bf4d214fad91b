import type * as z from 'zod/mini';
import type { ApiAnswer, ApiRequest } from '#lib/components/office/api.ts';
import { figuresPath } from '#lib/components/office/reports/report-source.ts';
import type { Period } from '#lib/statistics/periods.ts';
import { publishedFigures, publishedQuestion, type PublishedFigures } from '#lib/statistics/published.ts';

type Ask = <T>(request: ApiRequest, schema: z.ZodMiniType<T>) => Promise<ApiAnswer<T>>;

/** What one organisation shows of several quarters, in the order they were asked. */
export type Quarters = readonly PublishedFigures[];

/**
 * Asks one organisation for what may leave it. Whoever is no viewer of it any more gets true figures or none: neither is a published answer, and neither is shown.
 * A quarter is asked for once: it is over, and every question stands in the audit trail.
 */
export class NetworkSource {
	readonly #ask: Ask;
	readonly #kept = new Map<string, PublishedFigures>();

	constructor(ask: Ask) {
		this.#ask = ask;
	}

	async ask(quarters: readonly Period[]): Promise<ApiAnswer<Quarters>> {
		const answered: PublishedFigures[] = [];
		for (const quarter of quarters) {
			const path = figuresPath(publishedQuestion(quarter));
			const kept = this.#kept.get(path);
			const answer = kept ? { ok: true as const, value: kept } : await this.#ask({ path }, publishedFigures);
			if (!answer.ok) return answer;
			this.#kept.set(path, answer.value);
			answered.push(answer.value);
		}
		return { ok: true, value: answered };
	}
}
