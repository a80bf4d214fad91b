import type { PublicStop } from '#lib/directory/where-when/coming.ts';
import type { ServerContext } from '#lib/server/context.ts';
import type { Database } from '#lib/server/storage/schema.ts';
import type { Store, Trx } from '#lib/server/storage/store.ts';
import { publicTour } from '#lib/server/tour/public-tour.ts';
import { dayMail } from './day-mail.ts';
import { mailLanguages } from './mail-words.ts';
import { queueMail } from './outbox.ts';
import { decidedDays, dueDays, keyOf, nextDays, type ToldDay } from './told-days.ts';

type Row = Database['told_days'];

const dayOf = (row: Row): ToldDay => ({
	reception: row.reception_id,
	date: row.date,
	desk: row.desk_id,
	municipality: row.municipality,
	told: row.told === 1,
	cancelled: row.cancelled === 1,
	changedAt: row.changed_at
});

const rowOf = (organisation: string, day: ToldDay): Row => ({
	organisation_id: organisation,
	reception_id: day.reception,
	date: day.date,
	desk_id: day.desk,
	municipality: day.municipality,
	told: day.told ? 1 : 0,
	cancelled: day.cancelled ? 1 : 0,
	changed_at: day.changedAt
});

/** The days that are told, or gathered to be told. */
export async function knownDays(
	{ db }: Pick<Store, 'db'>,
	organisation: string,
	municipality?: string
): Promise<ToldDay[]> {
	const all = db.selectFrom('told_days').selectAll().where('organisation_id', '=', organisation);
	const rows = municipality === undefined ? all : all.where('municipality', '=', municipality);
	return (await rows.execute()).map(dayOf);
}

/** Begins anew: what is cancelled at this moment is taken for told. */
export async function beginTelling(
	trx: Trx,
	organisation: string,
	municipality: string,
	cancelled: readonly PublicStop[],
	now: number
): Promise<void> {
	await stopTelling(trx, organisation, municipality);
	const days = nextDays([], cancelled, now).write.map((day) => ({ ...day, told: true }));
	if (days.length > 0)
		await trx
			.insertInto('told_days')
			.values(days.map((day) => rowOf(organisation, day)))
			.execute();
}

/** Nobody is told of anything in a municipality any more. */
export async function stopTelling(trx: Trx, organisation: string, municipality: string): Promise<void> {
	await trx
		.deleteFrom('told_days')
		.where('organisation_id', '=', organisation)
		.where('municipality', '=', municipality)
		.execute();
}

/** Notices which days of an organisation were cancelled or are held after all, and writes the mails that are due. */
export async function lookAfterDays(
	{ store, settings, now: clock }: ServerContext,
	organisation: string
): Promise<void> {
	const now = clock();
	const persons = await store.db
		.selectFrom('contact_persons')
		.select(['municipality', 'language', 'tells'])
		.where('organisation_id', '=', organisation)
		.execute();
	const found = persons.length > 0 ? await publicTour(store, organisation) : undefined;
	if (!found) return;
	const { mail, address } = settings;
	const known = await knownDays(store, organisation);
	const towns = new Set(persons.map(({ municipality }) => municipality));
	const decided = decidedDays(found.tour, towns, known, now);
	const { write, drop } = nextDays(known, decided, now);
	const stops = new Map(decided.map((stop) => [keyOf(stop), stop]));
	const gone = new Set(drop.map(keyOf));
	const changed = new Map(write.map((day) => [keyOf(day), day]));
	const days = [
		...known.filter((day) => !gone.has(keyOf(day)) && !changed.has(keyOf(day))),
		...changed.values()
	];
	const tells = new Map(
		persons.map(({ municipality, language, tells: wanted }) => [
			municipality,
			mail && wanted === 1 ? (mailLanguages.find((one) => one === language) ?? 'fi') : undefined
		])
	);
	// Where nobody is told there is nothing to wait for.
	const due = dueDays(days, mail?.wait ?? 0).filter(
		({ municipality, at }) => at <= now || tells.get(municipality) === undefined
	);
	if (write.length + drop.length + due.length === 0) return;
	await store.write(async (trx) => {
		for (const day of drop)
			await trx
				.deleteFrom('told_days')
				.where((eb) => eb.and(keyIn(organisation, day)))
				.execute();
		for (const day of write)
			await trx
				.insertInto('told_days')
				.values(rowOf(organisation, day))
				.onConflict((conflict) =>
					conflict
						.columns(['organisation_id', 'reception_id', 'date'])
						.doUpdateSet({ cancelled: day.cancelled ? 1 : 0, changed_at: day.changedAt })
						.where('told_days.cancelled', '!=', day.cancelled ? 1 : 0)
				)
				.execute();
		for (const { municipality, days: some } of due) {
			const told = await markTold(trx, organisation, some);
			const language = tells.get(municipality);
			const about = told.flatMap((day) => stops.get(keyOf(day)) ?? []);
			if (language === undefined || about.length === 0) continue;
			const where = { organisation, municipality };
			const text = dayMail(about, found, { ...where, language, origin: address, now });
			const until = Math.max(...about.map(({ to }) => to));
			await queueMail(trx, { ...where, kind: 'days', until }, text, now);
		}
	});
}

const keyIn = (organisation: string, { reception, date }: ToldDay) => ({
	organisation_id: organisation,
	reception_id: reception,
	date
});

/** Notes that these are told as they are; gives those that no other server has noted first. Who is second waits for the first one's commit, and finds nothing left. */
async function markTold(trx: Trx, organisation: string, days: readonly ToldDay[]): Promise<ToldDay[]> {
	const marked: ToldDay[] = [];
	for (const day of days) {
		const row = await trx
			.updateTable('told_days')
			.set({ told: day.cancelled ? 1 : 0 })
			.where((eb) => eb.and(keyIn(organisation, day)))
			.where('cancelled', '=', day.cancelled ? 1 : 0)
			.where('told', '!=', day.cancelled ? 1 : 0)
			.returning('date')
			.executeTakeFirst();
		if (row) marked.push(day);
	}
	return marked;
}
