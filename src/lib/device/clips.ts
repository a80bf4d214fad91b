import { Dexie, type Table } from 'dexie';
import { guardedStorage, openGuarded } from './schema-guard.ts';

/** A phrase that somebody has spoken, as this phone keeps it. */
export interface ClipRow {
	organisation: string;
	/** Key of the phrase, see directory/phrases, or of a card, see directory/spoken-card.ts. */
	phrase: string;
	/** BCP 47. */
	language: string;
	/** SHA-256 of the recording, hex. */
	hash: string;
	/** Base64, as it goes over the wire: Safari loses blobs in its database. */
	audio: string;
	/** `waiting`: recorded here, the server has not said yet that it keeps it. `leaving`: taken away here, the server has not heard of it. */
	state: 'kept' | 'waiting' | 'leaving';
}

type Key = Pick<ClipRow, 'organisation' | 'phrase' | 'language'>;

const CLIPS_SCHEMA = 1;

/**
 * Recordings are nobody's secret. A database of their own, opened by the screens that play them and beside the pack: the first screen loads
 * and opens nothing for them.
 */
class ClipDb extends Dexie {
	clips!: Table<ClipRow, [string, string, string]>;

	constructor(name: string) {
		super(name, { indexedDB: guardedStorage, chromeTransactionDurability: 'strict', cache: 'disabled' });
		this.version(CLIPS_SCHEMA).stores({ clips: '[organisation+phrase+language], organisation' });
	}
}

export type Clips = ClipDb;

export function openClips(name = 'reppu-clips'): Promise<Clips> {
	return openGuarded(new ClipDb(name));
}

const keyOf = ({ organisation, phrase, language }: Key): [string, string, string] => [
	organisation,
	phrase,
	language
];

/** The recording to play; undefined where there is none. */
export async function findClip(db: Clips, key: Key): Promise<ClipRow | undefined> {
	const row = await db.clips.get(keyOf(key));
	return row?.state === 'leaving' ? undefined : row;
}

/** Keeps what was just recorded, in the place of the one before, until the server has acknowledged it. */
export async function recordClip(db: Clips, clip: Omit<ClipRow, 'state'>): Promise<void> {
	await db.clips.put({ ...clip, state: 'waiting' });
}

/** Takes a recording away. One that the server may have stays as a note for the server, without its sound. */
export async function removeClip(db: Clips, key: Key): Promise<void> {
	await db.clips.update(keyOf(key), { state: 'leaving', audio: '' });
}

/** What the server does not know yet. */
export async function openMatters(db: Clips, organisation: string): Promise<ClipRow[]> {
	const rows = await db.clips.where('organisation').equals(organisation).toArray();
	return rows.filter(({ state }) => state !== 'kept');
}

/** The server keeps it. Where another was recorded meanwhile, that one goes on waiting. */
export async function acknowledgeClip(db: Clips, { hash, ...key }: ClipRow): Promise<void> {
	await db.transaction('rw', db.clips, async () => {
		const row = await db.clips.get(keyOf(key));
		if (row?.hash !== hash) return;
		if (row.state === 'leaving') await db.clips.delete(keyOf(key));
		else await db.clips.put({ ...row, state: 'kept' });
	});
}

/** Lets go of a recording that the server keeps for nobody. Where another was recorded meanwhile, that one goes on waiting. */
export async function dropClip(db: Clips, { hash, ...key }: ClipRow): Promise<void> {
	await db.transaction('rw', db.clips, async () => {
		const row = await db.clips.get(keyOf(key));
		if (row?.hash === hash) await db.clips.delete(keyOf(key));
	});
}

export type ClipNotice = Omit<ClipRow, 'audio' | 'state' | 'organisation'>;

/** Drops what the server has no more, and says what of its list is missing here. What the server has not heard of stays. */
export async function compareClips(
	db: Clips,
	organisation: string,
	list: readonly ClipNotice[]
): Promise<ClipNotice[]> {
	return db.transaction('rw', db.clips, async () => {
		const rows = await db.clips.where('organisation').equals(organisation).toArray();
		const named = (one: { phrase: string; language: string }) => `${one.phrase} ${one.language}`;
		const listed = new Set(list.map(named));
		const here = new Map(rows.map((row) => [named(row), row]));
		await db.clips.bulkDelete(
			rows.filter((row) => row.state === 'kept' && !listed.has(named(row))).map(keyOf)
		);
		return list.filter((notice) => {
			const row = here.get(named(notice));
			return !row || (row.state === 'kept' && row.hash !== notice.hash);
		});
	});
}

/** Puts a recording of the server in its place, unless somebody recorded there meanwhile. */
export async function storeClip(db: Clips, clip: Omit<ClipRow, 'state'>): Promise<void> {
	await db.transaction('rw', db.clips, async () => {
		const row = await db.clips.get(keyOf(clip));
		if (!row || row.state === 'kept') await db.clips.put({ ...clip, state: 'kept' });
	});
}
