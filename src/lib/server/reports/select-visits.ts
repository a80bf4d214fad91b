import { sql } from 'kysely';
import type { Store, Trx } from '#lib/server/storage/store.ts';
import { codeColumn, type Visits } from '#lib/statistics/columns.ts';
import type { Column } from '#lib/statistics/dimensions.ts';
import type { Period } from '#lib/statistics/periods.ts';
import { factColumns } from './fact-columns.ts';

/**
 * The visits of a period as the database has them, by column. It gathers each column into one text itself: a row for each visit would cost ten times
 * as much on the way here.
 */
export async function selectVisits(
	trx: Trx,
	{ kind }: Store,
	organisation: string,
	{ from, to }: Period,
	columns: readonly Column[]
): Promise<Visits> {
	const gathered = columns.map((column) => {
		const fact = sql.ref(factColumns[column]);
		const list =
			kind === 'sqlite' ? sql`json_group_array(${fact})` : sql`coalesce(json_agg(${fact}), '[]')::text`;
		return sql`${list} as ${sql.ref(column)}`;
	});
	const { rows } = await sql<Record<Column, string>>`
		select ${sql.join(gathered)} from visit_facts
		where organisation_id = ${organisation} and date >= ${from} and date <= ${to}`.execute(trx);
	const lists = columns.map((column) => JSON.parse(rows[0]?.[column] ?? '[]') as string[]);
	return {
		length: lists[0]?.length ?? 0,
		columns: Object.fromEntries(columns.map((column, index) => [column, codeColumn(lists[index]!)]))
	};
}
