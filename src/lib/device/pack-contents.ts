import type { RecordState } from '#lib/domain/record.ts';
import { servicesPart, type PackManifest } from '#lib/protocol/pack.ts';
import type { PublicDb } from './public-db.ts';

/** What the pack in use says. Every function reads the database first and unpacks afterwards, so that live queries see what it read. */

type PackPart = PackManifest['parts'][number];

/** Parts that stay unpacked: those of one screen full of hits. A part never changes, so it never grows old. */
const KEPT = 24;
const unpacked = new Map<string, Promise<ReadonlyMap<string, RecordState>>>();

async function gunzip(bytes: Uint8Array<ArrayBuffer>): Promise<Response> {
	return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip')));
}

/** The records of a part. Who wrote them is not in it: what matters to a later change is the clock of what it replaces. */
async function unpack(bytes: Uint8Array<ArrayBuffer>): Promise<ReadonlyMap<string, RecordState>> {
	const part = servicesPart.parse(await (await gunzip(bytes)).json());
	return new Map(
		part.services.map(([id, values, clocks]) => {
			const state: RecordState = { heads: {}, seen: {} };
			Object.keys(values).forEach((field, index) => {
				const clock = part.clocks[typeof clocks === 'number' ? clocks : (clocks[index] ?? -1)];
				const value = values[field];
				if (clock !== undefined && value !== undefined)
					state.heads[field] = [{ clock, opId: '', value, author: '' }];
			});
			return [id, state];
		})
	);
}

function unpackOnce(hash: string, bytes: Uint8Array<ArrayBuffer>): Promise<ReadonlyMap<string, RecordState>> {
	const known = unpacked.get(hash) ?? unpack(bytes);
	unpacked.delete(hash);
	unpacked.set(hash, known);
	// The one that nobody has asked for longest goes.
	for (const oldest of unpacked.keys()) if (unpacked.size > KEPT) unpacked.delete(oldest);
	// What failed is tried again by whoever asks next.
	known.catch(() => unpacked.delete(hash));
	return known;
}

/** The part that holds an id, if the pack has it: parts lie in the order of ids. */
function partOf(parts: readonly PackPart[], id: string): PackPart | undefined {
	let [first, end] = [0, parts.length];
	while (first < end) {
		const middle = (first + end) >> 1;
		if ((parts[middle]?.to ?? '') < id) first = middle + 1;
		else end = middle;
	}
	const found = parts[first];
	return found && (found.from ?? '') <= id ? found : undefined;
}

async function partsInUse(
	open: PublicDb,
	organisation: string,
	wanted: (services: readonly PackPart[], index: readonly PackPart[]) => readonly PackPart[]
): Promise<{ hash: string; bytes: Uint8Array<ArrayBuffer> }[]> {
	const row = await open.packs.get(organisation);
	const parts = row?.installed?.parts ?? [];
	const [services, index] = (['services', 'index'] as const).map((kind) =>
		parts.filter((part) => part.kind === kind)
	) as [PackPart[], PackPart[]];
	const rows = await open.packParts.bulkGet(wanted(services, index).map(({ hash }) => hash));
	return rows.flatMap((found) => found ?? []);
}

/** The records of the pack in use by id: those that are asked for, or all of them. */
export async function packStates(
	open: PublicDb,
	organisation: string,
	ids?: readonly string[]
): Promise<Map<string, RecordState>> {
	const rows = await partsInUse(open, organisation, (services) =>
		ids ? [...new Set(ids.flatMap((id) => partOf(services, id) ?? []))] : services
	);
	const found = new Map<string, RecordState>();
	if (!ids) {
		// One after the other, so that the page has its turn in between, and none is kept twice.
		for (const { bytes } of rows) for (const [id, state] of await unpack(bytes)) found.set(id, state);
		return found;
	}
	const parts = await Promise.all(rows.map(({ hash, bytes }) => unpackOnce(hash, bytes)));
	for (const id of ids) {
		const state = parts.find((part) => part.has(id))?.get(id);
		if (state) found.set(id, state);
	}
	return found;
}

/** The search index of the pack in use; undefined where there is no pack, or it has none. */
export async function packIndexBytes(
	open: PublicDb,
	organisation: string
): Promise<Uint8Array<ArrayBuffer> | undefined> {
	const rows = await partsInUse(open, organisation, (_, index) => index);
	if (rows.length === 0) return undefined;
	const pieces = await Promise.all(rows.map(async ({ bytes }) => (await gunzip(bytes)).arrayBuffer()));
	const whole = new Uint8Array(pieces.reduce((size, { byteLength }) => size + byteLength, 0));
	let at = 0;
	for (const piece of pieces) {
		whole.set(new Uint8Array(piece), at);
		at += piece.byteLength;
	}
	return whole;
}
