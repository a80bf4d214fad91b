/**
 * The packed bag: what a phone must have before its user leaves for a place without a network. Nothing is asked of the server; it says what is here.
 */
export interface BagFacts {
	/** When the server last answered, ms; undefined: never. */
	heardAt: number | undefined;
	now: number;
	/** Changes that have no receipt yet, visits and everything else. */
	waiting: number;
	/** Records that need their author. */
	attention: number;
	/** The directory with all its languages. `coming`: a newer or a first one is on its way, and not all of it is here. */
	pack: 'here' | 'coming';
	/** Entries of the directory here. */
	services: number;
	/** Recordings that the server has and this phone has not; undefined: it has not asked yet. */
	clipsMissing: number | undefined;
	/** Whether the browser has promised to keep the data; undefined: it cannot say. */
	kept: boolean | undefined;
}

export type BagItem = 'sent' | 'attention' | 'fresh' | 'pack' | 'clips' | 'storage';

/** `unknown` holds nobody back: the phone cannot know. */
export type BagState = 'ok' | 'missing' | 'unknown';

/** A plan older than that may have changed, ms. */
const FRESH = 24 * 3_600_000;

/** Every check, in the order in which they are shown. */
export function bagChecks(facts: BagFacts): { item: BagItem; state: BagState }[] {
	const { heardAt, now, waiting, attention, pack, services, clipsMissing, kept } = facts;
	const ok = (isOk: boolean): BagState => (isOk ? 'ok' : 'missing');
	return [
		{ item: 'sent', state: ok(waiting === 0) },
		...(attention > 0 ? [{ item: 'attention', state: 'missing' } as const] : []),
		{ item: 'fresh', state: ok(heardAt !== undefined && Math.abs(now - heardAt) <= FRESH) },
		{ item: 'pack', state: ok(services > 0 && pack !== 'coming') },
		{ item: 'clips', state: clipsMissing === undefined ? 'unknown' : ok(clipsMissing === 0) },
		{ item: 'storage', state: kept === undefined ? 'unknown' : ok(kept) }
	];
}
