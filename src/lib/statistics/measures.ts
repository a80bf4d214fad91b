import type { Column } from './dimensions.ts';
import { partsOf } from '#lib/domain/visit-facts.ts';
import type { Cell, Table } from './question.ts';

/** One of the things that a contact is counted as: so many, and what the column of the measure says of them alone. */
interface Unit {
	value: string;
	count: number;
}

interface MeasureBase {
	/** The column that says how many a contact is. */
	column: Column;
	unitsOf: (value: string) => readonly Unit[];
}

/** What is counted beside the contacts themselves, declared once like the dimensions. */
const measures = {
	/** People who took part: each by their own language. */
	participants: {
		column: 'participants',
		unitsOf: (value) =>
			partsOf(value).map((part) => ({ value: part, count: Number(part.split('/')[1] ?? 0) }))
	},
	/** Referrals: each with where, how and what came of it. "Not sent anywhere" is none. */
	referrals: {
		column: 'referrals',
		unitsOf: (value) =>
			partsOf(value)
				.filter((part) => part !== '' && !part.startsWith('none/'))
				.map((part) => ({ value: part, count: 1 }))
	}
} as const satisfies Record<string, MeasureBase>;

export type MeasureId = keyof typeof measures;
export const measureIds = Object.keys(measures) as MeasureId[];

/** A measure as it is declared. */
export const measure = (id: MeasureId): MeasureBase => measures[id];

/** What a cell, or all cells together, say: of the measure where one was asked for, else contacts. */
export const countOf = ({ contacts, count }: Pick<Cell, 'contacts' | 'count'>): number => count ?? contacts;

/** Classes of somebody who was asked, but of whom it is not known. */
export const NOT_KNOWN: readonly string[] = ['unknown', 'not-stated'];

/** Of a table by one dimension: how many contacts, or what else was counted, say nothing of it. */
export interface Missing {
	notAsked: number;
	notKnown: number;
	/** Both, of all; undefined without any. */
	share: number | undefined;
}

/** What a table does not know. `all`: of its question, because topics do not add up to them. */
export function missingOf({ cells }: Table, all: number): Missing {
	const sum = (is: (name: string) => boolean) =>
		cells.reduce((total, cell) => total + (is(cell.classes[0] ?? '') ? countOf(cell) : 0), 0);
	const notAsked = sum((name) => name === '');
	const notKnown = sum((name) => NOT_KNOWN.includes(name));
	return { notAsked, notKnown, share: all > 0 ? (notAsked + notKnown) / all : undefined };
}
