import type { Kysely } from 'kysely';
import type { Database } from './schema.ts';

/** Contact persons of municipalities, which days they were told of, and the mails to them. */
export async function contactPersons({ schema }: Kysely<Database>): Promise<void> {
	await schema
		.createTable('contact_persons')
		.addColumn('organisation_id', 'text', (c) => c.notNull())
		.addColumn('municipality', 'text', (c) => c.notNull())
		.addColumn('name', 'text', (c) => c.notNull())
		.addColumn('role', 'text')
		.addColumn('email', 'text', (c) => c.notNull())
		.addColumn('phone', 'text')
		.addColumn('language', 'text', (c) => c.notNull())
		.addColumn('tells', 'integer', (c) => c.notNull())
		.addColumn('note', 'text')
		.addColumn('changed_at', 'bigint', (c) => c.notNull())
		.addColumn('changed_by', 'text', (c) => c.notNull())
		.addPrimaryKeyConstraint('contact_persons_pk', ['organisation_id', 'municipality'])
		.execute();
	await schema
		.createTable('told_days')
		.addColumn('organisation_id', 'text', (c) => c.notNull())
		.addColumn('reception_id', 'text', (c) => c.notNull())
		.addColumn('date', 'text', (c) => c.notNull())
		.addColumn('desk_id', 'text', (c) => c.notNull())
		.addColumn('municipality', 'text', (c) => c.notNull())
		.addColumn('told', 'integer', (c) => c.notNull())
		.addColumn('cancelled', 'integer', (c) => c.notNull())
		.addColumn('changed_at', 'bigint', (c) => c.notNull())
		.addPrimaryKeyConstraint('told_days_pk', ['organisation_id', 'reception_id', 'date'])
		.execute();
	await schema
		.createTable('mails')
		.addColumn('organisation_id', 'text', (c) => c.notNull())
		.addColumn('id', 'text', (c) => c.notNull())
		.addColumn('municipality', 'text', (c) => c.notNull())
		.addColumn('kind', 'text', (c) => c.notNull())
		.addColumn('state', 'text', (c) => c.notNull())
		.addColumn('subject', 'text', (c) => c.notNull())
		.addColumn('text', 'text', (c) => c.notNull())
		.addColumn('calendar', 'text')
		.addColumn('made_at', 'bigint', (c) => c.notNull())
		.addColumn('until', 'bigint', (c) => c.notNull())
		.addColumn('tries', 'integer', (c) => c.notNull())
		.addColumn('next_at', 'bigint', (c) => c.notNull())
		.addColumn('sent_at', 'bigint')
		.addColumn('code', 'text')
		.addColumn('answer', 'text')
		.addColumn('held_by', 'text')
		.addColumn('held_until', 'bigint', (c) => c.notNull())
		.addPrimaryKeyConstraint('mails_pk', ['organisation_id', 'id'])
		.execute();
	await schema
		.createIndex('mails_by_state')
		.on('mails')
		.columns(['organisation_id', 'state', 'made_at'])
		.execute();
}
