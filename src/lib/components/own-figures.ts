import type { VisitEntry } from '#lib/device/visit-set.svelte.ts';
import { addDays } from '#lib/domain/dates.ts';
import { factsOfSaid, type VisitFacts } from '#lib/domain/visit-facts.ts';
import { codeColumn, codeVisits } from '#lib/statistics/columns.ts';
import { columnsFor, count } from '#lib/statistics/count.ts';
import type { Period } from '#lib/statistics/periods.ts';
import type { Figures, Question } from '#lib/statistics/question.ts';

/** Of visits that stand. */
type Counted = Pick<VisitEntry, 'id' | 'at' | 'facts' | 'said'>;

/** Visits that may lie in a period, by their moment: no body outside it is taken apart. Helsinki is within a day of UTC. */
function around<T extends Pick<VisitEntry, 'at'>>(visits: readonly T[], { from, to }: Period): T[] {
	const [first, last] = [Date.parse(addDays(from, -1)), Date.parse(addDays(to, 2))];
	return visits.filter(({ at }) => at >= first && at < last);
}

/** Facts of visits that do not carry them; one that changes is another entry. Whoever turns a table round need not wait for all of them again. */
const known = new WeakMap<Counted, { facts: VisitFacts | undefined }>();

function factsOf(visit: Counted): VisitFacts | undefined {
	const carried = visit.facts;
	if (carried) return carried;
	let entry = known.get(visit);
	if (!entry) known.set(visit, (entry = { facts: factsOfSaid(visit.id, visit.said) }));
	return entry.facts;
}

/** Answers a question from the visits of this phone, by the same count as the server's. */
export function ownFigures(all: readonly Counted[], adviser: string, asked: Question): Figures {
	const facts: VisitFacts[] = [];
	for (const visit of around(all, asked)) {
		const one = factsOf(visit);
		if (one) facts.push(one);
	}
	const wanted = columnsFor(asked);
	const visits = codeVisits(
		facts,
		wanted.filter((column) => column !== 'adviser')
	);
	if (wanted.includes('adviser')) visits.columns.adviser = codeColumn(facts.map(() => adviser));
	return count(visits, asked);
}

/** How long a piece of reading ahead takes at most, ms: whoever taps meanwhile waits no longer than that. */
const PIECE = 8;
/** How long the browser is left alone before it begins, ms. */
const REST = 250;

/** Safari has no idle callback. */
const nextIdle: (task: () => void) => unknown =
	typeof requestIdleCallback === 'undefined' ? (task) => setTimeout(task, PIECE) : requestIdleCallback;

/** Takes visits apart while nobody waits, the newest first, so that whoever looks at a longer time finds them ready. Returns what ends it. */
export function readAhead(visits: readonly Counted[]): () => void {
	const left = visits.toSorted((a, b) => a.at - b.at);
	let gone = false;
	const read = () => {
		if (gone) return;
		for (const end = performance.now() + PIECE; left.length > 0 && performance.now() < end;) {
			const visit = left.pop();
			if (visit) factsOf(visit);
		}
		if (left.length > 0) nextIdle(read);
	};
	// The page is drawn first.
	setTimeout(() => nextIdle(read), REST);
	return () => void (gone = true);
}

/** How many of a period's visits the organisation does not count yet: they wait, or need their author. */
export function notYetThere(
	visits: readonly Counted[],
	{ from, to }: Period,
	pending: ReadonlyMap<string, { state: string }>
): { waiting: number; attention: number } {
	const dates = { waiting: 0, attention: 0 };
	for (const visit of around(visits, { from, to }).filter(({ id }) => pending.has(id))) {
		const date = factsOf(visit)?.date;
		if (date === undefined || date < from || date > to) continue;
		dates[pending.get(visit.id)?.state === 'attention' ? 'attention' : 'waiting'] += 1;
	}
	return dates;
}
