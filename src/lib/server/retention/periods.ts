import {
	retentionClasses,
	retentionNames,
	SHORTER_AFTER,
	type RetentionAnswer,
	type RetentionClass
} from '#lib/protocol/retention.ts';
import { note, type Doer } from '#lib/server/audit/note.ts';
import type { Database } from '#lib/server/storage/schema.ts';
import type { Store, Trx } from '#lib/server/storage/store.ts';

export type Periods = Readonly<Record<RetentionClass, number>>;

/** What was set, and does not count yet where it is shorter than what held before. */
function inForce({ months, before, set_at }: Database['retention_periods'], now: number): number {
	return months >= before || now - set_at >= SHORTER_AFTER ? months : before;
}

async function rowsOf({ db }: Pick<Store, 'db'>, organisation: string) {
	const rows = await db
		.selectFrom('retention_periods')
		.selectAll()
		.where('organisation_id', '=', organisation)
		.execute();
	return new Map(rows.map((row) => [row.class, row]));
}

/** The months of a class without a setting: for the audit trail those that the server is told with `AUDIT_YEARS`. */
const usualOf = (name: RetentionClass, auditYears: number): number =>
	name === 'audit' ? auditYears * 12 : retentionClasses[name].usual;

/** For how many months an organisation keeps what, at this moment. */
export async function periodsOf(
	store: Pick<Store, 'db'>,
	organisation: string,
	auditYears: number,
	now: number
): Promise<Periods> {
	const rows = await rowsOf(store, organisation);
	const entries = retentionNames.map((name) => {
		const row = rows.get(name);
		return [name, row ? inForce(row, now) : usualOf(name, auditYears)] as const;
	});
	return Object.fromEntries(entries) as Record<RetentionClass, number>;
}

/** The same with their limits, and what comes, for people. */
export async function describePeriods(
	store: Pick<Store, 'db'>,
	organisation: string,
	auditYears: number,
	now: number
): Promise<RetentionAnswer['periods']> {
	const rows = await rowsOf(store, organisation);
	return retentionNames.map((name) => {
		const { least, most } = retentionClasses[name];
		const usual = usualOf(name, auditYears);
		const row = rows.get(name);
		const months = row ? inForce(row, now) : usual;
		const coming =
			row && row.months !== months ? { months: row.months, at: row.set_at + SHORTER_AFTER } : null;
		return { class: name, months, usual, least, most, coming };
	});
}

/** Sets a period. A longer one counts at once, a shorter one after a week. */
export async function setPeriod(
	trx: Trx,
	by: Doer & { membership: string },
	name: RetentionClass,
	months: number,
	{ auditYears, now }: { auditYears: number; now: number }
): Promise<void> {
	const { [name]: before } = await periodsOf({ db: trx }, by.organisation, auditYears, now);
	const values = { months, before, set_at: now, set_by: by.membership };
	await trx
		.insertInto('retention_periods')
		.values({ organisation_id: by.organisation, class: name, ...values })
		.onConflict((conflict) => conflict.columns(['organisation_id', 'class']).doUpdateSet(values))
		.execute();
	await note(trx, by, [{ event: 'set', kind: 'period', ids: [name, String(before), String(months)] }], now);
}
