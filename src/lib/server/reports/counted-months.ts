import type { Store } from '#lib/server/storage/store.ts';
import type { Counted } from '#lib/statistics/count.ts';
import { monthPeriod } from '#lib/statistics/periods.ts';
import type { Question } from '#lib/statistics/question.ts';

/**
 * What this process has counted of packed months, by question: whoever opens a report again, or moves its period, waits only for what is new in it. It is true as
 * long as the month is packed as it was (`packing`): a batch that changes one of its visits takes the packed rows away in its own transaction, and another
 * packing has another id. It holds sums and no visit.
 */
interface Kept {
	packing: string;
	counted: Counted;
	/** Cells of all tables. */
	size: number;
}

/** How many cells are kept at most, some 100 bytes each; those that nobody asked for longest go first. */
const MOST_CELLS = 300_000;

class CountedMonths {
	readonly #kept = new Map<string, Kept>();
	#cells = 0;

	get(key: string, packing: string): Counted | undefined {
		const kept = this.#kept.get(key);
		if (kept?.packing !== packing) return undefined;
		this.#kept.delete(key);
		this.#kept.set(key, kept);
		return kept.counted;
	}

	keep(key: string, packing: string, counted: Counted): void {
		this.#drop(key);
		const size = counted.cells.reduce((sum, table) => sum + table.size, 1);
		this.#kept.set(key, { packing, counted, size });
		this.#cells += size;
		for (const [oldest] of this.#kept) {
			if (this.#cells <= MOST_CELLS) return;
			this.#drop(oldest);
		}
	}

	#drop(key: string): void {
		this.#cells -= this.#kept.get(key)?.size ?? 0;
		this.#kept.delete(key);
	}
}

const stores = new WeakMap<Store, CountedMonths>();

function ofStore(store: Store): CountedMonths {
	const months = stores.get(store) ?? new CountedMonths();
	stores.set(store, months);
	return months;
}

const keyOf = (organisation: string, month: string, { where, tables, measure }: Question) =>
	JSON.stringify([organisation, month, where, tables, measure ?? null]);

/** A month of which the period has only some days is counted by itself. */
const isWhole = (month: string, { from, to }: Question) => {
	const days = monthPeriod(month);
	return from <= days.from && days.to <= to;
};

/** What is known of these packed months by this question, by month. */
export function countedMonths(
	store: Store,
	organisation: string,
	asked: Question,
	packings: ReadonlyMap<string, string>
): Map<string, Counted> {
	const months = ofStore(store);
	const found = new Map<string, Counted>();
	for (const [month, packing] of packings) {
		const counted = isWhole(month, asked) && months.get(keyOf(organisation, month, asked), packing);
		if (counted) found.set(month, counted);
	}
	return found;
}

/** Keeps what was counted of a month, where the question was about all of it. */
export function keepCounted(
	store: Store,
	organisation: string,
	asked: Question,
	{ month, packing }: { month: string; packing: string },
	counted: Counted
): void {
	if (isWhole(month, asked)) ofStore(store).keep(keyOf(organisation, month, asked), packing, counted);
}
