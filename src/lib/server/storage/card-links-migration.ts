import type { Kysely } from 'kysely';
import type { Database } from './schema.ts';

/** Which visits a client card links. The code itself stands in the visits alone. */
export async function cardLinks({ schema }: Kysely<Database>): Promise<void> {
	await schema
		.createTable('card_links')
		.addColumn('organisation_id', 'text', (c) => c.notNull())
		.addColumn('visit_id', 'text', (c) => c.notNull())
		.addColumn('card', 'text', (c) => c.notNull())
		.addPrimaryKeyConstraint('card_links_pk', ['organisation_id', 'visit_id', 'card'])
		.execute();
	await schema
		.createIndex('card_links_by_card')
		.on('card_links')
		.columns(['organisation_id', 'card'])
		.execute();
}
