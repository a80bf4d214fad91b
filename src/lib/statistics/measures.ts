import type { Table } from './question.ts';

/** Classes of somebody who was asked, but of whom it is not known. */
const NOT_KNOWN: readonly string[] = ['unknown', 'not-stated'];

/** Of a table by one dimension: how many contacts say nothing of it. */
export interface Missing {
	notAsked: number;
	notKnown: number;
	/** Both, of all contacts; undefined without any. */
	share: number | undefined;
}

/** What a table does not know. `contacts`: all of its question, because topics do not add up to them. */
export function missingOf({ cells }: Table, contacts: number): Missing {
	const sum = (is: (name: string) => boolean) =>
		cells.reduce((all, cell) => all + (is(cell.classes[0] ?? '') ? cell.contacts : 0), 0);
	const notAsked = sum((name) => name === '');
	const notKnown = sum((name) => NOT_KNOWN.includes(name));
	return { notAsked, notKnown, share: contacts > 0 ? (notAsked + notKnown) / contacts : undefined };
}
