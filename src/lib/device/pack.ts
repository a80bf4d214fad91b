import { hashesOf, indexKey, type PackManifest } from '#lib/protocol/pack.ts';
import { DIRECTORY_PART } from '#lib/protocol/parts.ts';
import { readServicesPart } from './pack-contents.ts';
import type { PackRow, PublicDb } from './public-db.ts';

/**
 * The pack of an organisation's directory on this device: which one is in use, which one is being fetched, and what of it is here
 * (docs/decisions/0017). Rows of `services` are newer than it and win; pack-contents.ts reads it.
 */

/** Takes note that the server was asked, and had no other pack. */
export async function notePackAsked(
	open: PublicDb,
	organisation: string,
	asked: Pick<PackRow, 'askedAt' | 'epoch'>
): Promise<void> {
	await open.transaction('rw', open.packs, async () => {
		await open.packs.put({ ...(await open.packs.get(organisation)), organisation, ...asked });
	});
}

/**
 * Takes note of a pack to fetch. From now on sync brings what is newer than it: everything else will be in the pack, and until that is whole the
 * one of before and the rows stay in use.
 */
export async function wantPack(open: PublicDb, manifest: PackManifest, askedAt: number): Promise<void> {
	const { organisation, cursor, epoch, change } = manifest;
	await open.transaction(
		'rw',
		[open.packs, open.packParts, open.packIds, open.services, open.cursors],
		async () => {
			const before = await open.packs.get(organisation);
			await open.packs.put({ organisation, installed: before?.installed, wanted: manifest, askedAt, epoch });
			await open.cursors.put({ organisation, part: DIRECTORY_PART, cursor });
			// Of rows without a number, or with one of an earlier life of the server, nobody knows whether they are newer: they will come again if
			// they are.
			const sameLife = before?.epoch === epoch;
			await open.services
				.where('organisation')
				.equals(organisation)
				.filter((row) => row.change === undefined || (!sameLife && row.change > change))
				.modify({ change: 0 });
			await dropStrayParts(open);
		}
	);
}

/** Puts a whole pack into use: what it covers goes from the rows, in the same transaction. False where another one is wanted by now. */
export async function installPack(open: PublicDb, manifest: PackManifest): Promise<boolean> {
	try {
		return await install(open, manifest, true);
	} catch {
		// A browser that keeps no blobs, as in some private windows. Whatever else was wrong is wrong again.
		return install(open, manifest, false);
	}
}

async function install(open: PublicDb, manifest: PackManifest, mayJoin: boolean): Promise<boolean> {
	const { organisation, cursor, change } = manifest;
	return open.transaction('rw', [open.packs, open.packParts, open.packIds, open.services], async () => {
		const row = await open.packs.get(organisation);
		if (row?.wanted?.cursor !== cursor || (await missingParts(open, manifest)).length > 0) return false;
		if (mayJoin) await joinIndex(open, manifest);
		await open.packs.put({ organisation, installed: manifest, askedAt: row.askedAt, epoch: row.epoch });
		await open.services
			.where('organisation')
			.equals(organisation)
			.filter((service) => service.change !== undefined && service.change <= change)
			.delete();
		await dropStrayParts(open);
		return true;
	});
}

/**
 * Lets go of a pack that cannot be had any more: what it would have brought comes entry by entry, from the beginning. The one in use stays below it.
 */
export async function giveUpPack(open: PublicDb, organisation: string): Promise<void> {
	await open.transaction('rw', [open.packs, open.packParts, open.packIds, open.cursors], async () => {
		const row = await open.packs.get(organisation);
		if (!row) return;
		await open.packs.put({ ...row, wanted: undefined, fullAt: undefined });
		await open.cursors.delete([organisation, DIRECTORY_PART]);
		await dropStrayParts(open);
	});
}

/** Puts the parts of an index into one, inside the caller's transaction; they themselves become stray by that. */
async function joinIndex({ packParts }: PublicDb, pack: PackManifest): Promise<void> {
	const key = indexKey(pack);
	if (key === undefined || (await packParts.get(key))) return;
	const pieces = await packParts.bulkGet(hashesOf(pack, 'index'));
	const whole = new Blob(pieces.flatMap((piece) => piece?.bytes ?? []));
	await packParts.put({ hash: key, bytes: new Uint8Array(), whole });
}

/** The names under which a pack lies here: an index that was joined has one. */
function namesOf(pack: PackManifest, here: ReadonlySet<string>): string[] {
	const key = indexKey(pack);
	const joined = key !== undefined && here.has(key);
	const parts = pack.parts.filter(({ kind }) => !(joined && kind === 'index')).map(({ hash }) => hash);
	return joined ? [...parts, key] : parts;
}

/** The parts of a pack that are not here yet. */
export async function missingParts(open: PublicDb, manifest: PackManifest): Promise<PackManifest['parts']> {
	const here = new Set(await open.packParts.toCollection().primaryKeys());
	const missing = new Set(namesOf(manifest, here).filter((name) => !here.has(name)));
	// Two parts that say the same are one.
	return manifest.parts.filter(({ hash }) => missing.delete(hash));
}

/** Parts that neither a pack in use nor one that is being fetched has, inside the caller's transaction. */
async function dropStrayParts({ packs, packParts, packIds }: PublicDb): Promise<void> {
	const rows = await packs.toArray();
	const here = new Set(await packParts.toCollection().primaryKeys());
	const known = rows.flatMap(({ installed, wanted }) => [installed, wanted]);
	const needed = new Set(known.flatMap((pack) => (pack ? namesOf(pack, here) : [])));
	const stray = [...here].filter((name) => !needed.has(name));
	await Promise.all([packParts.bulkDelete(stray), packIds.bulkDelete(stray)]);
}

/** How far the download is, from what lies here. */
export interface PackProgress {
	/** Bytes that came over the line, and all of them. */
	bytes: number;
	of: number;
	/** Another one is in use meanwhile. */
	replaces: boolean;
	/** When there was no room for the next part, ms. */
	fullAt?: number | undefined;
}

/** Undefined: nothing is being fetched. */
export async function packProgress(open: PublicDb, organisation: string): Promise<PackProgress | undefined> {
	const row = await open.packs.get(organisation);
	if (!row?.wanted) return undefined;
	const missing = await missingParts(open, row.wanted);
	const of = sent(row.wanted.parts);
	return { bytes: of - sent(missing), of, replaces: row.installed !== undefined, fullAt: row.fullAt };
}

/** The pack in use: when it was made, ISO 8601, and how many bytes it takes; undefined where there is none. */
export async function packInUse(
	open: PublicDb,
	organisation: string
): Promise<{ made: string; bytes: number } | undefined> {
	const pack = (await open.packs.get(organisation))?.installed;
	return pack && { made: pack.made, bytes: pack.parts.reduce((all, { bytes }) => all + bytes, 0) };
}

/** How many services are here: those of the pack in use, or the rows where there is none. */
export async function countServices(open: PublicDb, organisation: string): Promise<number> {
	const pack = await open.packs.get(organisation);
	return pack?.installed?.services ?? open.services.where('organisation').equals(organisation).count();
}

const sent = (parts: PackManifest['parts']) => parts.reduce((all, { wire }) => all + wire, 0);

/** Keeps a part that is what its name says. Throws where it is of a form that this version does not know. */
export async function keepPackPart(
	open: PublicDb,
	{ hash, kind }: PackManifest['parts'][number],
	bytes: Uint8Array<ArrayBuffer>
): Promise<void> {
	const ids = kind === 'services' ? readServicesPart(bytes).ids : undefined;
	await open.transaction('rw', [open.packParts, open.packIds], async () => {
		await open.packParts.put({ hash, bytes });
		if (ids) await open.packIds.put({ hash, ids });
	});
}

/** There was no room for the next part; undefined: it is tried again. */
export async function notePackFull(
	{ packs }: PublicDb,
	organisation: string,
	fullAt: number | undefined
): Promise<void> {
	await packs.update(organisation, { fullAt });
}
