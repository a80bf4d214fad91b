import type { RecordState } from '#lib/domain/record.ts';
import {
	hashesOf,
	idsOfIndex,
	indexKey,
	phrasesPart,
	servicesPart,
	type PackManifest,
	type ServicesPart
} from '#lib/protocol/pack.ts';
import { recordAt } from '#lib/protocol/pack-columns.ts';
import type { PackPartRow, PublicDb } from './public-db.ts';

/** What the pack in use says. Every function reads the database first and unpacks afterwards, so that live queries see what it read. */

/** Parts of services that stay unpacked: like lies with like, so a screen full of hits needs few. A part never changes. */
const KEPT = 8;

const parse = (bytes: Uint8Array): unknown => JSON.parse(new TextDecoder().decode(bytes));

export const readServicesPart = (bytes: Uint8Array): ServicesPart => servicesPart.parse(parse(bytes));

class Unpacked {
	readonly part: ServicesPart;
	readonly #places: ReadonlyMap<string, number>;

	constructor(bytes: Uint8Array) {
		this.part = readServicesPart(bytes);
		this.#places = new Map(this.part.ids.map((id, place) => [id, place]));
	}

	place(id: string): number | undefined {
		return this.#places.get(id);
	}
}

const unpacked = new Map<string, Unpacked>();

function unpackOnce({ hash, bytes }: PackPartRow): Unpacked {
	const known = unpacked.get(hash) ?? new Unpacked(bytes);
	unpacked.delete(hash);
	unpacked.set(hash, known);
	// The one that nobody has asked for longest goes.
	for (const oldest of unpacked.keys()) if (unpacked.size > KEPT) unpacked.delete(oldest);
	return known;
}

/** The phrases of one pack, by the parts that they came from. */
let phrases: { of: string; list: readonly string[] } | undefined;

function phrasesOf(rows: readonly PackPartRow[]): readonly string[] {
	const of = rows.map(({ hash }) => hash).join();
	if (phrases?.of !== of)
		phrases = { of, list: rows.flatMap(({ bytes }) => phrasesPart.parse(parse(bytes))) };
	return phrases.list;
}

/** A record as the rest of the app knows it. Who wrote it is not in the pack: what matters to a later change is the clock of what it replaces. */
function stateAt(part: ServicesPart, place: number, list: readonly string[]): RecordState {
	const { values, clocks } = recordAt(part, place, list);
	const heads: RecordState['heads'] = {};
	for (const [field, value] of Object.entries(values)) {
		const clock = clocks[field];
		if (clock !== undefined) heads[field] = [{ clock, opId: '', value, author: '' }];
	}
	return { heads, seen: {} };
}

async function readParts({ packParts }: PublicDb, hashes: readonly string[]): Promise<PackPartRow[]> {
	return (await packParts.bulkGet([...hashes])).flatMap((row) => row ?? []);
}

/** The records of the pack in use by id: those that are asked for, or all of them. */
export async function packStates(
	open: PublicDb,
	organisation: string,
	ids?: readonly string[]
): Promise<Map<string, RecordState>> {
	const pack = (await open.packs.get(organisation))?.installed;
	const found = new Map<string, RecordState>();
	if (!pack || ids?.length === 0) return found;
	const all = hashesOf(pack, 'services');
	// A pack that is being fetched has parts with these entries too.
	const holding = ids && new Set(await open.packIds.where('ids').anyOf(ids).primaryKeys());
	const wanted = holding ? all.filter((hash) => holding.has(hash)) : all;
	const [common, rows] = await Promise.all([
		readParts(open, hashesOf(pack, 'phrases')),
		readParts(open, wanted)
	]);
	const list = phrasesOf(common);
	for (const row of rows) {
		if (!ids) {
			const part = readServicesPart(row.bytes);
			part.ids.forEach((id, place) => found.set(id, stateAt(part, place, list)));
			continue;
		}
		const one = unpackOnce(row);
		for (const id of ids) {
			const place = one.place(id);
			if (place !== undefined) found.set(id, stateAt(one.part, place, list));
		}
	}
	return found;
}

/** A joined index that cannot be read any more, because the browser has lost its file: its parts are fetched again. */
async function dropIndex(open: PublicDb, pack: PackManifest): Promise<void> {
	await open.transaction('rw', [open.packs, open.packParts], async () => {
		await open.packParts.delete(indexKey(pack) ?? '');
		const row = await open.packs.get(pack.organisation);
		if (row?.installed?.cursor === pack.cursor && !row.wanted) await open.packs.put({ ...row, wanted: pack });
	});
}

/**
 * The search index of the pack in use, and the ids of its entries, some of which may be gone; undefined where there is no pack, or not all of its index is here.
 * Throws where the browser has lost an index that it kept; it will be fetched again.
 */
export async function packIndex(
	open: PublicDb,
	organisation: string
): Promise<{ bytes: Uint8Array<ArrayBuffer>; ids: string[] } | undefined> {
	const read = await open.transaction('r', [open.packs, open.packParts, open.packIds], async () => {
		const pack = (await open.packs.get(organisation))?.installed;
		const key = indexKey(pack);
		if (!pack || key === undefined) return undefined;
		const [joined, held] = await Promise.all([
			open.packParts.get(key),
			open.packIds.bulkGet(hashesOf(pack, 'services'))
		]);
		const hashes = hashesOf(pack, 'index');
		const pieces = joined?.whole
			? [joined.whole]
			: (await open.packParts.bulkGet(hashes)).map((row) => row?.bytes);
		return { pack, pieces, held };
	});
	if (!read) return undefined;
	const { pack, pieces, held } = read;
	const [whole, lists] = [pieces.filter((piece) => piece !== undefined), held.flatMap((row) => row ?? [])];
	if (whole.length < pieces.length || lists.length < held.length) return undefined;
	const ids = idsOfIndex(
		lists.flatMap((row) => row.ids),
		pack.unindexed
	);
	try {
		return { bytes: new Uint8Array(await new Blob(whole).arrayBuffer()), ids };
	} catch (error) {
		await dropIndex(open, pack);
		throw error;
	}
}
