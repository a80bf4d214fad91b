import type { Locale } from '#lib/domain/languages.ts';
import { NOT_KNOWN } from '#lib/statistics/measures.ts';
import { unitOf, type Period } from '#lib/statistics/periods.ts';
import type { PublishedFigures, PublishedId } from '#lib/statistics/published.ts';
import { publishedClasses } from '#lib/statistics/published-words.ts';
import { shareOf } from '#lib/statistics/suppression/publish.ts';
import { className } from '#lib/statistics/words.ts';

/** Classes of a published table: those with a figure, and those whose figure is hidden. */
interface PublishedRows {
	shown: { id: string; label: string; count: number }[];
	hidden: { id: string; label: string }[];
}

export const quarterName = ({ from }: Period, locale: Locale): string =>
	className('quarter', unitOf(from, 'quarter'), locale);

const tableOf = ({ tables }: PublishedFigures, id: PublishedId) => tables.find(({ by }) => by[0] === id);

export function publishedRows(figures: PublishedFigures, id: PublishedId, locale: Locale): PublishedRows {
	const table = tableOf(figures, id);
	const rows: PublishedRows = { shown: [], hidden: [] };
	for (const { count, ...one } of table ? publishedClasses(table, locale) : []) {
		if (count === null) rows.hidden.push(one);
		else rows.shown.push({ ...one, count });
	}
	return rows;
}

/**
 * How much of a table is missing, as far as its figures are shown: a share, or `hidden`. Undefined for tables in which it stands in one class with the rest.
 */
export function publishedMissing(figures: PublishedFigures, id: PublishedId): number | 'hidden' | undefined {
	if (id === 'municipality' || id === 'language') return undefined;
	const cells = tableOf(figures, id)?.cells.filter(({ classes: [name = ''] }) =>
		['', ...NOT_KNOWN].includes(name)
	);
	const counts = cells?.flatMap(({ contacts }) => (contacts === null ? [] : [contacts])) ?? [];
	if (!cells || counts.length < cells.length) return 'hidden';
	return (
		shareOf(
			counts.reduce((sum, count) => sum + count, 0),
			figures.contacts
		) ?? 'hidden'
	);
}

/** Contacts of a quarter in one organisation; null: hidden; undefined: not fetched. */
export type Shown = number | null | undefined;

/** Made of shown figures alone, so that it says nothing that they do not: undefined where one of them is not shown. */
export function sumOfShown(figures: readonly Shown[]): number | undefined {
	let sum = 0;
	for (const figure of figures) {
		if (typeof figure !== 'number') return undefined;
		sum += figure;
	}
	return figures.length > 1 ? sum : undefined;
}
