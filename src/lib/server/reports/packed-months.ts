import { setImmediate as nextTurn } from 'node:timers/promises';
import { helsinki } from '#lib/domain/dates.ts';
import { newId } from '#lib/domain/ids.ts';
import { among, insertRows } from '#lib/server/storage/many-rows.ts';
import type { Store, Trx } from '#lib/server/storage/store.ts';
import type { Coded, Visits } from '#lib/statistics/columns.ts';
import { columns, type Column } from '#lib/statistics/dimensions.ts';
import { monthPeriod, type Period } from '#lib/statistics/periods.ts';
import { selectVisits } from './select-visits.ts';

/**
 * Months of the register that are over, packed by column (decision 0026). What is packed is what `visit_facts` says, always: a batch that changes
 * a visit takes the packed rows of its month away in its own transaction. Packing holds the organisation's counter, as every batch does, so that
 * neither can overlook the other; a month that is not packed is read from its rows, more slowly.
 */

/** Takes away what is packed of the months of these days. The caller holds the organisation's counter. */
export async function unpackMonths(
	trx: Trx,
	store: Store,
	organisation: string,
	dates: readonly string[]
): Promise<void> {
	if (dates.length === 0) return;
	const months = [...new Set(dates.map((date) => date.slice(0, 7)))];
	await trx
		.deleteFrom('packed_months')
		.where('organisation_id', '=', organisation)
		.where(among(store, 'month', months))
		.execute();
}

/** Packs what is over and not packed yet, a month at a time, of every organisation. */
export async function packMonths(store: Store, now: number): Promise<void> {
	const current = helsinki(now).date.slice(0, 7);
	for (const { id } of await store.db.selectFrom('organisations').select('id').execute())
		for (const month of await unpacked(store, id, current)) {
			await store.write((trx) => packMonth(trx, store, id, month));
			await nextTurn();
		}
}

/** Months before `current` with visits of which nothing is packed. */
async function unpacked(store: Store, organisation: string, current: string): Promise<string[]> {
	const packed = await store.db
		.selectFrom('packed_months')
		.select('month')
		.where('organisation_id', '=', organisation)
		.where('name', '=', 'date')
		.execute();
	const known = new Set(packed.map(({ month }) => month));
	const months: string[] = [];
	// From one month that has visits to the next, by the index: not every visit is looked at.
	for (let after = ''; ;) {
		const { first } = await store.db
			.selectFrom('visit_facts')
			.select((eb) => eb.fn.min('date').as('first'))
			.where('organisation_id', '=', organisation)
			.where('date', '>', after)
			.executeTakeFirstOrThrow();
		const month = first?.slice(0, 7);
		if (month === undefined || month >= current) return months;
		if (!known.has(month)) months.push(month);
		after = `${month}-99`;
	}
}

async function packMonth(trx: Trx, store: Store, organisation: string, month: string): Promise<void> {
	// Nothing is added to it; a batch that is under way has it until it is done, and one that comes later waits.
	await trx
		.updateTable('counters')
		.set((eb) => ({ change_number: eb.ref('change_number') }))
		.where('organisation_id', '=', organisation)
		.execute();
	const visits = await selectVisits(trx, store, organisation, monthPeriod(month), columns);
	const packing = newId();
	const rows = columns.map((name) => ({
		organisation_id: organisation,
		month,
		name,
		packing,
		...pack(visits.columns[name]!)
	}));
	// Another server may have been as fast.
	await insertRows(
		trx,
		store,
		'packed_months',
		rows,
		'on conflict (organisation_id, month, name) do nothing'
	);
}

const arrays = { 1: Uint8Array, 2: Uint16Array, 4: Uint32Array } as const;

/** Indexes as little-endian numbers of one, two or four bytes, by how many values there are to choose from. */
function pack({ values, at }: Coded): { value_list: string; content: string } {
	return {
		value_list: JSON.stringify(values),
		content: Buffer.from(at.buffer, at.byteOffset, at.byteLength).toString('base64')
	};
}

function unpack(valueList: string, content: string): Coded {
	const values = JSON.parse(valueList) as string[];
	const bytes = new Uint8Array(Buffer.from(content, 'base64'));
	const width = values.length <= 0x100 ? 1 : values.length <= 0x10000 ? 2 : 4;
	return { values, at: new arrays[width](bytes.buffer, 0, bytes.length / width) };
}

/** The months that a period touches and that are packed, in their order, with the id of their packing: another one is another content. */
export async function packingsOf(
	trx: Trx,
	organisation: string,
	{ from, to }: Period
): Promise<Map<string, string>> {
	const rows = await trx
		.selectFrom('packed_months')
		.select(['month', 'packing'])
		.where('organisation_id', '=', organisation)
		.where('month', '>=', from.slice(0, 7))
		.where('month', '<=', to.slice(0, 7))
		.where('name', '=', 'date')
		.orderBy('month')
		.execute();
	return new Map(rows.map(({ month, packing }) => [month, packing]));
}

/** Those columns of these months, as they are packed. */
export async function packedVisits(
	trx: Trx,
	store: Store,
	organisation: string,
	wantedMonths: readonly string[],
	wanted: readonly Column[]
): Promise<Map<string, Visits>> {
	if (wantedMonths.length === 0) return new Map();
	const rows = await trx
		.selectFrom('packed_months')
		.select(['month', 'name', 'value_list', 'content'])
		.where('organisation_id', '=', organisation)
		.where(among(store, 'month', wantedMonths))
		.where(among(store, 'name', wanted))
		.orderBy('month')
		.execute();
	const months = new Map<string, Visits>();
	for (const { month, name, value_list, content } of rows) {
		const coded = unpack(value_list, content);
		const visits = months.get(month) ?? { length: coded.at.length, columns: {} };
		months.set(month, { ...visits, columns: { ...visits.columns, [name]: coded } });
	}
	return months;
}
