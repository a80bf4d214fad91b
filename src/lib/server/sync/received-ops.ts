import type { Kysely } from 'kysely';
import type { Op } from '#lib/domain/record.ts';
import type { Database } from '#lib/server/storage/schema.ts';
import type { ReceivedOp } from './effects.ts';

/** Ops as the journal keeps them, each with what it says and with its author. Whoever asks adds which ones, and in which order. */
export function receivedOps(db: Kysely<Database>) {
	return db
		.selectFrom('journal')
		.innerJoin('journal_bodies', (join) =>
			join
				.onRef('journal_bodies.organisation_id', '=', 'journal.organisation_id')
				.onRef('journal_bodies.op_id', '=', 'journal.op_id')
		)
		.innerJoin('memberships', (join) =>
			join
				.onRef('memberships.organisation_id', '=', 'journal.organisation_id')
				.onRef('memberships.id', '=', 'journal.membership_id')
		)
		.selectAll('journal')
		.select(['journal_bodies.body', 'memberships.name', 'memberships.role', 'memberships.ended_at']);
}

/** The op itself. */
export function opOf(row: Database['journal'] & { body: string }): ReceivedOp {
	return {
		opId: row.op_id,
		replica: row.replica,
		seq: row.seq,
		collection: row.collection,
		recordId: row.record_id,
		...(JSON.parse(row.body) as Pick<Op, 'fields' | 'clock' | 'base' | 'schema' | 'of'>)
	};
}

/** An op that the organisation has rejected, and of which more is left than its header. */
export const rejectedOp = (db: Kysely<Database>, organisation: string, opId: string) =>
	receivedOps(db)
		.where('journal.organisation_id', '=', organisation)
		.where('journal.op_id', '=', opId)
		.where('journal.outcome', '=', 'rejected')
		.where('journal_bodies.body', '!=', '');
