import {
	feedbackQuestionIds,
	SKIPPED,
	type FeedbackAnswer,
	type FeedbackSource
} from '#lib/domain/feedback.ts';
import { insertRows } from '#lib/server/storage/many-rows.ts';
import type { Database } from '#lib/server/storage/schema.ts';
import type { Store, Trx } from '#lib/server/storage/store.ts';

/** What a client answered, and which way it came. */
export type GivenFeedback = FeedbackAnswer & { source: FeedbackSource };

/**
 * Adds answers to the sums, inside the caller's transaction: what makes an answer known by the op or form that brought it is written in the same one, so each counts once.
 *
 * @param month in which they arrived: a month that is over never changes, so nobody learns of one answer by comparing
 */
export async function countFeedback(
	trx: Trx,
	store: Store,
	organisation: string,
	month: string,
	given: readonly GivenFeedback[]
): Promise<void> {
	if (given.length === 0) return;
	const sums = new Map<string, Database['feedback_sums']>();
	for (const one of given) {
		for (const question of feedbackQuestionIds) {
			const answer = one[question] ?? SKIPPED;
			const key = [one.desk, one.language, one.source, question, answer].join(' ');
			const sum = sums.get(key) ?? {
				organisation_id: organisation,
				month,
				desk_id: one.desk ?? '',
				language: one.language,
				source: one.source,
				question,
				answer,
				count: 0
			};
			sum.count += 1;
			sums.set(key, sum);
		}
	}
	// In one order, so that two writers never wait for each other crosswise.
	const rows = [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, sum]) => sum);
	await insertRows(
		trx,
		store,
		'feedback_sums',
		rows,
		`on conflict (organisation_id, month, desk_id, language, source, question, answer)
			do update set count = feedback_sums.count + excluded.count`
	);
}
