/** The parts of a workbook (Office Open XML) as texts: the server packs them piece by piece, the office's pages at once. */

/** How a table looks. */
export interface TableLooks {
	name: string;
	/** Width of each column, in characters. */
	widths: readonly number[];
	/** Columns that are read from right to left. */
	rightToLeft: ReadonlySet<number>;
	/** Rows that are headers and stay in sight; one where nothing is said. */
	heads?: number;
}

/** Numbers are written as numbers, so that one can reckon with them; everything else is text, and never a formula. */
export type WorkbookCell = string | number;

/** The letters of a column as spreadsheets name it: 0 is A, 26 is AA. */
export function columnLetters(index: number): string {
	const rest = Math.floor(index / 26);
	return `${rest > 0 ? columnLetters(rest - 1) : ''}${String.fromCharCode(65 + (index % 26))}`;
}

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const TYPES = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

const markup: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** What XML cannot hold, and what would be read as the escape of it (ECMA-376 part 1, ST_Xstring). */
const ESCAPED = /_(?=x[0-9A-Fa-f]{4}_)|(?![\n\t])[\p{Cc}\p{Cs}\ufffe\uffff]/gu;

const escaped = (text: string): string =>
	text
		.replace(ESCAPED, (char) => `_x${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`)
		.replace(/[&<>"]/g, (char) => markup[char] ?? char);

/** Styles by number: plain and wrapped, the header, from right to left, a number. */
const STYLES = `${HEAD}<styleSheet xmlns="${MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="4"><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf><xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1"><alignment horizontal="right" vertical="top" wrapText="1" readingOrder="2"/></xf><xf numFmtId="1" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs></styleSheet>`; // prettier-ignore

const contentTypes = (tables: readonly TableLooks[]) =>
	`${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPES}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${TYPES}.styles+xml"/>${tables.map((_, at) => `<Override PartName="/xl/worksheets/sheet${at + 1}.xml" ContentType="${TYPES}.worksheet+xml"/>`).join('')}</Types>`; // prettier-ignore

const relations = (all: readonly (readonly [string, string])[]) =>
	`${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${all.map(([kind, target], at) => `<Relationship Id="rId${at + 1}" Type="${OFFICE}/${kind}" Target="${target}"/>`).join('')}</Relationships>`; // prettier-ignore

const workbook = (tables: readonly TableLooks[]) =>
	`${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${tables.map(({ name }, at) => `<sheet name="${escaped(name)}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`).join('')}</sheets></workbook>`; // prettier-ignore

/** Every part but the tables themselves, by its path in the package. */
export function frameParts(tables: readonly TableLooks[]): (readonly [path: string, text: string])[] {
	const sheets = tables.map((_, at) => ['worksheet', `worksheets/sheet${at + 1}.xml`] as const);
	return [
		['[Content_Types].xml', contentTypes(tables)],
		['_rels/.rels', relations([['officeDocument', 'xl/workbook.xml']])],
		['xl/workbook.xml', workbook(tables)],
		['xl/_rels/workbook.xml.rels', relations([...sheets, ['styles', 'styles.xml']])],
		['xl/styles.xml', STYLES]
	];
}

/** The path of a table in the package. */
export const tablePath = (at: number): string => `xl/worksheets/sheet${at + 1}.xml`;

export function tableStart({ widths, heads = 1 }: TableLooks): string {
	const cols = widths.map((width, at) => `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"/>`); // prettier-ignore
	return `${HEAD}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="${heads}" topLeftCell="A${heads + 1}" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${cols.join('')}</cols><sheetData>`; // prettier-ignore
}

/** @param row its number; the first is 1 */
export function tableRow(
	{ rightToLeft, heads = 1 }: TableLooks,
	row: number,
	cells: readonly WorkbookCell[]
): string {
	const written = cells.map((text, at) => {
		if (typeof text === 'number') return `<c r="${columnLetters(at)}${row}" s="3"><v>${text}</v></c>`;
		// An empty cell that will be filled in is a text, too, and is read in its direction.
		const style = row <= heads ? 1 : rightToLeft.has(at) ? 2 : 0;
		const lead = `<c r="${columnLetters(at)}${row}" s="${style}"`;
		if (text === '') return `${lead}/>`;
		return `${lead} t="inlineStr"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`;
	});
	return `<row r="${row}">${written.join('')}</row>`;
}

export const TABLE_END = '</sheetData></worksheet>';
