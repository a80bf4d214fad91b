import { sql, type Kysely } from 'kysely';
import { visitFacts } from '#lib/domain/visit-facts.ts';
import { among } from './many-rows.ts';
import { readStates } from './record-states.ts';
import type { Database } from './schema.ts';
import { speaksPostgres } from './speaks-postgres.ts';

/** Rows read at once. */
const PAGE = 500;

const ADDED = ['participants', 'referrals', 'follow_up'] as const;

/** Participants, referrals and follow-ups are counted, also of visits that came before. */
export async function adviceFacts(db: Kysely<Database>): Promise<void> {
	for (const name of ADDED)
		await db.schema
			.alterTable('visit_facts')
			.addColumn(name, 'text', (c) => c.notNull().defaultTo(''))
			.execute();
	// Most contacts are of one client and lead nowhere: they need not be looked at one by one.
	await sql`update visit_facts set participants = language || '/1'`.execute(db);
	for (const { id } of await db.selectFrom('organisations').select('id').execute()) await fill(db, id);
	// What is packed lacks the new columns; upkeep packs it again.
	await db.deleteFrom('packed_months').execute();
}

/** Reads what the visits that are counted already say of it. */
async function fill(db: Kysely<Database>, organisation: string): Promise<void> {
	const store = { kind: speaksPostgres(db) ? 'postgres' : 'sqlite' } as const;
	for (let after = ''; ;) {
		const counted = await db
			.selectFrom('visit_facts')
			.select(['visit_id', 'participants'])
			.where('organisation_id', '=', organisation)
			.where('visit_id', '>', after)
			.orderBy('visit_id')
			.limit(PAGE)
			.execute();
		const last = counted.at(-1);
		if (!last) return;
		after = last.visit_id;
		const known = new Map(counted.map(({ visit_id, participants }) => [visit_id, participants]));
		const records = await db
			.selectFrom('records')
			.select(['id', 'state'])
			.where('organisation_id', '=', organisation)
			.where('collection', '=', 'visit')
			.where(among(store, 'id', [...known.keys()]))
			.execute();
		const texts = records.map(({ state }) => state);
		const states = await readStates(db, store, organisation, texts);
		for (const [index, { id }] of records.entries()) {
			const found = visitFacts(id, states[index]!);
			if (!found) continue;
			const { participants, referrals, followUp } = found;
			if (participants === known.get(id) && referrals === '' && followUp === '') continue;
			await db
				.updateTable('visit_facts')
				.set({ participants, referrals, follow_up: followUp })
				.where('organisation_id', '=', organisation)
				.where('visit_id', '=', id)
				.execute();
		}
	}
}
