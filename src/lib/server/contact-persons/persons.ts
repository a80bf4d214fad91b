import type * as z from 'zod/mini';
import type { ContactPerson, contactPersonRequest } from '#lib/protocol/contact-persons.ts';
import { ApiError } from '#lib/server/api-error.ts';
import { note, type Doer } from '#lib/server/audit/note.ts';
import { beginTelling, stopTelling } from '#lib/server/mails/look-after-days.ts';
import { dropMails, readdressMails } from '#lib/server/mails/outbox.ts';
import { decidedDays } from '#lib/server/mails/told-days.ts';
import type { Store } from '#lib/server/storage/store.ts';
import { publicTour } from '#lib/server/tour/public-tour.ts';

/** The contact persons of an organisation, by municipality. */
export async function contactPersons(
	{ db }: Pick<Store, 'db'>,
	organisation: string
): Promise<ContactPerson[]> {
	const rows = await db
		.selectFrom('contact_persons')
		.selectAll()
		.where('organisation_id', '=', organisation)
		.orderBy('municipality')
		.execute();
	return rows.map(({ municipality, name, role, email, phone, language, tells, note: words, changed_at }) => ({
		municipality,
		name,
		role,
		email,
		phone,
		language: language === 'sv' || language === 'en' ? language : 'fi',
		tells: tells === 1,
		note: words,
		changedAt: changed_at
	}));
}

/** Keeps who a municipality's contact person is. Throws 409 where somebody else has changed it since it was looked at. */
export async function keepPerson(
	store: Store,
	by: Doer & { membership: string },
	{ seen, municipality, tells, ...person }: z.infer<typeof contactPersonRequest>,
	at: number
): Promise<void> {
	const { organisation, membership } = by;
	// Read before: a transaction on SQLite is everybody's while it lasts.
	const found = await publicTour(store, organisation);
	const cancelled = found ? decidedDays(found.tour, new Set([municipality]), [], at) : [];
	await store.write(async (trx) => {
		const before = await trx
			.selectFrom('contact_persons')
			.select(['email', 'tells', 'changed_at'])
			.where('organisation_id', '=', organisation)
			.where('municipality', '=', municipality)
			.executeTakeFirst();
		if ((before?.changed_at ?? null) !== seen) throw new ApiError(409, 'changed_meanwhile');
		// Two in one millisecond would be taken for the same.
		const now = Math.max(at, (seen ?? 0) + 1);
		const { name, role, email, phone, language, note: words } = person;
		const values = {
			name,
			role,
			email,
			phone,
			language,
			tells: tells ? 1 : 0,
			note: words,
			changed_at: now,
			changed_by: membership
		};
		if (before) {
			const { numUpdatedRows } = await trx
				.updateTable('contact_persons')
				.set(values)
				.where('organisation_id', '=', organisation)
				.where('municipality', '=', municipality)
				.where('changed_at', '=', before.changed_at)
				.executeTakeFirst();
			if (Number(numUpdatedRows) === 0) throw new ApiError(409, 'changed_meanwhile');
		} else {
			const made = await trx
				.insertInto('contact_persons')
				.values({ organisation_id: organisation, municipality, ...values })
				.onConflict((conflict) => conflict.columns(['organisation_id', 'municipality']).doNothing())
				.returning('municipality')
				.executeTakeFirst();
			if (!made) throw new ApiError(409, 'changed_meanwhile');
		}
		if (tells && before?.tells !== 1) await beginTelling(trx, organisation, municipality, cancelled, at);
		if (before && before.email !== email) await readdressMails(trx, organisation, municipality, at);
		if (!tells) await dropMails(trx, organisation, municipality, 'waiting');
		await note(trx, by, [{ event: 'set', kind: 'contact-person', ids: [municipality] }], at);
	});
}

/** Removes a municipality's contact person, and all mails to them with it. */
export async function removePerson(store: Store, by: Doer, municipality: string, now: number): Promise<void> {
	const { organisation } = by;
	await store.write(async (trx) => {
		const gone = await trx
			.deleteFrom('contact_persons')
			.where('organisation_id', '=', organisation)
			.where('municipality', '=', municipality)
			.returning('municipality')
			.executeTakeFirst();
		await stopTelling(trx, organisation, municipality);
		await dropMails(trx, organisation, municipality, 'all');
		if (gone) await note(trx, by, [{ event: 'erase', kind: 'contact-person', ids: [municipality] }], now);
	});
	// Pages of before stand in the log of SQLite until then.
	await store.scrub?.();
}
