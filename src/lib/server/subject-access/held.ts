import { sql } from 'kysely';
import type { JsonValue } from '#lib/domain/json.ts';
import { shownValues } from '#lib/domain/record.ts';
import { memberOfPart, partOfMember } from '#lib/protocol/parts.ts';
import type { SubjectAnswer } from '#lib/protocol/subject-access.ts';
import { cardHash } from '#lib/server/storage/card-links.ts';
import { among } from '#lib/server/storage/many-rows.ts';
import { ERASED, readStates } from '#lib/server/storage/record-states.ts';
import type { Store } from '#lib/server/storage/store.ts';

/** A visit that a card links. */
export interface HeldVisit {
	id: string;
	part: string;
	state: string;
	/** Clocks of rejected ops that have the code. */
	rejected: string[];
}

/** The visits that a card links, and those that a rejected op would have linked. */
export async function visitsOf(
	{ db }: Pick<Store, 'db'>,
	organisation: string,
	code: string
): Promise<HeldVisit[]> {
	const linked = await db
		.selectFrom('card_links')
		.innerJoin('records', (join) =>
			join
				.onRef('records.organisation_id', '=', 'card_links.organisation_id')
				.onRef('records.id', '=', 'card_links.visit_id')
				.on('records.collection', '=', 'visit')
		)
		.select(['records.id', 'records.part', 'records.state'])
		.where('card_links.organisation_id', '=', organisation)
		.where('card_links.card', '=', cardHash(organisation, code))
		.where('records.state', '!=', ERASED)
		.orderBy('records.id')
		.execute();
	const visits = new Map(linked.map((row): [string, HeldVisit] => [row.id, { ...row, rejected: [] }]));
	const refused = await db
		.selectFrom('journal')
		.innerJoin('journal_bodies', (join) =>
			join
				.onRef('journal_bodies.organisation_id', '=', 'journal.organisation_id')
				.onRef('journal_bodies.op_id', '=', 'journal.op_id')
		)
		.leftJoin('records', (join) =>
			join
				.onRef('records.organisation_id', '=', 'journal.organisation_id')
				.onRef('records.collection', '=', 'journal.collection')
				.onRef('records.id', '=', 'journal.record_id')
		)
		.select(['record_id', 'membership_id', 'journal_bodies.body', 'records.part', 'records.state'])
		.where('journal.organisation_id', '=', organisation)
		.where('journal.collection', '=', 'visit')
		.where('journal.outcome', '=', 'rejected')
		.where('journal_bodies.body', 'like', `%"clientCard":"${code}"%`)
		.execute();
	for (const { record_id: id, membership_id, body, part, state } of refused) {
		const visit = visits.get(id) ?? {
			id,
			part: part ?? partOfMember(membership_id),
			state: state ?? ERASED,
			rejected: []
		};
		visit.rejected.push((JSON.parse(body) as { clock: string }).clock);
		visits.set(id, visit);
	}
	return [...visits.values()];
}

/** Everything that is held under a card: what the visits say, what was written when and by whom, and who has seen it. */
export async function everythingOf(
	store: Store,
	organisation: string,
	code: string,
	visits: readonly HeldVisit[]
): Promise<SubjectAnswer> {
	const ids = visits.map(({ id }) => id);
	const members = await store.db
		.selectFrom('memberships')
		.select(['id', 'name'])
		.where('organisation_id', '=', organisation)
		.execute();
	const names = new Map(members.map(({ id, name }) => [id, name]));
	const person = (id: string | null | undefined) =>
		id === null || id === undefined ? null : { membership: id, name: names.get(id) ?? '' };
	const states = await readStates(
		store.db,
		store,
		organisation,
		visits.map(({ state }) => state)
	);
	const entries = await store.db
		.selectFrom('journal')
		.innerJoin('journal_bodies', (join) =>
			join
				.onRef('journal_bodies.organisation_id', '=', 'journal.organisation_id')
				.onRef('journal_bodies.op_id', '=', 'journal.op_id')
		)
		.select(['record_id', 'received_at as at', 'membership_id', 'outcome', 'journal_bodies.body'])
		.where('journal.organisation_id', '=', organisation)
		.where('journal.collection', '=', 'visit')
		.where(among(store, 'journal.record_id', ids))
		.orderBy('received_at')
		.orderBy('seq')
		.execute();
	const byVisit = Map.groupBy(entries, ({ record_id }) => record_id);
	return {
		code,
		visits: visits.map(({ id, part }, index) => ({
			id,
			whose: person(memberOfPart(part)),
			values: shownValues(states[index]!),
			entries: (byVisit.get(id) ?? []).map(({ at, membership_id, outcome, body }) => ({
				at,
				by: person(membership_id),
				outcome,
				fields: body === '' ? null : (JSON.parse(body) as { fields: Record<string, JsonValue> }).fields
			}))
		})),
		seen: (await seenBy(store, organisation, ids)).map(({ at, event, membership_id }) => ({
			at,
			event,
			by: person(membership_id)
		}))
	};
}

/** Entries of the audit trail that name one of the visits. */
async function seenBy({ db }: Store, organisation: string, ids: readonly string[]) {
	return db
		.selectFrom('audit')
		.select(['at', 'event', 'membership_id'])
		.where('organisation_id', '=', organisation)
		.where('kind', 'in', ['visit', 'note', 'card'])
		.where(({ or }) => or(ids.map((id) => sql<boolean>`ids like ${`%${id}%`}`)))
		.orderBy('id')
		.execute();
}
