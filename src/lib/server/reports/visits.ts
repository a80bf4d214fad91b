import { sql } from 'kysely';
import type { Report } from '#lib/statistics/report.ts';
import type { Store } from '#lib/server/storage/store.ts';

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
	const topics = await db
		.selectFrom('visit_topics')
		.select(['topic_group', sql<number>`count(distinct visit_id)`.as('n')])
		.where('organisation_id', '=', organisation)
		.where('date', '>=', from)
		.where('date', '<=', to)
		.groupBy('topic_group')
		.execute();
	const all = await facts().select(count.as('n')).executeTakeFirstOrThrow();
	const withTopic = await db
		.selectFrom('visit_topics')
		.select(sql<number>`count(distinct visit_id)`.as('n'))
		.where('organisation_id', '=', organisation)
		.where('date', '>=', from)
		.where('date', '<=', to)
		.executeTakeFirstOrThrow();
	const without = Number(all.n) - Number(withTopic.n);
	return {
		from,
		to,
		visits: Number(all.n),
		counts: {
			municipality: await by('municipality'),
			topicGroup: {
				...Object.fromEntries(topics.map((row) => [row.topic_group, Number(row.n)])),
				...(without > 0 ? { '': without } : {})
			},
			language: await by('language'),
			residenceLength: await by('residence_length')
		}
	};
}
