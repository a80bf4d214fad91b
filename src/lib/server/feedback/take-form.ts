import { createHash, randomBytes } from 'node:crypto';
import type { FeedbackAnswer } from '#lib/domain/feedback.ts';
import { addDays, helsinki } from '#lib/domain/dates.ts';
import { inOrganisation } from '#lib/server/storage/reach.ts';
import type { Store } from '#lib/server/storage/store.ts';
import { countFeedback } from './count-feedback.ts';

/** So long a form may be open, ms: a day, for somebody who is asked on the way out and answers in the evening. */
const OPEN = 86_400_000;
/** The clocks of several app servers may differ by this, ms. */
const AHEAD = 600_000;

/** So many forms of one desk count on one day. A desk that is open all day sees fewer people. */
const MOST_A_DAY = 200;

/** What a form is called: when it was drawn, and by chance. Sent twice, it counts once. */
export const newForm = (now: number): string =>
	`${now.toString(36)}.${randomBytes(16).toString('base64url')}`;

const FORM = /^([0-9a-z]{8,9})\.[A-Za-z0-9_-]{22}$/;

function isOld(form: string, now: number): boolean {
	const drawn = Number.parseInt(FORM.exec(form)?.[1] ?? '', 36);
	return !(drawn > now - OPEN && drawn < now + AHEAD);
}

/** What became of a form. `again`: it was counted before. `old`: it was open too long. `busy`: so many have come to this desk today that they are not people any more. */
export type Taken = 'counted' | 'again' | 'old' | 'busy';

/** Counts what stands in a form of the public page, once. Nothing is kept but a hash of what the form was called, the desk and the day, for two days. */
export async function takeForm(
	store: Store,
	organisation: string,
	form: string,
	answer: FeedbackAnswer & { desk: string },
	now: number
): Promise<Taken> {
	if (isOld(form, now)) return 'old';
	const { date } = helsinki(now);
	const hash = createHash('sha256').update(form).digest('base64url');
	return inOrganisation(organisation, () =>
		store.write(async (trx): Promise<Taken> => {
			const before = await trx
				.selectFrom('feedback_forms')
				.select(({ fn, eb }) => [
					fn.countAll().as('today'),
					fn.sum<number>(eb.case().when('form_hash', '=', hash).then(1).else(0).end()).as('same')
				])
				.where('organisation_id', '=', organisation)
				.where((eb) =>
					eb.or([
						eb('form_hash', '=', hash),
						eb.and([eb('desk_id', '=', answer.desk), eb('date', '=', date)])
					])
				)
				.executeTakeFirstOrThrow();
			if (Number(before.same ?? 0) > 0) return 'again';
			if (Number(before.today) >= MOST_A_DAY) return 'busy';
			const made = await trx
				.insertInto('feedback_forms')
				.values({ organisation_id: organisation, form_hash: hash, desk_id: answer.desk, date })
				.onConflict((conflict) => conflict.doNothing())
				.returning('form_hash')
				.executeTakeFirst();
			// The other half of a double tap was committed since.
			if (!made) return 'again';
			await countFeedback(trx, store, organisation, date.slice(0, 7), [{ ...answer, source: 'code' }]);
			return 'counted';
		})
	);
}

/** Forgets forms that are too old to be sent again. */
export async function forgetForms(store: Store, now: number): Promise<void> {
	await store.db
		.deleteFrom('feedback_forms')
		.where('date', '<', addDays(helsinki(now).date, -1))
		.execute();
}
