import { languageTag } from '#lib/domain/language-texts.ts';
import { factNames, type FactName } from './facts.ts';

/**
 * The columns of Reppu's own spreadsheet. Two tables: texts, a row for each text of a service with its translations, and services, a row
 * for each service with its facts. Rows and columns may stand in any order when they come back, and others beside them.
 */

/** Names of the two tables in a workbook. */
export const TEXTS = 'texts';
export const SERVICES = 'services';

export const SERVICE_COLUMN = 'service';
export const FIELD_COLUMN = 'field';
/** For people only: what the entry is called, so that a row can be read by itself. */
const NAME_COLUMN = 'service name';
/** What the facts of a row were when it was written. */
export const MARK_COLUMN = 'export';

/** What stands beside a translation. */
const BESIDE = ['origin', 'checked on', 'checked by', 'export'] as const;
type Beside = (typeof BESIDE)[number];

/** What a column of texts holds. */
export type TextColumn =
	| { is: 'source'; language: string }
	| { is: 'source mark'; language: string }
	| { is: 'text'; language: string }
	| { is: Beside; language: string };

/** Headers of the columns of texts, in their order. */
export const textColumns = (source: string, targets: readonly string[]): string[] => [
	SERVICE_COLUMN,
	NAME_COLUMN,
	FIELD_COLUMN,
	`source ${source}`,
	...targets.flatMap((target) => [target, ...BESIDE.map((beside) => `${target} ${beside}`)]),
	`source ${source} export`
];

/** Headers of the columns of facts, in their order. */
export const factColumns: readonly string[] = [SERVICE_COLUMN, NAME_COLUMN, ...factNames, MARK_COLUMN];

const isTag = (tag: string | undefined): tag is string => languageTag.safeParse(tag).success;

/** What a header of a column of texts means; undefined for a column of somebody's own. */
export function readTextColumn(header: string): TextColumn | undefined {
	const name = header.trim().replace(/\s+/g, ' ');
	const [, source, mark] = /^source (\S+)( export)?$/i.exec(name) ?? [];
	if (isTag(source)) return { is: mark ? 'source mark' : 'source', language: source };
	const beside = BESIDE.find((one) => name.toLowerCase().endsWith(` ${one}`));
	const language = beside ? name.slice(0, -beside.length - 1) : name;
	return isTag(language) ? { is: beside ?? 'text', language } : undefined;
}

/** The fact that a header means. */
export const readFactColumn = (header: string): FactName | undefined =>
	factNames.find((name) => name.toLowerCase() === header.trim().toLowerCase());

/** The number of a column by its letters, 0 for A; undefined for what is none. */
export function columnIndex(letters: string): number | undefined {
	if (!/^[A-Z]{1,3}$/.test(letters)) return undefined;
	return [...letters].reduce((index, letter) => index * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}
