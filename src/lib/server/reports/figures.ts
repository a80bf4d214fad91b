import { addDays } from '#lib/domain/dates.ts';
import type { Store } from '#lib/server/storage/store.ts';
import { columnsFor, Counter } from '#lib/statistics/count.ts';
import { monthPeriod, type Period } from '#lib/statistics/periods.ts';
import type { Figures, Question } from '#lib/statistics/question.ts';
import { countedMonths, keepCounted } from './counted-months.ts';
import { packedVisits, packingsOf } from './packed-months.ts';
import { selectCards } from './select-cards.ts';
import { selectVisits } from './select-visits.ts';

/**
 * Answers a question from the database: what is packed of the months of its period, and the rows of all other days. Everything is read as of one
 * moment. Of whole months that were counted by the same question before, only whether they are still the same.
 */
export async function figuresOf(store: Store, organisation: string, asked: Question): Promise<Figures> {
	const transaction = store.db.transaction();
	const counter = new Counter(asked);
	const wanted = columnsFor(asked);
	// SQLite knows nothing else than one moment for a transaction.
	await (store.kind === 'postgres' ? transaction.setIsolationLevel('repeatable read') : transaction).execute(
		async (trx) => {
			const packings = await packingsOf(trx, organisation, asked);
			const known = countedMonths(store, organisation, asked, packings);
			for (const counted of known.values()) counter.addCounted(counted);
			const left = [...packings.keys()].filter((month) => !known.has(month));
			for (const [month, visits] of await packedVisits(trx, store, organisation, left, wanted)) {
				const ofMonth = new Counter(asked, counter);
				ofMonth.add(visits);
				counter.addCounted(ofMonth.counted());
				keepCounted(store, organisation, asked, { month, packing: packings.get(month)! }, ofMonth.counted());
			}
			for (const days of otherDays(asked, [...packings.keys()]))
				counter.add(await selectVisits(trx, store, organisation, days, wanted));
			if (asked.clients) {
				const { visits, cards } = await selectCards(trx, store, organisation, asked, narrowedBy(asked));
				counter.addCards(visits, cards);
			}
		}
	);
	return counter.figures();
}

/** The columns that say which visits are meant. */
const narrowedBy = (asked: Question) =>
	columnsFor({ from: asked.from, to: asked.to, where: asked.where, tables: [] });

/** What a period has beside these months, which are in their order. */
function otherDays({ from, to }: Period, months: readonly string[]): Period[] {
	const others: Period[] = [];
	let start = from;
	for (const month of months) {
		const { from: first, to: last } = monthPeriod(month);
		if (start < first) others.push({ from: start, to: addDays(first, -1) });
		start = addDays(last, 1);
	}
	if (start <= to) others.push({ from: start, to });
	return others;
}
