import { BadInput, type InputFile, type ReportLine } from '#lib/server/directory/draft.ts';
import { decodeText } from '#lib/server/directory/import/decode-text.ts';
import { openZip, type ZipLimits } from '#lib/server/directory/import/zip-files.ts';
import { columnIndex } from './sheet-columns.ts';
import type { SheetLine, SheetTable } from './sheet-table.ts';
import { readXml, type XmlListener } from './read-xml.ts';

const WORKBOOK_LIMITS: ZipLimits = {
	packed: 50_000_000,
	inflated: 1_000_000_000,
	ratio: 200,
	files: 500
};

/** Cells of a workbook, and characters of the texts that its cells share, at most. */
const MOST_CELLS = 20_000_000;
const MOST_SHARED = 100_000_000;
/** What spreadsheets themselves hold in a cell, and columns that they have, at most. */
const LONGEST_CELL = 32_767;
const MOST_COLUMNS = 16_384;

type Report = (line: ReportLine) => void;

const tooLarge = (what: string) => new BadInput('too_large', `The workbook is not read: it has ${what}`);

/** Characters that XML cannot hold stand as `_x000D_` (ECMA-376 part 1, ST_Xstring). */
const unescaped = (text: string): string =>
	text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)));

/** A path inside the package that is said from the folder of another. */
const inPackage = (target: string): string => (target.startsWith('/') ? target.slice(1) : `xl/${target}`);

/** Texts inside the elements that hold them, without how they are read aloud (Japanese workbooks have that). */
class HeldText {
	#holds = 0;
	#aloud = 0;
	#text = '';

	step(name: string, by: 1 | -1): void {
		if (name === 't' || name === 'v') this.#holds += by;
		else if (name === 'rPh') this.#aloud += by;
	}

	add(text: string): void {
		if (this.#holds > 0 && this.#aloud === 0 && this.#text.length < LONGEST_CELL) this.#text += text;
	}

	/** What was held since the last time. */
	take(): string {
		const text = this.#text.slice(0, LONGEST_CELL);
		this.#text = '';
		return text;
	}
}

/** One workbook: its parts by name. */
class Workbook {
	readonly #files: ReadonlyMap<string, InputFile>;
	readonly #report: Report;
	#cells = 0;

	constructor(files: readonly InputFile[], report: Report) {
		this.#files = new Map(files.map((file) => [file.name, file]));
		this.#report = report;
	}

	async *tables(): AsyncGenerator<SheetTable> {
		const targets = new Map<string, string>();
		await this.#whole('xl/_rels/workbook.xml.rels', {
			open: (name, { Id = '', Target = '' }) => {
				if (name === 'Relationship') targets.set(Id, inPackage(Target));
			}
		});
		const sheets: { name: string; path: string }[] = [];
		let since1904 = false;
		await this.#whole('xl/workbook.xml', {
			open: (tag, { name = '', ...others }) => {
				if (tag === 'workbookPr') since1904 = /^(1|true)$/.test(others['date1904'] ?? '');
				if (tag === 'sheet') sheets.push({ name, path: targets.get(others['r:id'] ?? '') ?? '' });
			}
		});
		const shared = await this.#shared();
		for (const { name, path } of sheets)
			// A sheet may be a chart.
			if (path.includes('worksheets/') && this.#files.has(path))
				yield { name, lines: this.#lines(path, shared), since1904 };
	}

	#read(path: string, listener: XmlListener): AsyncGenerator<void> {
		const file = this.#files.get(path);
		if (!file) throw new BadInput('unknown_format', `There is no ${path} in it: this is no workbook`);
		return readXml(decodeText(file.open(), path, this.#report), path, listener);
	}

	async #whole(path: string, listener: XmlListener): Promise<void> {
		for await (const _ of this.#read(path, listener));
	}

	/** Texts that cells share, by number. */
	async #shared(): Promise<string[]> {
		const texts: string[] = [];
		if (!this.#files.has('xl/sharedStrings.xml')) return texts;
		const held = new HeldText();
		let length = 0;
		await this.#whole('xl/sharedStrings.xml', {
			open: (name) => held.step(name, 1),
			text: (text) => held.add(text),
			close: (name) => {
				held.step(name, -1);
				if (name !== 'si') return;
				const text = held.take();
				length += text.length;
				if (length > MOST_SHARED) throw tooLarge(`more than ${MOST_SHARED} characters`);
				texts.push(unescaped(text));
			}
		});
		return texts;
	}

	async *#lines(path: string, shared: readonly string[]): AsyncGenerator<SheetLine> {
		const done: SheetLine[] = [];
		const held = new HeldText();
		let row = 0;
		let cells: string[] = [];
		let formulas = new Set<number>();
		let at = -1;
		let kind = '';
		const open = (name: string, { r = '', t = 'n' }: Readonly<Record<string, string>>) => {
			held.step(name, 1);
			if (name === 'row') {
				row = Number(r) || row + 1;
				[cells, formulas, at] = [[], new Set(), -1];
			} else if (name === 'c') {
				at = columnIndex(r.replace(/(?<!\d)\d+$/, '')) ?? at + 1;
				if (at >= MOST_COLUMNS) throw tooLarge(`more than ${MOST_COLUMNS} columns`);
				if ((this.#cells += 1) > MOST_CELLS) throw tooLarge(`more than ${MOST_CELLS} cells`);
				kind = t;
				held.take();
			} else if (name === 'f') formulas.add(at);
		};
		const close = (name: string) => {
			held.step(name, -1);
			if (name === 'c') {
				const value = held.take();
				const text = kind === 's' ? shared[Number(value)] : kind === 'n' ? value : unescaped(value);
				if (text) cells[at] = text;
			} else if (name === 'row') done.push({ row, cells, formulas });
		};
		for await (const _ of this.#read(path, { open, close, text: (text) => held.add(text) }))
			yield* done.splice(0);
	}
}

/**
 * The tables of a workbook (Office Open XML), each read row by row. Its formulas are never computed: a cell that has one says so.
 *
 * Throws `BadInput`: `unknown_format`, `too_large`, `bad_xml`, and what `openZip` throws.
 */
export async function* readXlsx(file: InputFile, report: Report): AsyncGenerator<SheetTable> {
	yield* new Workbook(await openZip(file.open(), WORKBOOK_LIMITS), report).tables();
}
