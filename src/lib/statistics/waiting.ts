import type { DimensionId } from './dimensions.ts';
import type { Figures } from './question.ts';

/** How follow-ups of a period's contacts stand on a day. */
export interface Waiting {
	/** Contacts that have a follow-up, ended or not. */
	all: number;
	/** Their day has not gone by. */
	open: number;
	overdue: number;
	/** Somebody has looked. */
	looked: number;
	/** Days from the contact until somebody looked: of half of them no more. Undefined: nobody has looked. */
	median: number | undefined;
}

/** The tables that it takes. */
export const waitingTables = [['followUpDue'], ['followUpDays']] as const satisfies DimensionId[][];

/** `today`: a civil date. */
export function waitingOf({ tables }: Figures, today: string): Waiting {
	const counts = (id: DimensionId) =>
		(tables.find(({ by }) => by.length === 1 && by[0] === id)?.cells ?? [])
			.map(({ classes, contacts }) => ({ name: classes[0] ?? '', contacts }))
			.filter(({ name }) => name !== '');
	const sum = (some: readonly { contacts: number }[]) =>
		some.reduce((all, { contacts }) => all + contacts, 0);
	const due = counts('followUpDue');
	const days = counts('followUpDays')
		.map(({ name, contacts }) => ({ days: Number(name), contacts }))
		.sort((a, b) => a.days - b.days);
	const [overdue, looked] = [sum(due.filter(({ name }) => name < today)), sum(days)];
	return {
		all: sum(due) + looked,
		open: sum(due) - overdue,
		overdue,
		looked,
		median: medianOf(days, looked)
	};
}

/** The value in the middle, or halfway between the two that are. */
function medianOf(days: readonly { days: number; contacts: number }[], all: number): number | undefined {
	const at = (place: number) => {
		let before = 0;
		for (const one of days) if ((before += one.contacts) > place) return one.days;
		return 0;
	};
	return all > 0 ? (at(Math.floor((all - 1) / 2)) + at(Math.floor(all / 2))) / 2 : undefined;
}
