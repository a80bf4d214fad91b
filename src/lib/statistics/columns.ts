import { columns, type Column } from './dimensions.ts';
import type { VisitFacts } from '#lib/domain/visit-facts.ts';

/** The values of one column, each named once, and which of them each visit has. */
export interface Coded {
	values: readonly string[];
	/** Index of each visit's value. */
	at: Uint8Array | Uint16Array | Uint32Array;
}

/**
 * Visits by column, as they are counted: what is asked of a value is worked out once for each that occurs, and what is left for each visit is
 * to look it up. Columns that a question does not touch may be missing.
 */
export interface Visits {
	length: number;
	columns: Partial<Record<Column, Coded>>;
}

/** The same indexes in the narrowest array for so many different values. */
function narrowed(at: Uint32Array<ArrayBuffer>, different: number): Coded['at'] {
	if (different <= 0x100) return new Uint8Array(at);
	return different <= 0x10000 ? new Uint16Array(at) : at;
}

/** Codes the values of one column. */
export function codeColumn(all: readonly string[]): Coded {
	const known = new Map<string, number>();
	const at = new Uint32Array(all.length);
	let last: string | undefined;
	let index = 0;
	for (let row = 0; row < all.length; row += 1) {
		const value = all[row]!;
		// Many a visit has the value of the one before, its day above all.
		if (value !== last) {
			const found = known.get(value);
			index = found ?? known.size;
			if (found === undefined) known.set(value, index);
			last = value;
		}
		at[row] = index;
	}
	return { values: [...known.keys()], at: narrowed(at, known.size) };
}

/** What is counted of a visit. `adviser`: whose it is. */
type Counted = VisitFacts & { adviser: string };

/** Visits in memory, as on the phone, by those columns that a question touches; by all of them where nothing else is said. */
export function codeVisits<C extends Column = Column>(
	visits: readonly Pick<Counted, C>[],
	wanted: readonly C[] = columns as readonly Column[] as readonly C[]
): Visits {
	const valuesOf = (column: C) =>
		visits.map((facts): string => {
			const value: string | string[] = facts[column];
			return typeof value === 'string' ? value : JSON.stringify(value);
		});
	return {
		length: visits.length,
		columns: Object.fromEntries(wanted.map((column) => [column, codeColumn(valuesOf(column))]))
	};
}
