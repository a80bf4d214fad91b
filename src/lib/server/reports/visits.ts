import { sql } from 'kysely';
import type { Report } from '#lib/statistics/report.ts';
import type { Store } from '#lib/server/storage/store.ts';
import { touchedGroups } from './touched-groups.ts';

/** The report of `statistics/report.ts`, worked out by the database. Dates are civil dates, both included. */
export async function visitReport(
	store: Store,
	organisation: string,
	from: string,
	to: string
): Promise<Report> {
	const { db } = store;
	const count = sql<number>`count(*)`;
	const facts = () =>
		db
			.selectFrom('visit_facts')
			.where('organisation_id', '=', organisation)
			.where('date', '>=', from)
			.where('date', '<=', to);
	const by = async (column: 'municipality' | 'language' | 'residence_length') =>
		Object.fromEntries(
			(
				await facts()
					.select([`${column} as name`, count.as('n')])
					.groupBy(column)
					.execute()
			).map((row) => [row.name, Number(row.n)])
		);
	const { list, group } = touchedGroups(store);
	const { rows: groups } = await sql<{ name: string | null; n: number }>`
		select name, count(*) as n
		from (select distinct visit_id, ${group} as name
			from visit_facts left join ${list} on true
			where organisation_id = ${organisation} and date >= ${from} and date <= ${to}) as touched
		group by name`.execute(db);
	const all = await facts().select(count.as('n')).executeTakeFirstOrThrow();
	return {
		from,
		to,
		visits: Number(all.n),
		counts: {
			municipality: await by('municipality'),
			topicGroup: Object.fromEntries(groups.map(({ name, n }) => [name ?? '', Number(n)])),
			language: await by('language'),
			residenceLength: await by('residence_length')
		}
	};
}
