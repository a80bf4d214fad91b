import { PROTOCOL } from '#lib/protocol/version.ts';
import type { WireOp } from '#lib/protocol/sync.ts';
import type { MembershipDb } from './membership-db.ts';
import type { SentRow } from './rows.ts';

/** Has a row of the sent list say less than the request that went: these ops, of these records. */
export async function rewriteSent(
	db: MembershipDb,
	row: SentRow,
	ops: readonly WireOp[],
	records = row.records
): Promise<void> {
	const request = { protocol: PROTOCOL, replica: row.replica, highSeq: Math.max(0, ...row.seqs), ops };
	const body = new TextEncoder().encode(JSON.stringify(request));
	await db.transaction('rw', db.sent, async () => {
		// It may have been pruned, or have gone back to the outbox, meanwhile.
		if (row.id === undefined || !(await db.sent.get(row.id))) return;
		await db.sent.put({ ...row, ops: undefined, records, codec: 'request', body });
	});
}
