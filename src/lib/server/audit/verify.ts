import type { Store } from '#lib/server/storage/store.ts';
import { ChainCheck, type Fault } from './chain.ts';

const AT_ONCE = 5000;

export interface Verified {
	organisation: string;
	rows: number;
	/** Rows that have no place in the chain yet. */
	waiting: number;
	faults: Fault[];
	/** Hash that the chain has come to. Whoever writes it down elsewhere sees later whether the newest rows are still there. */
	head: string;
}

/** Goes along the chains of all organisations. */
export async function verifyAudit({ db }: Store, key: Buffer): Promise<Verified[]> {
	const organisations = await db.selectFrom('organisations').select('id').orderBy('id').execute();
	const verified: Verified[] = [];
	for (const { id: organisation } of organisations) {
		const segments = await db
			.selectFrom('audit_segments')
			.selectAll()
			.where('organisation_id', '=', organisation)
			.orderBy('segment')
			.execute();
		const check = new ChainCheck(key, segments);
		let [count, from] = [0, -1];
		for (;;) {
			const rows = await db
				.selectFrom('audit')
				.selectAll()
				.where('organisation_id', '=', organisation)
				.where('number', '>', from)
				.orderBy('number')
				.limit(AT_ONCE)
				.execute();
			const last = rows.at(-1);
			if (!last) break;
			check.add(rows);
			count += rows.length;
			from = Number(last.number);
		}
		const { waiting } = await db
			.selectFrom('audit')
			.select(({ fn }) => fn.countAll().as('waiting'))
			.where('organisation_id', '=', organisation)
			.where('hash', 'is', null)
			.executeTakeFirstOrThrow();
		verified.push({ organisation, rows: count, waiting: Number(waiting), ...check.end() });
	}
	return verified;
}

/** Whether a trail has come by this hash, as an earlier check has named it. */
export async function knowsHead({ db }: Store, head: string): Promise<boolean> {
	const row = await db.selectFrom('audit').select('id').where('hash', '=', head).limit(1).executeTakeFirst();
	const end = await db
		.selectFrom('audit_segments')
		.select('segment')
		.where('last_hash', '=', head)
		.limit(1)
		.executeTakeFirst();
	return row !== undefined || end !== undefined;
}
