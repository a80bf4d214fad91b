import { createHash } from 'node:crypto';
import { FORMAT } from '#lib/directory/search/search-index.ts';
import { newId } from '#lib/domain/ids.ts';
import { phrasesPart, type PackPart } from '#lib/protocol/pack.ts';
import { DIRECTORY_PART } from '#lib/protocol/parts.ts';
import { among, insertRows } from '#lib/server/storage/many-rows.ts';
import type { Store, Trx } from '#lib/server/storage/store.ts';
import { areaOf, type Area } from './area.ts';
import { buildContents, type BuildIndex, type Contents, type Phrases } from './build.ts';
import { readKnownIndex } from './known-index.ts';
import { packed, readPart, unpacked } from './stored-part.ts';
import type { MadePart } from './services-part.ts';

/** A smaller directory comes record by record, as fast as a pack would. */
const FEWEST_SERVICES = 500;
/** So many changes make a new pack at once, fewer make one when so much time has passed, ms. */
const MANY_CHANGES = 300;
const DAY = 86_400_000;
/** How long whoever builds is believed to be at it after the last sign of life, ms. */
const LEASE = 5 * 60_000;
/** How long a part that no pack has any more is kept for phones in the middle of a download, ms. */
const KEPT = 7 * DAY;

export interface PackDeps {
	store: Store;
	now: () => number;
	/** Regions beside those of the desks, see area.ts. */
	packRegions: 'all' | readonly string[];
	/** Absent: phones build the index by themselves. */
	buildIndex?: BuildIndex;
}

/** Somebody else has taken over the building: this one took too long. */
class TakenOver extends Error {}

/** What came of looking after a pack. `busy`: another server builds. */
export type Kept = 'fresh' | 'small' | 'busy' | 'built';

/** Whether an organisation's pack should be built anew. */
export async function isPackDue(deps: PackDeps, organisation: string): Promise<boolean> {
	return (await look(deps, organisation)).state === 'due';
}

/** How the pack of before stands to what is in the directory now. */
async function look(
	{ store, now, packRegions }: PackDeps,
	organisation: string
): Promise<{ state: 'small' | 'fresh' | 'due'; area: Area }> {
	const size = await store.db
		.selectFrom('records')
		.select(({ fn }) => fn.countAll().as('count'))
		.where('organisation_id', '=', organisation)
		.where('part', '=', DIRECTORY_PART)
		.executeTakeFirstOrThrow();
	const before = await readPack(store, organisation);
	const area = await areaOf(store, organisation, packRegions);
	if (Number(size.count) < FEWEST_SERVICES && !before?.contents) return { state: 'small', area };
	const sameArea = before?.area === JSON.stringify(area ?? null);
	const sameForm = !before?.contents || before.contents.indexForm === FORMAT;
	const fresh = before && sameArea && sameForm && !(await isDue(store, organisation, before, now()));
	return { state: fresh ? 'fresh' : 'due', area };
}

/** Builds an organisation's pack anew where that is due, or where somebody says so. One builds at a time, on however many servers. */
export async function keepPack(deps: PackDeps, organisation: string, dueNow = false): Promise<Kept> {
	const { store, now } = deps;
	const { state, area } = await look(deps, organisation);
	if (state === 'small' || (state === 'fresh' && !dueNow)) return state;
	const builder = newId();
	if (!(await takeLease(store, organisation, builder, now()))) return 'busy';
	try {
		// Read before any record: what is newer comes to phones through sync, whether the pack has it already or not.
		const { change_number: change } = await store.db
			.selectFrom('counters')
			.select('change_number')
			.where('organisation_id', '=', organisation)
			.executeTakeFirstOrThrow();
		const earlier = await readPack(store, organisation);
		const before = earlier?.contents;
		const phrases = before && (await readPhrases(store, organisation, before));
		const row = { change: Number(change), area: JSON.stringify(area ?? null) };
		const knows = before?.indexForm === FORMAT && earlier?.area === row.area;
		const index = knows ? await readKnownIndex(store, organisation, before) : undefined;
		const keep = (made: MadePart) => keepPart(deps, organisation, builder, made, before?.parts ?? []);
		const of = { organisation, area, change: row.change, phrases, index };
		const contents = await buildContents(store, of, keep, deps.buildIndex);
		const enough = contents.services >= FEWEST_SERVICES;
		await store.write((trx) =>
			publishPack(trx, deps, organisation, builder, {
				...row,
				contents: enough ? { ...contents, indexForm: FORMAT } : undefined
			})
		);
		return enough ? 'built' : 'small';
	} catch (error) {
		if (error instanceof TakenOver) return 'busy';
		throw error;
	} finally {
		await dropLease(store, organisation, builder);
	}
}

interface StoredPack {
	/** Up to which change number it holds everything. */
	change: number;
	made: number;
	area: string;
	/** Undefined: there are too few services for a pack. */
	contents: Contents | undefined;
}

/** The pack as it was published last; undefined where none was ever built. */
export async function readPack(store: Store, organisation: string): Promise<StoredPack | undefined> {
	const row = await store.db
		.selectFrom('packs')
		.select(['change_number', 'made_at', 'area', 'contents'])
		.where('organisation_id', '=', organisation)
		.executeTakeFirst();
	if (!row || row.made_at === null) return undefined;
	return {
		change: row.change_number,
		made: row.made_at,
		area: row.area,
		contents: row.contents === null ? undefined : (JSON.parse(row.contents) as Contents)
	};
}

async function isDue(
	store: Store,
	organisation: string,
	{ change, made }: StoredPack,
	now: number
): Promise<boolean> {
	const changed = await store.db
		.selectFrom('records')
		.select('id')
		.where('organisation_id', '=', organisation)
		.where('part', '=', DIRECTORY_PART)
		.where('change_number', '>', change)
		.limit(MANY_CHANGES)
		.execute();
	return changed.length === MANY_CHANGES || (changed.length > 0 && now - made >= DAY);
}

async function takeLease(store: Store, organisation: string, builder: string, now: number): Promise<boolean> {
	return store.write(async (trx) => {
		await trx
			.insertInto('packs')
			.values({ organisation_id: organisation, change_number: 0, area: '' })
			.onConflict((conflict) => conflict.column('organisation_id').doNothing())
			.execute();
		const taken = await trx
			.updateTable('packs')
			.set({ builder, builder_until: now + LEASE })
			.where('organisation_id', '=', organisation)
			.where((eb) => eb.or([eb('builder', 'is', null), eb('builder_until', '<', now)]))
			.returning('organisation_id')
			.execute();
		return taken.length > 0;
	});
}

/** Prolongs the lease inside the caller's transaction. */
async function hold(trx: Trx, organisation: string, builder: string, now: number): Promise<void> {
	const held = await trx
		.updateTable('packs')
		.set({ builder_until: now + LEASE })
		.where('organisation_id', '=', organisation)
		.where('builder', '=', builder)
		.returning('organisation_id')
		.execute();
	if (held.length === 0) throw new TakenOver();
}

async function dropLease(store: Store, organisation: string, builder: string): Promise<void> {
	await store.db
		.updateTable('packs')
		.set({ builder: null, builder_until: null })
		.where('organisation_id', '=', organisation)
		.where('builder', '=', builder)
		.execute();
}

/** The phrases of a pack; undefined where one of their parts is not there. */
async function readPhrases(store: Store, organisation: string, pack: Contents): Promise<Phrases | undefined> {
	const parts = pack.parts.filter(({ kind }) => kind === 'phrases');
	const list: string[] = [];
	for (const { hash } of parts) {
		const content = await readPart(store, organisation, hash);
		if (!content) return undefined;
		list.push(...phrasesPart.parse(JSON.parse((await unpacked(content)).toString())));
	}
	return { list, of: pack.phrasesOf };
}

/**
 * A part that no pack has yet counts as one that is not needed any more until one is published with it. One that the pack of before has
 * is there.
 */
async function keepPart(
	{ store, now }: PackDeps,
	organisation: string,
	builder: string,
	{ kind, content }: MadePart,
	before: readonly PackPart[]
): Promise<PackPart> {
	const hash = createHash('sha256').update(content).digest('hex');
	const known = before.find((part) => part.hash === hash);
	const sent = known ? undefined : await packed(content);
	await store.write(async (trx) => {
		await hold(trx, organisation, builder, now());
		if (!sent) return;
		const row = { organisation_id: organisation, hash, dropped_at: now() };
		await insertRows(
			trx,
			store,
			'pack_parts',
			[{ ...row, content: sent.toString('base64') }],
			'on conflict (organisation_id, hash) do nothing'
		);
	});
	return known ?? { hash, bytes: content.length, wire: sent?.length ?? 0, kind };
}

/** Puts the new pack in the place of the old one, at once for everybody. */
async function publishPack(
	trx: Trx,
	{ store, now }: PackDeps,
	organisation: string,
	builder: string,
	{ change, area, contents }: { change: number; area: string; contents: Contents | undefined }
): Promise<void> {
	await hold(trx, organisation, builder, now());
	const hashes = contents?.parts.map(({ hash }) => hash) ?? [];
	const own = trx.updateTable('pack_parts').where('organisation_id', '=', organisation);
	await own.set({ dropped_at: now() }).where('dropped_at', 'is', null).execute();
	await own
		.set({ dropped_at: null })
		.where(among(store, 'hash', hashes))
		.execute();
	await trx
		.deleteFrom('pack_parts')
		.where('organisation_id', '=', organisation)
		.where('dropped_at', '<', now() - KEPT)
		.execute();
	await trx
		.updateTable('packs')
		.set({
			change_number: change,
			made_at: now(),
			area,
			contents: contents ? JSON.stringify(contents) : null
		})
		.where('organisation_id', '=', organisation)
		.execute();
}
