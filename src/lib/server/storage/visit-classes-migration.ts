import type { Kysely } from 'kysely';
import { visitFacts } from '#lib/domain/visit-facts.ts';
import { among } from './many-rows.ts';
import { readStates } from './record-states.ts';
import type { Database } from './schema.ts';
import { speaksPostgres } from './speaks-postgres.ts';

/** Rows read at once. */
const PAGE = 500;

const ADDED = [
	'interpreting',
	'duration',
	'client_status',
	'residence_ground',
	'age_band',
	'citizenship_group',
	'origin',
	'education',
	'employment'
] as const;

/** Every class that a visit has is counted, also of visits that came before; and months that are over are packed. */
export async function visitClasses(db: Kysely<Database>): Promise<void> {
	const { schema } = db;
	for (const name of ADDED)
		await schema
			.alterTable('visit_facts')
			.addColumn(name, 'text', (c) => c.notNull().defaultTo(''))
			.execute();
	await schema
		.createTable('packed_months')
		.addColumn('organisation_id', 'text', (c) => c.notNull())
		.addColumn('month', 'text', (c) => c.notNull())
		.addColumn('name', 'text', (c) => c.notNull())
		.addColumn('value_list', 'text', (c) => c.notNull())
		.addColumn('content', 'text', (c) => c.notNull())
		.addPrimaryKeyConstraint('packed_months_pk', ['organisation_id', 'month', 'name'])
		.execute();
	for (const { id } of await db.selectFrom('organisations').select('id').execute()) await fill(db, id);
}

/** Reads the new classes of the visits that are counted already. */
async function fill(db: Kysely<Database>, organisation: string): Promise<void> {
	const store = { kind: speaksPostgres(db) ? 'postgres' : 'sqlite' } as const;
	for (let after = ''; ;) {
		const counted = await db
			.selectFrom('visit_facts')
			.select('visit_id')
			.where('organisation_id', '=', organisation)
			.where('visit_id', '>', after)
			.orderBy('visit_id')
			.limit(PAGE)
			.execute();
		const last = counted.at(-1);
		if (!last) return;
		after = last.visit_id;
		const ids = counted.map(({ visit_id }) => visit_id);
		const records = await db
			.selectFrom('records')
			.select(['id', 'state'])
			.where('organisation_id', '=', organisation)
			.where('collection', '=', 'visit')
			.where(among(store, 'id', ids))
			.execute();
		const texts = records.map(({ state }) => state);
		const states = await readStates(db, store, organisation, texts);
		for (const [index, { id }] of records.entries()) {
			const found = visitFacts(id, states[index]!);
			if (!found) continue;
			const added = {
				interpreting: found.interpreting,
				duration: found.duration,
				client_status: found.clientStatus,
				residence_ground: found.residenceGround,
				age_band: found.ageBand,
				citizenship_group: found.citizenshipGroup,
				origin: found.origin,
				education: found.education,
				employment: found.employment
			};
			if (Object.values(added).every((value) => value === '')) continue;
			await db
				.updateTable('visit_facts')
				.set(added)
				.where('organisation_id', '=', organisation)
				.where('visit_id', '=', id)
				.execute();
		}
	}
}
