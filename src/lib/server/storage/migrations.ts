import { sql, type Kysely } from 'kysely';
import { addressLoads } from './address-loads-migration.ts';
import { adviceFacts } from './advice-facts-migration.ts';
import { accounts } from './accounts-migration.ts';
import { apiTokens } from './api-tokens-migration.ts';
import { auditTrail } from './audit-migration.ts';
import { cardLinks } from './card-links-migration.ts';
import { contactPersons } from './contact-persons-migration.ts';
import { deviceLoads } from './device-loads-migration.ts';
import { feedback } from './feedback-migration.ts';
import { identities } from './identities-migration.ts';
import { linkChecks } from './link-checks-migration.ts';
import { packings } from './packing-migration.ts';
import { printedReports } from './printed-reports-migration.ts';
import { publishedFigures } from './published-figures-migration.ts';
import { registerImports } from './register-imports-migration.ts';
import { retention } from './retention-migration.ts';
import { sealed } from './sealed-migration.ts';
import type { Database } from './schema.ts';
import { shares } from './shares-migration.ts';
import { speaksPostgres } from './speaks-postgres.ts';
import { visitClasses } from './visit-classes-migration.ts';
import { buildWalls } from './walls.ts';

export interface Migration {
	name: string;
	up: (db: Kysely<Database>) => Promise<void>;
}

/** Forward only, each in one transaction, the same on both stores. A released migration is never edited. */
export const migrations: readonly Migration[] = [
	{ name: '0001-first', up: first },
	{ name: '0002-both-ways', up: bothWays },
	{ name: '0003-imports', up: imports },
	{ name: '0004-clips', up: clips },
	{ name: '0005-import-runs', up: importRuns },
	{ name: '0006-packs', up: packs },
	{ name: '0007-link-checks', up: linkChecks },
	{ name: '0008-sealed', up: sealed },
	{ name: '0009-accounts', up: accounts },
	{ name: '0010-audit', up: auditTrail },
	{ name: '0011-device-loads', up: deviceLoads },
	{ name: '0012-identities', up: identities },
	{ name: '0013-retention', up: retention },
	{ name: '0014-card-links', up: cardLinks },
	{ name: '0015-visit-classes', up: visitClasses },
	{ name: '0016-published-figures', up: publishedFigures },
	{ name: '0017-advice-facts', up: adviceFacts },
	{ name: '0018-register-imports', up: registerImports },
	{ name: '0019-printed-reports', up: printedReports },
	{ name: '0020-api-tokens', up: apiTokens },
	{ name: '0021-address-loads', up: addressLoads },
	{ name: '0022-packings', up: packings },
	{ name: '0023-feedback', up: feedback },
	{ name: '0024-contact-persons', up: contactPersons },
	{ name: '0025-shares', up: shares }
];

async function first(db: Kysely<Database>): Promise<void> {
	const { schema } = db;
	await schema
		.createTable('organisations')
		.addColumn('id', 'text', (c) => c.primaryKey())
		.addColumn('name', 'text', (c) => c.notNull())
		.addColumn('demo', 'integer', (c) => c.notNull())
		.addColumn('settings', 'text', (c) => c.notNull())
		.addColumn('created_at', 'bigint', (c) => c.notNull())
		.execute();
	await schema
		.createTable('counters')
		.addColumn('organisation_id', 'text', (c) => c.primaryKey())
		.addColumn('change_number', 'bigint', (c) => c.notNull())
		.execute();
	await schema
		.createTable('memberships')
		.addColumn('organisation_id', 'text', (c) => c.notNull())
		.addColumn('id', 'text', (c) => c.notNull())
		.addColumn('name', 'text', (c) => c.notNull())
		.addColumn('role', 'text', (c) => c.notNull())
		.addColumn('created_at', 'bigint', (c) => c.notNull())
		.addColumn('ended_at', 'bigint')
		.addPrimaryKeyConstraint('memberships_pk', ['organisation_id', 'id'])
		.execute();
	await schema
		.createTable('devices')
		.addColumn('organisation_id', 'text', (c) => c.notNull())
		.addColumn('id', 'text', (c) => c.notNull())
		.addColumn('membership_id', 'text', (c) => c.notNull())
		.addColumn('name', 'text', (c) => c.notNull())
		.addColumn('public_key', 'text', (c) => c.notNull())
		.addColumn('created_at', 'bigint', (c) => c.notNull())
		.addColumn('seen_at', 'bigint')
		.addColumn('revoked_at', 'bigint')
		.addColumn('high_seq', 'text', (c) => c.notNull())
		.addPrimaryKeyConstraint('devices_pk', ['organisation_id', 'id'])
		.execute();
	await schema.createIndex('devices_by_id').on('devices').column('id').unique().execute();
	await schema
		.createTable('sessions')
		.addColumn('organisation_id', 'text', (c) => c.notNull())
		.addColumn('token_hash', 'text', (c) => c.notNull())
		.addColumn('membership_id', 'text', (c) => c.notNull())
		.addColumn('device_id', 'text', (c) => c.notNull())
		.addColumn('created_at', 'bigint', (c) => c.notNull())
		.addColumn('used_at', 'bigint', (c) => c.notNull())
		.addPrimaryKeyConstraint('sessions_pk', ['organisation_id', 'token_hash'])
		.execute();
	await schema.createIndex('sessions_by_token').on('sessions').column('token_hash').unique().execute();
	await schema
		.createTable('invitations')
		.addColumn('organisation_id', 'text', (c) => c.notNull())
		.addColumn('code_hash', 'text', (c) => c.notNull())
		.addColumn('membership_id', 'text', (c) => c.notNull())
		.addColumn('expires_at', 'bigint', (c) => c.notNull())
		.addColumn('used_at', 'bigint')
		.addColumn('created_at', 'bigint', (c) => c.notNull())
		.addPrimaryKeyConstraint('invitations_pk', ['organisation_id', 'code_hash'])
		.execute();
	await schema.createIndex('invitations_by_code').on('invitations').column('code_hash').unique().execute();
	await schema
		.createTable('attempts')
		.addColumn('scope', 'text', (c) => c.notNull())
		.addColumn('window_start', 'bigint', (c) => c.notNull())
		.addColumn('count', 'integer', (c) => c.notNull())
		.addPrimaryKeyConstraint('attempts_pk', ['scope', 'window_start'])
		.execute();
	await schema
		.createTable('journal')
		.addColumn('organisation_id', 'text', (c) => c.notNull())
		.addColumn('op_id', 'text', (c) => c.notNull())
		.addColumn('replica', 'text', (c) => c.notNull())
		.addColumn('seq', 'bigint', (c) => c.notNull())
		.addColumn('collection', 'text', (c) => c.notNull())
		.addColumn('record_id', 'text', (c) => c.notNull())
		.addColumn('membership_id', 'text', (c) => c.notNull())
		.addColumn('device_id', 'text', (c) => c.notNull())
		.addColumn('hash', 'text', (c) => c.notNull())
		.addColumn('outcome', 'text', (c) => c.notNull())
		.addColumn('code', 'text')
		.addColumn('field', 'text')
		.addColumn('change_number', 'bigint')
		.addColumn('received_at', 'bigint', (c) => c.notNull())
		.addPrimaryKeyConstraint('journal_pk', ['organisation_id', 'op_id'])
		.addUniqueConstraint('journal_seq', ['organisation_id', 'replica', 'seq'])
		.execute();
	await schema
		.createTable('journal_bodies')
		.addColumn('organisation_id', 'text', (c) => c.notNull())
		.addColumn('op_id', 'text', (c) => c.notNull())
		.addColumn('body', 'text', (c) => c.notNull())
		.addPrimaryKeyConstraint('journal_bodies_pk', ['organisation_id', 'op_id'])
		.execute();
	await schema
		.createTable('records')
		.addColumn('organisation_id', 'text', (c) => c.notNull())
		.addColumn('collection', 'text', (c) => c.notNull())
		.addColumn('id', 'text', (c) => c.notNull())
		.addColumn('part', 'text', (c) => c.notNull())
		.addColumn('change_number', 'bigint', (c) => c.notNull())
		.addColumn('state', 'text', (c) => c.notNull())
		.addPrimaryKeyConstraint('records_pk', ['organisation_id', 'collection', 'id'])
		.execute();
	await schema
		.createIndex('records_by_change')
		.on('records')
		.columns(['organisation_id', 'part', 'change_number'])
		.execute();
	await schema
		.createTable('visit_facts')
		.addColumn('organisation_id', 'text', (c) => c.notNull())
		.addColumn('visit_id', 'text', (c) => c.notNull())
		.addColumn('date', 'text', (c) => c.notNull())
		.addColumn('municipality', 'text', (c) => c.notNull())
		.addColumn('client_municipality', 'text', (c) => c.notNull())
		.addColumn('desk_id', 'text', (c) => c.notNull())
		.addColumn('membership_id', 'text', (c) => c.notNull())
		.addColumn('channel', 'text', (c) => c.notNull())
		.addColumn('language', 'text', (c) => c.notNull())
		.addColumn('residence_length', 'text', (c) => c.notNull())
		.addColumn('topics', 'text', (c) => c.notNull())
		.addPrimaryKeyConstraint('visit_facts_pk', ['organisation_id', 'visit_id'])
		.execute();
	await schema
		.createIndex('visit_facts_by_date')
		.on('visit_facts')
		.columns(['organisation_id', 'date'])
		.execute();
	await schema
		.createTable('server_facts')
		.addColumn('key', 'text', (c) => c.primaryKey())
		.addColumn('value', 'text', (c) => c.notNull())
		.execute();
}

async function bothWays(db: Kysely<Database>): Promise<void> {
	const { schema } = db;
	await schema.alterTable('counters').addColumn('durable', 'bigint').execute();
	// Only what waits stands in it: it costs the others nothing.
	await sql`create index journal_later on journal (organisation_id) where outcome = 'later'`.execute(db);
	await schema
		.createTable('departures')
		.addColumn('organisation_id', 'text', (c) => c.notNull())
		.addColumn('part', 'text', (c) => c.notNull())
		.addColumn('collection', 'text', (c) => c.notNull())
		.addColumn('id', 'text', (c) => c.notNull())
		.addColumn('change_number', 'bigint', (c) => c.notNull())
		.addPrimaryKeyConstraint('departures_pk', ['organisation_id', 'part', 'collection', 'id'])
		.execute();
	await schema
		.createIndex('departures_by_change')
		.on('departures')
		.columns(['organisation_id', 'part', 'change_number'])
		.execute();
	await schema
		.createTable('former_roles')
		.addColumn('organisation_id', 'text', (c) => c.notNull())
		.addColumn('membership_id', 'text', (c) => c.notNull())
		.addColumn('role', 'text', (c) => c.notNull())
		.addColumn('until', 'bigint', (c) => c.notNull())
		.addPrimaryKeyConstraint('former_roles_pk', ['organisation_id', 'membership_id', 'until'])
		.execute();
}

async function imports({ schema }: Kysely<Database>): Promise<void> {
	await schema
		.createTable('imported_entries')
		.addColumn('organisation_id', 'text', (c) => c.notNull())
		.addColumn('source', 'text', (c) => c.notNull())
		.addColumn('source_id', 'text', (c) => c.notNull())
		.addColumn('record_id', 'text', (c) => c.notNull())
		.addColumn('fields', 'text', (c) => c.notNull())
		.addColumn('raw', 'text')
		.addColumn('gone_at', 'bigint')
		.addPrimaryKeyConstraint('imported_entries_pk', ['organisation_id', 'source', 'source_id'])
		.execute();
}

async function clips({ schema }: Kysely<Database>): Promise<void> {
	await schema
		.createTable('clips')
		.addColumn('organisation_id', 'text', (c) => c.notNull())
		.addColumn('phrase', 'text', (c) => c.notNull())
		.addColumn('language', 'text', (c) => c.notNull())
		.addColumn('hash', 'text', (c) => c.notNull())
		.addColumn('type', 'text', (c) => c.notNull())
		.addColumn('audio', 'text', (c) => c.notNull())
		.addColumn('membership_id', 'text', (c) => c.notNull())
		.addColumn('recorded_at', 'bigint', (c) => c.notNull())
		.addColumn('removed_at', 'bigint')
		.addPrimaryKeyConstraint('clips_pk', ['organisation_id', 'phrase', 'language', 'hash'])
		.execute();
}

async function importRuns({ schema }: Kysely<Database>): Promise<void> {
	await schema
		.createTable('import_runs')
		.addColumn('organisation_id', 'text', (c) => c.notNull())
		.addColumn('id', 'text', (c) => c.notNull())
		.addColumn('source', 'text', (c) => c.notNull())
		.addColumn('format', 'text')
		.addColumn('language', 'text', (c) => c.notNull())
		.addColumn('partial', 'integer', (c) => c.notNull())
		.addColumn('address', 'text')
		.addColumn('files', 'text', (c) => c.notNull())
		.addColumn('state', 'text', (c) => c.notNull())
		.addColumn('code', 'text')
		.addColumn('detail', 'text')
		.addColumn('result', 'text')
		.addColumn('made_by', 'text')
		.addColumn('applied_by', 'text')
		.addColumn('made_at', 'bigint', (c) => c.notNull())
		.addColumn('changed_at', 'bigint', (c) => c.notNull())
		.addPrimaryKeyConstraint('import_runs_pk', ['organisation_id', 'id'])
		.execute();
	// An export asks for what each record came from.
	await schema
		.createIndex('imported_entries_by_record')
		.on('imported_entries')
		.columns(['organisation_id', 'record_id'])
		.execute();
}

async function packs({ schema }: Kysely<Database>): Promise<void> {
	await schema
		.createTable('packs')
		.addColumn('organisation_id', 'text', (c) => c.primaryKey())
		.addColumn('change_number', 'bigint', (c) => c.notNull())
		.addColumn('made_at', 'bigint')
		.addColumn('area', 'text', (c) => c.notNull())
		.addColumn('contents', 'text')
		.addColumn('builder', 'text')
		.addColumn('builder_until', 'bigint')
		.execute();
	await schema
		.createTable('pack_parts')
		.addColumn('organisation_id', 'text', (c) => c.notNull())
		.addColumn('hash', 'text', (c) => c.notNull())
		.addColumn('content', 'text', (c) => c.notNull())
		.addColumn('dropped_at', 'bigint')
		.addPrimaryKeyConstraint('pack_parts_pk', ['organisation_id', 'hash'])
		.execute();
}

/** Names of the migrations that a database has gone through. */
export async function migrationsOf(trx: Kysely<Database>): Promise<string[]> {
	const { rows } = await sql<{ name: string }>`select name from migrations order by name`.execute(trx);
	return rows.map(({ name }) => name);
}

/** Brings the database to the newest schema, inside a transaction that is open. */
export async function migrateIn(trx: Kysely<Database>, list = migrations): Promise<void> {
	await sql`create table if not exists migrations (name text primary key, at bigint not null)`.execute(trx);
	const known = new Set(await migrationsOf(trx));
	const names = list.map(({ name }) => name);
	const unknown = [...known].filter((name) => !names.includes(name));
	if (unknown.length) throw new Error(`This database is newer than this server: ${unknown.join(', ')}`);
	for (const { name, up } of list) {
		if (known.has(name)) continue;
		await up(trx);
		await sql`insert into migrations (name, at) values (${name}, ${Date.now()})`.execute(trx);
	}
	if (speaksPostgres(trx)) await buildWalls(trx);
}
