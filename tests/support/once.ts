import { sql } from 'kysely';
import type { Store } from '#lib/server/storage/store.ts';

/** How often visits are where each must be exactly once, and what of the journal does not hold together. */
export interface Found {
	lost: string[];
	doubled: string[];
	/** Journalled ops without their body, change numbers that two ops hold. */
	torn: number;
}

export const WHOLE: Found = { lost: [], doubled: [], torn: 0 };

/** Looks for visits in the journal, the records and the facts that reports count. */
export async function findVisits(store: Store, ids: readonly string[]): Promise<Found> {
	const count = async (query: string) => {
		const { rows } = await sql.raw<{ id: string; n: number }>(query).execute(store.db);
		return new Map(rows.map(({ id, n }) => [id, Number(n)]));
	};
	const places = [
		await count("select record_id id, count(*) n from journal where outcome = 'applied' group by record_id"),
		await count("select id, count(*) n from records where collection = 'visit' group by id"),
		await count('select visit_id id, count(*) n from visit_facts group by visit_id')
	];
	const torn = await sql<{ n: number }>`select
		(select count(*) from journal j left join journal_bodies b
			on b.organisation_id = j.organisation_id and b.op_id = j.op_id where b.op_id is null) +
		(select count(*) from (select 1 one from journal where change_number is not null
			group by organisation_id, change_number having count(*) > 1) doubled) n`.execute(store.db);
	return {
		lost: ids.filter((id) => places.some((place) => !place.has(id))),
		doubled: ids.filter((id) => places.some((place) => (place.get(id) ?? 0) > 1)),
		torn: Number(torn.rows[0]?.n)
	};
}
