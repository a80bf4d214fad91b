import { sql } from 'kysely';
import { countCoverage, type Asked, type Coverage, type Demand } from '#lib/directory/coverage.ts';
import { offerOf, type Offer } from '#lib/directory/offer.ts';
import { anyDays } from '#lib/domain/full-recurrence.ts';
import { standingServices } from '#lib/server/directory/standing-services.ts';
import type { Store } from '#lib/server/storage/store.ts';
import { touchedGroups } from './touched-groups.ts';

interface Period {
	from: string;
	to: string;
}

/** What was asked in a period, from the rows that the report counts. */
async function demandOf(store: Store, organisation: string, { from, to }: Period): Promise<Demand> {
	const contacts = await store.db
		.selectFrom('visit_facts')
		.select(['municipality', 'language', sql<number>`count(*)`.as('contacts')])
		.where('organisation_id', '=', organisation)
		.where('date', '>=', from)
		.where('date', '<=', to)
		.groupBy(['municipality', 'language'])
		.execute();
	const { list, group } = touchedGroups(store);
	const { rows: touched } = await sql<Omit<Asked, 'topicGroup'> & { topicGroup: string | null }>`
		select municipality, language, topic_group as "topicGroup", count(*) as contacts
		from (select distinct visit_id, municipality, language, ${group} as topic_group
			from visit_facts left join ${list} on true
			where organisation_id = ${organisation} and date >= ${from} and date <= ${to}) as touched
		group by municipality, language, topic_group`.execute(store.db);
	return {
		contacts: contacts.map((row) => ({ ...row, contacts: Number(row.contacts) })),
		touched: touched.map((row) => ({
			...row,
			topicGroup: row.topicGroup ?? '',
			contacts: Number(row.contacts)
		}))
	};
}

/** What was asked in a period against the directory as it stands. `today`: the civil date from which hours are looked at. */
export async function coverageReport(
	store: Store,
	organisation: string,
	period: Period,
	today: string
): Promise<Coverage> {
	const offers: Offer[] = [];
	for await (const service of standingServices(store, organisation)) {
		const offer = offerOf(service, today, anyDays);
		if (offer) offers.push(offer);
	}
	return countCoverage(period, await demandOf(store, organisation, period), offers);
}
