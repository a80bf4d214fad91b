import { sql, type Kysely } from 'kysely';
import type { Database } from './schema.ts';
import { speaksPostgres } from './speaks-postgres.ts';

/** The audit trail. Rows are added and never changed but for their place in the chain, and go only with a whole segment: triggers hold that. */
export async function auditTrail(db: Kysely<Database>): Promise<void> {
	const { schema } = db;
	await schema
		.createTable('audit')
		.addColumn('organisation_id', 'text', (c) => c.notNull())
		.addColumn('id', 'text', (c) => c.notNull())
		.addColumn('at', 'bigint', (c) => c.notNull())
		.addColumn('membership_id', 'text')
		.addColumn('device_id', 'text')
		.addColumn('event', 'text', (c) => c.notNull())
		.addColumn('subject_id', 'text')
		.addColumn('kind', 'text', (c) => c.notNull())
		.addColumn('ids', 'text', (c) => c.notNull())
		.addColumn('segment', 'text')
		.addColumn('number', 'bigint')
		.addColumn('hash', 'text')
		.addPrimaryKeyConstraint('audit_pk', ['organisation_id', 'id'])
		.addUniqueConstraint('audit_number', ['organisation_id', 'number'])
		.execute();
	for (const column of ['membership_id', 'subject_id'] as const)
		await schema
			.createIndex(`audit_by_${column}`)
			.on('audit')
			.columns(['organisation_id', column, 'id'])
			.execute();
	// Only what waits for its place stands in it.
	await sql`create index audit_waiting on audit (organisation_id) where hash is null`.execute(db);
	await schema
		.createTable('audit_segments')
		.addColumn('organisation_id', 'text', (c) => c.notNull())
		.addColumn('segment', 'text', (c) => c.notNull())
		.addColumn('first_number', 'bigint', (c) => c.notNull())
		.addColumn('anchor', 'text', (c) => c.notNull())
		.addColumn('last_number', 'bigint', (c) => c.notNull())
		.addColumn('last_hash', 'text', (c) => c.notNull())
		.addColumn('dropped_at', 'bigint')
		.addColumn('seal', 'text', (c) => c.notNull())
		.addPrimaryKeyConstraint('audit_segments_pk', ['organisation_id', 'segment'])
		.execute();
	for (const text of speaksPostgres(db) ? POSTGRES : SQLITE) await sql.raw(text).execute(db);
}

const COLUMNS = [
	'organisation_id',
	'id',
	'at',
	'membership_id',
	'device_id',
	'event',
	'subject_id',
	'kind',
	'ids'
];
const changed = (distinct: string) =>
	`old.hash is not null or ${COLUMNS.map((column) => `new.${column} ${distinct} old.${column}`).join(' or ')}`;
const STANDS = `not exists (select 1 from audit_segments as segment where segment.organisation_id = old.organisation_id
	and segment.segment = old.segment and segment.dropped_at is not null)`;
const REFUSAL = 'the audit trail is only added to';

const SQLITE = [
	`create trigger audit_unchanged before update on audit when ${changed('is not')} begin select raise(abort, '${REFUSAL}'); end`,
	`create trigger audit_stays before delete on audit when ${STANDS} begin select raise(abort, '${REFUSAL}'); end`
];
const POSTGRES = [
	`create function audit_kept() returns trigger language plpgsql as $$ begin
		if tg_op = 'TRUNCATE' then raise exception '${REFUSAL}'; end if;
		if tg_op = 'UPDATE' then
			if ${changed('is distinct from')} then raise exception '${REFUSAL}'; end if;
			return new;
		end if;
		if ${STANDS} then raise exception '${REFUSAL}'; end if;
		return old;
	end $$`,
	'create trigger audit_kept before update or delete on audit for each row execute function audit_kept()',
	'create trigger audit_kept_whole before truncate on audit for each statement execute function audit_kept()'
];
