import { Dexie, type ObservabilitySet, type Table } from 'dexie';
import type { MembershipDb } from './membership-db.ts';

/** Keys from one to the other, both included. */
export interface KeyRange {
	from: IDBValidKey;
	to: IDBValidKey;
}

/** What follows one table. */
export interface Follower<Row = unknown> {
	table: string;
	/** Takes in all rows of the table, or, with `ranges`, those that are now in these ranges: others there are gone. */
	take(rows: readonly Row[], ranges?: readonly KeyRange[]): void;
	/** After all followers took in what one reading brought. `complete`: all of the table is known by now. */
	taken(complete: boolean): void;
}

type Tree = { from?: unknown; to?: unknown; l?: Tree | null; r?: Tree | null } | null | undefined;

/** From so many ranges on everything is read anew. */
const MANY = 600;

/** Dexie's tree of written ranges as a list; undefined where it is not worth while. */
function rangesOf(tree: Tree, found: KeyRange[] = []): KeyRange[] | undefined {
	if (!tree || !('from' in tree)) return found;
	if (found.length >= MANY) return undefined;
	found.push({ from: tree.from as IDBValidKey, to: tree.to as IDBValidKey });
	return rangesOf(tree.l, found) && rangesOf(tree.r, found);
}

const isOneKey = ({ from, to }: KeyRange) => from === to;

/** Drops what is kept under the keys of these ranges. */
export function dropRanges<Key extends IDBValidKey>(
	kept: Map<Key, unknown>,
	ranges: readonly KeyRange[]
): void {
	const wide: KeyRange[] = [];
	for (const range of ranges) {
		if (isOneKey(range)) kept.delete(range.from as Key);
		else wide.push(range);
	}
	if (wide.length === 0) return;
	const lies = (key: Key) =>
		wide.some(({ from, to }) => indexedDB.cmp(key, from) >= 0 && indexedDB.cmp(key, to) <= 0);
	for (const key of kept.keys()) if (lies(key)) kept.delete(key);
}

async function readRanges(table: Table, ranges: readonly KeyRange[]): Promise<unknown[]> {
	// Written and replaced: most keys are named twice.
	const single = [...new Set(ranges.filter(isOneKey).map(({ from }) => from))];
	const found = ((await table.bulkGet(single)) as unknown[]).filter((row) => row !== undefined);
	for (const range of ranges) {
		if (isOneKey(range)) continue;
		found.push(
			...(await table
				.where(':id')
				.between(range.from as string, range.to as string, true, true)
				.toArray())
		);
	}
	return found;
}

/**
 * Keeps what is in memory the same as what stands in some tables: read once, then only the rows that were written since, by this
 * tab, another or the worker. One reading sees all tables at one moment, so that a visit never shows without its op.
 */
export class Follow {
	readonly #db: MembershipDb;
	readonly #followers: readonly Follower[];
	/** One reading after the other, so that an older answer never covers a newer one. */
	#reading: Promise<void> = Promise.resolve();
	/** After a reading that failed, single rows are not enough. */
	#stale = true;
	#stopped = false;
	/** What is left of a table that is read part by part. */
	readonly #rest = new Map<Follower, KeyRange[]>();

	constructor(db: MembershipDb, followers: readonly Follower[]) {
		this.#db = db;
		this.#followers = followers;
	}

	/** Begins to read and to follow; resolves after the first reading. */
	start(): Promise<void> {
		Dexie.on.storagemutated.subscribe(this.#written);
		return this.#next(undefined);
	}

	stop(): void {
		this.#stopped = true;
		Dexie.on.storagemutated.unsubscribe(this.#written);
	}

	readonly #written = (parts: ObservabilitySet) => {
		const written = new Map<Follower, KeyRange[] | undefined>();
		for (const follower of this.#followers) {
			const tree = parts[`idb://${this.#db.name}/${follower.table}/`] as Tree;
			const deleted = parts[`idb://${this.#db.name}/${follower.table}/:dels`] as Tree;
			if (tree || deleted) written.set(follower, rangesOf(tree) && rangesOf(deleted, rangesOf(tree)));
		}
		const everything = 'all' in parts && parts.all;
		if (written.size === 0 && !everything) return;
		// A failure leaves what is shown and is made good by the next write.
		this.#next(everything ? undefined : written).catch(() => undefined);
	};

	/** Reads what is left of a table; what is written meanwhile comes in between. It ends where all is read anew. */
	async #readOn(follower: Follower, rest: KeyRange[]): Promise<void> {
		while (rest.length > 0 && this.#rest.get(follower) === rest && !this.#stopped)
			await this.#next(new Map([[follower, rest.slice(0, 1)]]), rest);
	}

	#next(
		written: ReadonlyMap<Follower, KeyRange[] | undefined> | undefined,
		rest?: KeyRange[]
	): Promise<void> {
		// Whoever stopped closes the database next.
		const reading = this.#reading.then(() => (this.#stopped ? undefined : this.#read(written, rest)));
		this.#reading = reading.then(
			() => void (this.#stale = false),
			() => void (this.#stale = true)
		);
		return reading;
	}

	async #read(
		written: ReadonlyMap<Follower, KeyRange[] | undefined> | undefined,
		rest: KeyRange[] | undefined
	): Promise<void> {
		const all = this.#stale || written === undefined;
		const wanted = all ? this.#followers : [...written.keys()];
		const rangesFor = (follower: Follower) => (all ? undefined : written?.get(follower));
		const { guard } = this.#db;
		const read = await this.#db.transaction(
			'r',
			wanted.map(({ table }) => table),
			({ idbtrans }) => {
				guard?.leaveSealed(idbtrans);
				return Promise.all(
					wanted.map(async (follower) => {
						const ranges = rangesFor(follower);
						const table = this.#db.table(follower.table);
						if (ranges) return readRanges(table, ranges);
						const { rows, rest } = await (guard?.firstRows?.(table) ??
							table.toArray().then((rows: unknown[]) => ({ rows, rest: [] })));
						this.#rest.set(follower, rest);
						return rows;
					})
				);
			}
		);
		const opened = async (rows: unknown[], table: string) =>
			guard ? Promise.all(rows.map((row) => guard.openRow(table, row))) : rows;
		const rows = await Promise.all(wanted.map(({ table }, index) => opened(read[index] ?? [], table)));
		wanted.forEach((follower, index) => follower.take(rows[index]!, rangesFor(follower)));
		rest?.shift();
		// What comes in between the first part and the last is shown with the last: a list that grows under the eyes helps nobody.
		if (rest?.length) return;
		for (const follower of wanted) {
			const left = this.#rest.get(follower)!;
			follower.taken(left.length === 0);
			if (!rangesFor(follower)) this.#readOn(follower, left).catch(() => undefined);
		}
	}
}
