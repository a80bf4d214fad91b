import { Dexie, type ObservabilitySet } from 'dexie';
import { removal, shownValues, type RecordState } from '#lib/domain/record.ts';
import { glanceAt, type Glance } from '#lib/domain/visit-glance.ts';
import type { MembershipDb } from './membership-db.ts';
import { unseal, type VisitRow } from './rows.ts';

/** One visit in memory. Its values are looked at when a screen first asks for them: most of a year's visits never are. */
export class VisitEntry {
	readonly id: string;
	readonly state: RecordState;
	/** When the contact was, ms since 1970; 0 where the record does not say. */
	readonly at: number;
	#glance: Glance | undefined;

	constructor(row: VisitRow) {
		this.id = row.id;
		this.state = unseal<RecordState>(row);
		const at = this.state.heads['at']?.at(-1)?.value;
		this.at = (typeof at === 'string' && Date.parse(at)) || 0;
	}

	/** The clock with which its time was written: the visit logged last has the highest. */
	get written(): string {
		return this.state.heads['at']?.at(-1)?.clock ?? '';
	}

	/** What a row of a list shows. All of it is read by `visit-of.ts`, which not every screen needs. */
	get glance(): Glance {
		return (this.#glance ??= glanceAt(shownValues(this.state)));
	}

	/** `but-changed` still stands: it is never hidden from its author. */
	get stands(): boolean {
		return removal(this.state) !== 'yes';
	}
}

type Ranges = { from?: unknown; to?: unknown; l?: Ranges | null; r?: Ranges | null } | null | undefined;

/** The single keys in Dexie's tree of written ranges, or undefined where whole ranges were written. */
function writtenKeys(ranges: Ranges, keys: string[] = []): string[] | undefined {
	if (!ranges || !('from' in ranges)) return keys;
	if (typeof ranges.from !== 'string' || ranges.from !== ranges.to) return undefined;
	keys.push(ranges.from);
	return writtenKeys(ranges.l, keys) && writtenKeys(ranges.r, keys);
}

/**
 * All visits of a membership in memory, where every question about visits is answered (design.md §4: the database indexes
 * nothing of what a visit says). Read once, then only the rows that were written since: by this tab, another or the worker.
 */
export class VisitSet {
	/** False until the rows were read for the first time. */
	ready = $state(false);
	readonly #db: MembershipDb;
	readonly #entries = new Map<string, VisitEntry>();
	#newestFirst = $state.raw<readonly VisitEntry[]>([]);
	/** One reading after the other, so that an older answer never covers a newer one. */
	#reading: Promise<void> = Promise.resolve();
	/** After a reading that failed, single rows are not enough. */
	#stale = true;
	#stopped = false;

	constructor(db: MembershipDb) {
		this.#db = db;
	}

	/** Visits that stand, the latest contact first. */
	get all(): readonly VisitEntry[] {
		return this.#newestFirst;
	}

	get(id: string): VisitEntry | undefined {
		void this.#newestFirst;
		return this.#entries.get(id);
	}

	/** Begins to read and to follow; resolves after the first reading. */
	start(): Promise<void> {
		Dexie.on.storagemutated.subscribe(this.#written);
		return this.#next(() => this.#readAll());
	}

	stop(): void {
		this.#stopped = true;
		Dexie.on.storagemutated.unsubscribe(this.#written);
	}

	readonly #written = (parts: ObservabilitySet) => {
		const ranges = parts[`idb://${this.#db.name}/visits/`];
		const everything = 'all' in parts && parts.all;
		if (!ranges && !everything) return;
		const keys = everything ? undefined : writtenKeys(ranges as Ranges);
		// A failure leaves what is shown and is made good by the next write.
		this.#next(() => (keys && !this.#stale ? this.#read(keys) : this.#readAll())).catch(() => undefined);
	};

	#next(read: () => Promise<void>): Promise<void> {
		// Whoever stopped closes the database next.
		const reading = this.#reading.then(() => (this.#stopped ? undefined : read()));
		this.#reading = reading.then(
			() => void (this.#stale = false),
			() => void (this.#stale = true)
		);
		return reading;
	}

	async #readAll(): Promise<void> {
		const rows = await this.#db.visits.toArray();
		this.#entries.clear();
		for (const row of rows) this.#entries.set(row.id, new VisitEntry(row));
		this.#show();
	}

	async #read(keys: string[]): Promise<void> {
		const rows = await this.#db.visits.bulkGet(keys);
		rows.forEach((row, index) => {
			if (row) this.#entries.set(row.id, new VisitEntry(row));
			else this.#entries.delete(keys[index] as string);
		});
		this.#show();
	}

	#show(): void {
		this.#newestFirst = [...this.#entries.values()]
			.filter((entry) => entry.stands)
			.sort((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1));
		this.ready = true;
	}
}
