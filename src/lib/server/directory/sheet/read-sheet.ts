import * as z from 'zod/mini';
import { language } from '#lib/domain/languages.ts';
import { textFields } from '#lib/domain/service-record.ts';
import { columnLetters } from '#lib/protocol/workbook.ts';
import { BadInput, type InputFile, type ReportLine } from '#lib/server/directory/draft.ts';
import { shown } from '#lib/server/directory/import/report-line.ts';
import { asWritten, evenText, markOf } from './cell-text.ts';
import { factNames, type FactName } from './facts.ts';
import {
	FIELD_COLUMN,
	MARK_COLUMN,
	readFactColumn,
	readTextColumn,
	SERVICE_COLUMN,
	type TextColumn
} from './sheet-columns.ts';
import type { FactChange, SheetRow } from './sheet-row.ts';
import type { SheetLine, SheetTable } from './sheet-table.ts';
import { tablesOf } from './tables-of.ts';
import { textChange, type TextCells } from './text-change.ts';

type Report = (line: ReportLine) => void;

/** Says what is wrong with a cell, which stays as it is in Reppu. */
type Fault = (code: string, column: number, found?: string) => void;

const isId = (text: string) => z.uuid().safeParse(text).success;

/** Columns by what they hold, as the header says. */
type Columns<Held> = readonly { at: number; held: Held }[];

function columnsOf<Held>(header: SheetLine, read: (name: string) => Held | undefined): Columns<Held> {
	return header.cells.flatMap((name, at) => {
		const held = read(name ?? '');
		return held === undefined ? [] : [{ at, held }];
	});
}

/** Where a column of this name is; -1 where there is none. */
const placeOf = ({ cells }: SheetLine, name: string) =>
	cells.findIndex((cell) => cell?.trim().toLowerCase() === name);

/** A column of somebody's own may be called like a tag: of languages that nobody knows here, only those that we have written are read. */
const isLanguage = ({ held }: { held: TextColumn }, _: number, all: Columns<TextColumn>) =>
	language(held.language.split('-')[0] ?? '') !== undefined ||
	all.some(({ held: other }) => other.is === 'export' && other.language === held.language);

/** One row of texts. */
function textRow(line: SheetLine, columns: Columns<TextColumn>, head: RowHead): SheetRow | undefined {
	const { service, fault, field: said, today } = head;
	const field = textFields.find((name) => name === said.trim().toLowerCase());
	if (!field) return void head.left('unknown_field', head.fieldAt, said);
	const cell = (at: number) => line.cells[at] ?? '';
	const find = (is: TextColumn['is'], language: string) =>
		columns.find(({ held }) => held.is === is && held.language === language)?.at ?? -1;
	const source = columns.find(({ held }) => held.is === 'source');
	const sourceMark = source ? cell(find('source mark', source.held.language)) : '';
	if (source && sourceMark !== '' && markOf(asWritten(cell(source.at))) !== sourceMark)
		fault('source_column', source.at, cell(source.at));
	const row: SheetRow = {
		...head.row,
		id: `${service} ${field}`,
		field,
		source: source && { language: source.held.language, mark: sourceMark },
		texts: []
	};
	for (const { at, held } of columns) {
		if (held.is !== 'text') continue;
		const beside = (is: TextColumn['is']) => asWritten(cell(find(is, held.language))).trim();
		const cells: TextCells = {
			text: asWritten(cell(at)),
			isFormula: line.formulas.has(at),
			isQuoted: cell(at).startsWith("'"),
			origin: beside('origin'),
			on: beside('checked on'),
			by: beside('checked by'),
			mark: cell(find('export', held.language)).trim()
		};
		const change = textChange(cells, today, (code, found) => fault(code, at, found));
		if (change === 'same') row.same += 1;
		else if (change)
			row.texts.push({ column: columnLetters(at), language: held.language, text: change, mark: cells.mark });
	}
	return row;
}

/** One row of facts. */
function factRow(
	line: SheetLine,
	columns: Columns<FactName>,
	markAt: number,
	{ service, fault, row }: RowHead
): SheetRow {
	const marks = (line.cells[markAt] ?? '').trim().split(/\s+/);
	const facts: FactChange[] = [];
	let same = 0;
	for (const { at, held: name } of columns) {
		const written = line.cells[at] ?? '';
		const cell = evenText(asWritten(written));
		const mark = marks[factNames.indexOf(name)]?.replace(/^n$/, '') ?? '';
		const isFormula = line.formulas.has(at) || written.startsWith('=');
		if (isFormula) fault('formula', at, written);
		else if (markOf(cell) === mark) same += cell === '' ? 0 : 1;
		else if (cell === '') fault('emptied', at);
		else facts.push({ column: columnLetters(at), name, cell, mark });
	}
	return { ...row, id: `${service} facts`, same, facts };
}

/** What all rows have. */
interface RowHead {
	service: string;
	field: string;
	fieldAt: number;
	/** Civil date. */
	today: string;
	fault: Fault;
	/** Says that the whole row is left out. */
	left: Fault;
	row: { where: string; service: string; same: number };
}

/** Rows of one table; undefined where it is none of ours. */
async function* tableRows(
	{ name, lines }: SheetTable,
	today: string,
	report: Report
): AsyncGenerator<SheetRow, boolean> {
	let header: SheetLine | undefined;
	let texts: Columns<TextColumn> = [];
	let facts: Columns<FactName> = [];
	for await (const line of lines) {
		if (line.cells.every((cell) => (cell ?? '').trim() === '')) continue;
		if (!header) {
			header = line;
			if (placeOf(line, SERVICE_COLUMN) < 0) return false;
			if (placeOf(line, FIELD_COLUMN) >= 0) texts = columnsOf(line, readTextColumn).filter(isLanguage);
			else facts = columnsOf(line, readFactColumn);
			if (texts.length + facts.length === 0) return false;
			continue;
		}
		const names = header.cells;
		const fieldAt = placeOf(header, FIELD_COLUMN);
		const service = (line.cells[placeOf(header, SERVICE_COLUMN)] ?? '').trim().toLowerCase();
		const field = line.cells[fieldAt] ?? '';
		const where = `${name} row ${line.row}`;
		const say =
			(outcome: ReportLine['outcome']): Fault =>
			(code, at, found) =>
				report({
					where: `${where}, column ${columnLetters(at)}`,
					outcome,
					code,
					...(service !== '' && { id: service.slice(0, 80) }),
					field: names[at]?.trim() ?? '',
					...(found !== undefined && { found: shown(found) })
				});
		const [fault, left] = [say('mended'), say('skipped')];
		if (!isId(service)) {
			left('unknown_service', placeOf(header, SERVICE_COLUMN), service);
			continue;
		}
		const head: RowHead = { service, field, fieldAt, today, fault, left, row: { where, service, same: 0 } };
		const row =
			texts.length > 0
				? textRow(line, texts, head)
				: factRow(line, facts, placeOf(header, MARK_COLUMN), head);
		if (row) yield row;
	}
	return header !== undefined;
}

/**
 * Reads Reppu's own spreadsheets, as workbooks or as CSV: the rows with what they change. Whether that may be so is found out when they
 * are taken in. Sheets that are none of ours are reported and left alone. Throws `BadInput`.
 *
 * @param today civil date
 */
export async function* readSheets(
	files: readonly InputFile[],
	today: string,
	report: Report
): AsyncGenerator<SheetRow> {
	let ours = 0;
	for (const file of files) {
		for await (const table of tablesOf(file, report)) {
			if (yield* tableRows(table, today, report)) ours += 1;
			else report({ where: table.name, outcome: 'mended', code: 'other_sheet' });
		}
	}
	if (ours === 0)
		throw new BadInput(
			'unknown_format',
			'No sheet in it has the columns of a sheet of Reppu: service and field.'
		);
}
