import type { AuditAnswer, AuditEvent } from '#lib/protocol/audit.ts';
import type { Store } from '#lib/server/storage/store.ts';

/** Entries of one page. */
const PAGE = 50;

export interface Asked {
	event: AuditEvent | undefined;
	/** Who did it, or whose things they were. */
	member: string | undefined;
	/** ms since 1970; both are times of entries that are shown. */
	from: number | undefined;
	until: number | undefined;
	/** The last entry of the page before. */
	before: string | undefined;
}

/** A page of the trail, the newest first. `only`: what concerns this member. */
export async function readAudit(
	{ db }: Store,
	organisation: string,
	only: string | undefined,
	{ event, member, from, until, before }: Asked
): Promise<Omit<AuditAnswer, 'all'>> {
	let query = db
		.selectFrom('audit')
		.select(['id', 'at', 'event', 'membership_id', 'subject_id', 'kind', 'ids'])
		.where('organisation_id', '=', organisation)
		.orderBy('id', 'desc')
		.limit(PAGE + 1);
	for (const concerned of [only, member])
		if (concerned !== undefined)
			query = query.where((eb) =>
				eb.or([eb('membership_id', '=', concerned), eb('subject_id', '=', concerned)])
			);
	if (event) query = query.where('event', '=', event);
	if (from !== undefined) query = query.where('at', '>=', from);
	if (until !== undefined) query = query.where('at', '<', until);
	if (before !== undefined) query = query.where('id', '<', before);
	const rows = await query.execute();
	const members = await db
		.selectFrom('memberships')
		.select(['id as membership', 'name'])
		.where('organisation_id', '=', organisation)
		.orderBy('name')
		.execute();
	const names = new Map(members.map((one) => [one.membership, one]));
	const person = (id: string | null) =>
		id === null ? null : (names.get(id) ?? { membership: id, name: '' });
	const shown = rows.slice(0, PAGE);
	return {
		entries: shown.map((row) => ({
			id: row.id,
			at: row.at,
			event: row.event,
			by: person(row.membership_id),
			whose: person(row.subject_id),
			kind: row.kind,
			ids: JSON.parse(row.ids) as string[]
		})),
		next: rows.length > PAGE ? (shown.at(-1)?.id ?? null) : null,
		people: members.filter(({ membership }) => only === undefined || membership === only)
	};
}
