import { sql } from 'kysely';
import { addDays, helsinki } from '#lib/domain/dates.ts';
import { MAX_CHANGES } from '#lib/protocol/limits.ts';
import { memberOfPart } from '#lib/protocol/parts.ts';
import type { Change, ChangeRange } from '#lib/protocol/sync.ts';
import { ERASED, readStates } from '#lib/server/storage/record-states.ts';
import type { Store } from '#lib/server/storage/store.ts';
import { readCursor, writeCursor, type Position } from './cursor.ts';
import { scopeOf, type Reader, type ScopePart } from './scope.ts';

/** Visits of so many days come to a device that reads a part for the first time; what changes later comes whatever its age. */
const FIRST_DAYS = 90;

/** What a request says of the device's place. */
export interface Asked {
	cursors: Readonly<Record<string, string>>;
	/** Change numbers of ops that the device has, or is told of with this answer: a record made by one of them does not come back. */
	have: readonly ChangeRange[];
}

interface Reading {
	/** Changes that still fit in the answer. */
	room: number;
	now: number;
	have: readonly ChangeRange[];
	/** The highest change number that can be seen. */
	top: number;
}

export interface News {
	changes: Change[];
	cursors: Record<string, string>;
	more: boolean;
	/** Parts that the device named and may not read, or not any more. */
	lost?: string[];
}

/**
 * What is new for a device since its cursors, at most MAX_CHANGES, in the order of change numbers within each part. A cursor is in
 * the answer where it moved.
 */
export async function changesSince(
	store: Store,
	reader: Reader,
	{ cursors, have }: Asked,
	{ epoch, now }: { epoch: string; now: number }
): Promise<News> {
	const news: News = { changes: [], cursors: {}, more: false };
	const scope = await scopeOf(store, reader);
	// Read first: whatever has a number up to it can be seen now.
	const top = await lastChange(store, reader.organisation);
	const places = scope.map((part) => {
		const before = Object.hasOwn(cursors, part.name) ? readCursor(cursors[part.name], epoch) : undefined;
		return { part, before, from: before ?? { change: 0, top } };
	});
	const moved = await partsWithNews(
		store,
		reader.organisation,
		places.map(({ part: { part }, from: { change } }) => ({ part, change }))
	);
	for (const { part, before, from } of places) {
		const room = MAX_CHANGES - news.changes.length;
		// Whoever reads a part for the first time may have lost everything.
		const known = from.top === undefined ? have : [];
		const { changes, reached } = moved.has(part.part)
			? await readPart(store, reader.organisation, part, from, { room, now, have: known, top })
			: { changes: [], reached: { change: Math.max(from.change, top), top: undefined, more: false } };
		news.changes.push(...changes);
		if (reached.more) news.more = true;
		if (!before || reached.change !== before.change || reached.top !== before.top)
			news.cursors[part.name] = writeCursor(reached, epoch);
	}
	const names = new Set(scope.map(({ name }) => name));
	const lost = Object.keys(cursors).filter((name) => !names.has(name));
	return lost.length > 0 ? { ...news, lost } : news;
}

/**
 * Those of the parts in which anything has a higher change number, asked with one query: a coordinator reads hundreds of parts, and in
 * nearly all of them nothing is new.
 */
async function partsWithNews(
	{ kind, db }: Store,
	organisation: string,
	places: readonly { part: string; change: number }[]
): Promise<ReadonlySet<string>> {
	const json = JSON.stringify(places);
	const asked =
		kind === 'sqlite'
			? sql`(select value ->> 'part' as part, value ->> 'change' as change from json_each(${json})) as asked`
			: sql`json_to_recordset(${json}::json) as asked (part text, change bigint)`;
	const newer = (table: 'records' | 'departures') =>
		sql`exists (select 1 from ${sql.table(table)} as found where found.organisation_id = ${organisation}
			and found.part = asked.part and found.change_number > asked.change)`;
	const { rows } = await sql<{ part: string }>`select asked.part from ${asked}
		where ${newer('records')} or ${newer('departures')}`.execute(db);
	return new Set(rows.map(({ part }) => part));
}

/** The highest change number that a reader can see now: numbers become visible in their order. */
async function lastChange(store: Store, organisation: string): Promise<number> {
	const row = await store.db
		.selectFrom('counters')
		.select('change_number')
		.where('organisation_id', '=', organisation)
		.executeTakeFirst();
	return Number(row?.change_number ?? 0);
}

/** The highest change number inside a verified backup; null where there is none yet. */
export async function durableOf(store: Store, organisation: string): Promise<number | null> {
	const row = await store.db
		.selectFrom('counters')
		.select('durable')
		.where('organisation_id', '=', organisation)
		.executeTakeFirst();
	return row?.durable ?? null;
}

type Found =
	| { collection: string; id: string; change_number: number; state: string }
	| { collection: string; id: string; change_number: number; state: undefined };

async function readPart(
	store: Store,
	organisation: string,
	{ name, part }: ScopePart,
	from: Position,
	reading: Reading
): Promise<{ changes: Change[]; reached: Position & { more: boolean } }> {
	const { room } = reading;
	const found = [
		...(await recordsAfter(store, organisation, part, from, reading)),
		...(await departuresAfter(store, organisation, part, from.change, room + 1))
	].sort((a, b) => a.change_number - b.change_number);
	const given = found.slice(0, room);
	const texts = given.flatMap(({ state }) => (state === undefined || state === ERASED ? [] : [state]));
	const states = (await readStates(store.db, store, organisation, texts)).values();
	const changes = given.map(({ collection, id, change_number, state }): Change => {
		const head = { part: name, collection, recordId: id, change: change_number };
		if (state === undefined) return { ...head, gone: true };
		if (state === ERASED) return { ...head, gone: true, erased: true };
		return { ...head, state: states.next().value };
	});
	const last = given.at(-1)?.change_number ?? from.change;
	if (found.length > room) return { changes, reached: { change: last, top: from.top, more: true } };
	return { changes, reached: { change: Math.max(last, reading.top), top: undefined, more: false } };
}

async function recordsAfter(
	store: Store,
	organisation: string,
	part: string,
	{ change, top }: Position,
	{ room, now, have }: Reading
): Promise<Found[]> {
	let query = store.db
		.selectFrom('records')
		.select(['records.collection', 'records.id', 'records.change_number', 'records.state'])
		.where('records.organisation_id', '=', organisation)
		.where('records.part', '=', part)
		.where('records.change_number', '>', change)
		.orderBy('records.change_number')
		.limit(room + 1);
	if (memberOfPart(part) === undefined) return query.execute();
	if (have.length > 0)
		query = query.where((eb) =>
			eb.not(
				eb.and([
					madeByOneOp,
					eb.or(have.map(([first, last]) => eb.between('records.change_number', first, last)))
				])
			)
		);
	if (top !== undefined) {
		const since = addDays(helsinki(now).date, -FIRST_DAYS);
		query = query
			.leftJoin('visit_facts', (join) =>
				join
					.onRef('visit_facts.organisation_id', '=', 'records.organisation_id')
					.onRef('visit_facts.visit_id', '=', 'records.id')
			)
			.where((eb) =>
				eb.or([
					eb('records.change_number', '>', top),
					eb('visit_facts.date', 'is', null),
					eb('visit_facts.date', '>=', since)
				])
			);
	}
	return query.execute();
}

/** See record-states.ts. */
const madeByOneOp = sql<boolean>`substr(records.state, 1, 1) = '@'`;

async function departuresAfter(
	store: Store,
	organisation: string,
	part: string,
	change: number,
	limit: number
): Promise<Found[]> {
	const rows = await store.db
		.selectFrom('departures')
		.select(['collection', 'id', 'change_number'])
		.where('organisation_id', '=', organisation)
		.where('part', '=', part)
		.where('change_number', '>', change)
		.orderBy('change_number')
		.limit(limit)
		.execute();
	return rows.map((row) => ({ ...row, state: undefined }));
}
