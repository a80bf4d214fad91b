import type { z } from 'zod/mini';
import { removal, shownValues } from '#lib/domain/record.ts';
import { deskIsOpen, stopsBetween } from '#lib/domain/stops.ts';
import { deskFields, receptionFields } from '#lib/domain/tour.ts';
import { WORK_HOURS, workHours } from '#lib/domain/work-hours.ts';
import { recordPages } from '#lib/server/storage/record-pages.ts';
import { registerSettings } from '#lib/server/storage/register-settings.ts';
import type { Store } from '#lib/server/storage/store.ts';
import type { ReportBasis } from '#lib/statistics/basis.ts';
import { heldReceptions } from '#lib/statistics/held.ts';
import type { Period } from '#lib/statistics/periods.ts';

/** Records of the organisation that stand and are what their collection says. */
export async function standing<T>(
	store: Store,
	organisation: string,
	collection: string,
	fields: z.ZodMiniType<T>
): Promise<(T & { id: string })[]> {
	const found: (T & { id: string })[] = [];
	for await (const page of recordPages(store, organisation, collection))
		for (const { id, state } of page) {
			const { data } = fields.safeParse(shownValues(state));
			if (data && removal(state) !== 'yes') found.push({ ...data, id });
		}
	return found;
}

/** Names of advisers, desks and own topics, and what receptions there were from one day to another. */
export async function basisOf(store: Store, organisation: string, period: Period): Promise<ReportBasis> {
	const advisers = await store.db
		.selectFrom('memberships')
		.select(['id', 'name'])
		.where('organisation_id', '=', organisation)
		.orderBy('name')
		.execute();
	const desks = await standing(store, organisation, 'desk', deskFields);
	const { topics } = await registerSettings(store, organisation);
	const receptions = await standing(store, organisation, 'reception', receptionFields);
	const deskOf = new Map(desks.map((desk) => [desk.id, desk]));
	const stops = stopsBetween(receptions, period.from, period.to).filter(({ reception, date }) => {
		const desk = deskOf.get(reception.desk);
		return desk && deskIsOpen(desk, date);
	});
	const hours = await standing(store, organisation, WORK_HOURS, workHours);
	return {
		...period,
		advisers,
		desks: desks.map(({ id, name, municipality }) => ({ id, name, municipality })),
		topics: [...topics].map(([id, names]) => ({ id, ...names })),
		held: heldReceptions(
			stops.map(({ reception: { id: of, desk, languages }, date, from, to }) => ({
				reception: of,
				desk,
				date,
				from,
				to,
				languages
			})),
			hours.filter(({ date }) => date >= period.from && date <= period.to),
			(desk) => deskOf.get(desk)?.municipality
		)
	};
}
