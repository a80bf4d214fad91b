import { APPOINTMENT } from '#lib/domain/appointment.ts';
import { helsinki } from '#lib/domain/dates.ts';
import type { RecordState } from '#lib/domain/record.ts';
import type { ErasedRecord } from '#lib/server/storage/erased-list.ts';
import { among } from '#lib/server/storage/many-rows.ts';
import { readStates } from '#lib/server/storage/record-states.ts';
import { dueRecords, type Search } from './due.ts';

/** The last civil day that an appointment names, as any of those who moved it has it; '' where it names none. */
function lastDay({ heads }: RecordState): string {
	const days = (heads['slot'] ?? []).map(({ value }) => {
		const date = typeof value === 'object' && value !== null && 'date' in value ? value['date'] : undefined;
		return typeof date === 'string' ? date : '';
	});
	return days.sort().at(-1) ?? '';
}

/**
 * Appointments of which nothing came since an instant and whose day lies before it: one that was booked long ahead is kept until it has been.
 */
export async function dueAppointments(search: Search, before: number): Promise<ErasedRecord[]> {
	const { store, organisation, most } = search;
	const { date } = helsinki(before);
	const quiet = await dueRecords({ ...search, most: Infinity }, { collection: APPOINTMENT }, before);
	if (quiet.length === 0) return [];
	const rows = await store.db
		.selectFrom('records')
		.select(['id', 'state'])
		.where('organisation_id', '=', organisation)
		.where('collection', '=', APPOINTMENT)
		.where(
			among(
				store,
				'id',
				quiet.map(({ id }) => id)
			)
		)
		.execute();
	const states = await readStates(
		store.db,
		store,
		organisation,
		rows.map(({ state }) => state)
	);
	const toCome = new Set(rows.flatMap(({ id }, index) => (lastDay(states[index]!) >= date ? [id] : [])));
	return quiet.filter(({ id }) => !toCome.has(id)).slice(0, most);
}
