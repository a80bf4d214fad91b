import { sql } from 'kysely';
import type { Store, Trx } from '#lib/server/storage/store.ts';
import { codeColumn, type Visits } from '#lib/statistics/columns.ts';
import type { Column } from '#lib/statistics/dimensions.ts';
import type { Period } from '#lib/statistics/periods.ts';
import { factColumns } from './fact-columns.ts';

/**
 * The visits of a period that have a card, once for each card, and the cards. They are never packed: a card is forgotten when its link is deleted, and
 * so it stands in one place only. Links of cards that nobody uses are deleted (retention), so there are never many.
 */
export async function selectCards(
	trx: Trx,
	{ kind }: Store,
	organisation: string,
	{ from, to }: Period,
	columns: readonly Column[]
): Promise<{ visits: Visits; cards: string[] }> {
	const wanted = columns.map((column) => sql`f.${sql.ref(factColumns[column])} as ${sql.ref(column)}`);
	// SQLite takes this order of a cross join: from the few links to their visits, not through all visits of the period.
	const join = kind === 'sqlite' ? sql`cross join` : sql`inner join`;
	const on = sql`f.organisation_id = l.organisation_id and f.visit_id = l.visit_id`;
	const { rows } = await sql<Record<Column | 'card', string>>`
		select l.card, ${sql.join(wanted)}
		from card_links l ${join} visit_facts f ${kind === 'sqlite' ? sql`` : sql`on ${on}`}
		where l.organisation_id = ${organisation} and ${on} and f.date >= ${from} and f.date <= ${to}`.execute(trx);
	return {
		visits: {
			length: rows.length,
			columns: Object.fromEntries(
				columns.map((column) => [column, codeColumn(rows.map((row) => row[column]))])
			)
		},
		cards: rows.map(({ card }) => card)
	};
}
