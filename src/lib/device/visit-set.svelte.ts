import { conflicts, removal, saidBy, shownValues, type RecordState, type Said } from '#lib/domain/record.ts';
import { glanceAt, type Glance } from '#lib/domain/visit-glance.ts';
import type { VisitFacts } from '#lib/domain/visit-facts.ts';
import { dropRanges, type Follower } from './follow.ts';
import type { MembershipDb } from './membership-db.ts';
import { isReadable, unseal, type VisitRow } from './rows.ts';

/** One visit in memory. Its values are looked at when a screen first asks for them: most of a year's visits never are. */
export class VisitEntry {
	readonly id: string;
	/** The clock with which its time was written: the visit logged last has the highest. */
	readonly written: string;
	/** When the contact was, ms since 1970; 0 where the record does not say. */
	readonly at: number;
	readonly #row: VisitRow;
	#state: RecordState | undefined;
	#glance: Glance | undefined;
	#unsettled: 'differs' | 'removed' | false | undefined;

	constructor(row: VisitRow) {
		this.id = row.id;
		this.#row = row;
		const time = this.#sole ?? this.state.heads['at']?.at(-1);
		this.written = time?.clock ?? '';
		this.at = (typeof time?.value === 'string' && Date.parse(time.value)) || 0;
	}

	/** It stands, and nobody has to decide: known without its body being taken apart. */
	get #sole() {
		return this.#row.brief?.time;
	}

	get state(): RecordState {
		return (this.#state ??= this.#row.brief?.state() ?? unseal<RecordState>(this.#row));
	}

	/** What it says now: of most visits without making what only a merge needs. */
	get said(): Said {
		return !this.#state && this.#sole ? this.#row.brief!.said() : saidBy(this.state);
	}

	/** What statistics count of it, where the vault knows that without its being taken apart. */
	get facts(): VisitFacts | undefined {
		return this.#row.brief?.facts();
	}

	/** What a row of a list shows. All of it is read by `visit-of.ts`, which not every screen needs. */
	get glance(): Glance {
		return (this.#glance ??= glanceAt(shownValues(this.state)));
	}

	/**
	 * Somebody has to decide: two sides wrote one field without knowing of each other, or one removed what another changed. Both values
	 * stand until then.
	 */
	get unsettled(): 'differs' | 'removed' | false {
		// Asked of every visit whenever one of them changes.
		return (this.#unsettled ??=
			!this.#sole &&
			(removal(this.state) === 'but-changed'
				? 'removed'
				: this.stands && conflicts(this.state).length > 0 && 'differs'));
	}

	/** `but-changed` still stands: it is never hidden from its author. */
	get stands(): boolean {
		return !!this.#sole || removal(this.state) !== 'yes';
	}
}

/**
 * All visits of a membership in memory, where every question about visits is answered (design.md §4: the database indexes
 * nothing of what a visit says).
 */
export class VisitSet {
	readonly follower: Follower<VisitRow>;
	/** False until the newest rows were read for the first time. */
	ready = $state(false);
	/** False as long as older visits are still being opened: until then nobody knows how many there are, or that there is none. */
	complete = $state(false);
	readonly #entries = new Map<string, VisitEntry>();
	/** Rows that no key here opens. */
	readonly #sealed = new Set<string>();
	#newestFirst = $state.raw<readonly VisitEntry[]>([]);
	#unsettled = $state.raw<readonly VisitEntry[]>([]);

	constructor(db: MembershipDb) {
		this.follower = {
			table: db.visits.name,
			take: (rows, ranges) => {
				if (ranges) dropRanges(this.#entries, ranges);
				else this.#entries.clear();
				// What other members logged is a matter of the office.
				if (!ranges) this.#sealed.clear();
				for (const row of rows) {
					if (row.part !== undefined) continue;
					this.#sealed.delete(row.id);
					if (isReadable(row)) this.#entries.set(row.id, new VisitEntry(row));
					else this.#sealed.add(row.id);
				}
			},
			taken: (complete) => {
				this.#show();
				this.complete = complete;
			}
		};
	}

	/** Visits that stand, the latest contact first. */
	get all(): readonly VisitEntry[] {
		return this.#newestFirst;
	}

	/** Visits on which somebody has to decide. */
	get unsettled(): readonly VisitEntry[] {
		return this.#unsettled;
	}

	/** How many there are, removed and sealed ones too. */
	get count(): number {
		void this.#newestFirst;
		return this.#entries.size + this.#sealed.size;
	}

	/** How many visits lie here that cannot be opened: altered, or sealed under a key that is gone. */
	get sealed(): number {
		void this.#newestFirst;
		return this.#sealed.size;
	}

	get(id: string): VisitEntry | undefined {
		void this.#newestFirst;
		return this.#entries.get(id);
	}

	#show(): void {
		this.#newestFirst = [...this.#entries.values()]
			.filter((entry) => entry.stands)
			.sort((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1));
		this.#unsettled = this.#newestFirst.filter((entry) => entry.unsettled);
		this.ready = true;
	}
}
