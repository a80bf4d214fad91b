import type { z } from 'zod/mini';
import { removal, shownValues } from '#lib/domain/record.ts';
import { deskIsOpen, stopsBetween } from '#lib/domain/stops.ts';
import { deskFields, receptionFields } from '#lib/domain/tour.ts';
import { recordPages } from '#lib/server/storage/record-pages.ts';
import { registerSettings } from '#lib/server/storage/register-settings.ts';
import type { Store } from '#lib/server/storage/store.ts';
import { minutesHeld, type ReportBasis } from '#lib/statistics/basis.ts';
import type { Period } from '#lib/statistics/periods.ts';

/** Records of the organisation that stand and are what their collection says. */
async function standing<T>(
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

/** Names of advisers, desks and own topics, and what the tour planned from one day to another. */
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
	const byMunicipality = Map.groupBy(
		stops,
		({ reception }) => deskOf.get(reception.desk)?.municipality ?? ''
	);
	return {
		...period,
		advisers,
		desks: desks.map(({ id, name, municipality }) => ({ id, name, municipality })),
		topics: [...topics].map(([id, names]) => ({ id, ...names })),
		planned: [...byMunicipality]
			.filter(([municipality]) => municipality !== '')
			.map(([municipality, held]) => ({
				municipality,
				receptions: held.length,
				minutes: minutesHeld(held),
				languages: [...new Set(held.flatMap(({ reception }) => reception.languages))].sort()
			}))
			.sort((a, b) => (a.municipality < b.municipality ? -1 : 1))
	};
}
