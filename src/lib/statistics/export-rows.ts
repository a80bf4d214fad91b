import type { Locale } from '#lib/domain/languages.ts';
import type { DimensionId } from './dimensions.ts';
import type { MeasureId } from './measures.ts';
import { className, dimensionName, measureName, orderClasses, type Names } from './words.ts';

/** A table as it is written out: true, or published with figures that are hidden (null). */
interface TableOfCells {
	by: readonly DimensionId[];
	cells: readonly { classes: readonly string[]; contacts: number | null; count?: number | undefined }[];
}

/** What a hidden figure is written as. No number, so that nobody adds it up, and no sign that a spreadsheet reads. */
export const HIDDEN = '..';

const codeName = { fi: 'koodi', sv: 'kod', en: 'code' } as const;

/** Soft hyphens are for narrow screens. */
export const plainText = (text: string): string => text.replaceAll('\u00ad', '');

/**
 * A table for a spreadsheet, one line for each of its cells: for each dimension code and name, the contacts, and the measure where one was asked for.
 * The first line says what the columns are.
 */
export function cellRows(
	{ by, cells }: TableOfCells,
	locale: Locale,
	names?: Names,
	measured?: MeasureId
): (string | number)[][] {
	const head = by.flatMap((id) => [
		plainText(dimensionName(id, locale)),
		`${plainText(dimensionName(id, locale))} (${codeName[locale]})`
	]);
	const size = (at: number) => (name: string) =>
		cells.reduce((sum, cell) => sum + (cell.classes[at] === name ? (cell.contacts ?? 0) : 0), 0);
	const places = by.map((id, at) => {
		const classes = [...new Set(cells.map((cell) => cell.classes[at] ?? ''))];
		const ordered = orderClasses(id, classes, size(at), (name) => className(id, name, locale, names));
		return new Map(ordered.map((name, place) => [name, place]));
	});
	const placeOf = (classes: readonly string[], at: number) => places[at]?.get(classes[at] ?? '') ?? 0;
	const sorted = [...cells].sort(
		(a, b) => placeOf(a.classes, 0) - placeOf(b.classes, 0) || placeOf(a.classes, 1) - placeOf(b.classes, 1)
	);
	return [
		[...head, measureName('contacts', locale), ...(measured ? [measureName(measured, locale)] : [])],
		...sorted.map(({ classes, contacts, count = 0 }) => [
			...by.flatMap((id, at) => {
				const name = classes[at] ?? '';
				return [plainText(className(id, name, locale, names)), name];
			}),
			contacts ?? HIDDEN,
			...(measured ? [count] : [])
		])
	];
}
