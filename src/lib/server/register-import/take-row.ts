import { helsinki, instantOf } from '#lib/domain/dates.ts';
import type { JsonValue } from '#lib/domain/json.ts';
import { newId } from '#lib/domain/ids.ts';
import { personalMarks } from '#lib/domain/personal-marks.ts';
import { NOTE_LENGTH } from '#lib/domain/visit.ts';
import { isOddTime } from '#lib/domain/visit-time.ts';
import { codedFields, NO_ROW, NO_VALUE, type DateOrder, type RegisterField, type RegisterMapping } from '#lib/protocol/register-import.ts'; // prettier-ignore
import { certainOrder, readDate, readTime } from './dates.ts';
import { fold } from './fold.ts';
import { countedIn, type Around, type KnownWords } from './known-words.ts';
import type { RegisterRow } from './read-rows.ts';

/** What is said of a row: a reason, the column, what was found, and whether the row is left out for it. */
export type Say = (outcome: 'skipped' | 'mended', code: string, column?: number, found?: string) => void;

/** Contacts that one row may stand for, at most: more is a typing error. */
const MOST_CONTACTS = 5000;
/** A time of day that no register gave. Nothing is counted by it. */
const NOON = '12:00';
/** Different cells of a column that are remembered. */
const MOST_READ = 10_000;

/** A row that comes in: what each of its contacts says, and how many they are. */
export interface TakenRow {
	fields: Record<string, JsonValue>;
	contacts: number;
	/** Civil date. */
	date: string;
}

interface MappedColumn {
	column: number;
	field: RegisterField;
	order: DateOrder | undefined;
	values: ReadonlyMap<string, string>;
	/** What its cells were read as. */
	read: Map<string, readonly string[] | LeftOut>;
}

/** Thrown inside for a row that does not come in: why. */
class LeftOut {
	readonly code: string;
	readonly column: number | undefined;
	readonly found: string | undefined;

	constructor(code: string, column?: number, found?: string) {
		this.code = code;
		this.column = column;
		this.found = found;
	}
}

/** Rows of one file as its mapping reads them. Nothing here looks at a store. */
export class RowTaker {
	readonly #columns: readonly MappedColumn[];
	readonly #mapping: RegisterMapping;
	readonly #known: KnownWords;
	readonly #around: Around;
	readonly #now: number;
	/** Days on which a client's code stands for the first time; empty where nothing is told from it. */
	readonly #firstDays: ReadonlyMap<string, string>;
	readonly #seen = new Map<string, Set<string>>();

	constructor(
		mapping: RegisterMapping,
		known: KnownWords,
		around: Around,
		now: number,
		firstDays: ReadonlyMap<string, string> = new Map()
	) {
		this.#mapping = mapping;
		this.#known = known;
		this.#around = around;
		this.#now = now;
		this.#firstDays = firstDays;
		this.#columns = mapping.columns.map(({ column, field, order, values }) => ({
			column,
			field,
			order,
			values: new Map(values.map(([value, choice]) => [fold(value), choice])),
			read: new Map()
		}));
	}

	/** The row as contacts, or undefined where it is left out; `say` is told why, and what was noticed otherwise. */
	take(row: RegisterRow, say: Say): TakenRow | undefined {
		try {
			return this.#take(row, say);
		} catch (error) {
			if (!(error instanceof LeftOut)) throw error;
			say('skipped', error.code, error.column, error.found);
			return undefined;
		}
	}

	/** The client's code and the day of a row, where both can be read. */
	clientDay(row: RegisterRow): { client: string; date: string } | undefined {
		const code = this.#of('clientCode')[0];
		const at = this.#of('date')[0];
		const client = code && row.cells[code.column];
		if (!client || !at) return undefined;
		const read = readDate(row.cells[at.column] ?? '', at.order, row.since1904);
		return typeof read === 'string' ? undefined : { client: fold(client), date: read.date };
	}

	/** Whether contacts are told to be of new or returning clients by the clients' codes alone. */
	get tellsByCode(): boolean {
		return this.#of('clientCode').length > 0 && this.#of('clientStatus').length === 0;
	}

	#of(field: RegisterField): MappedColumn[] {
		return this.#columns.filter((one) => one.field === field);
	}

	#take(row: RegisterRow, say: Say): TakenRow {
		const { date, time, column } = this.#when(row, say);
		const at = instantOf(date, time ?? NOON);
		// A contact of today has no time, and noon may not have come.
		if (time === undefined ? date > helsinki(this.#now).date : isOddTime(at, this.#now) && at > this.#now)
			throw new LeftOut('date_future', column, row.cells[column]);
		if (isOddTime(at, Math.max(at, this.#now))) throw new LeftOut('date_too_old', column, row.cells[column]);
		const contacts = this.#count(row);
		const fields: Record<string, JsonValue> = { at: new Date(at).toISOString(), desk: null };
		const codes = new Map<RegisterField, string[]>();
		for (const mapped of this.#columns)
			if (codedFields.includes(mapped.field)) {
				const found = this.#codes(row, mapped);
				codes.set(mapped.field, [...(codes.get(mapped.field) ?? []), ...found]);
			}
		this.#place(codes.get('place')?.[0] ?? this.#mapping.place, date, fields, say);
		codes.delete('place');
		for (const [field, found] of codes) {
			const [first] = found;
			if (first === undefined) continue;
			if (field === 'topics' || field === 'actions') fields[field] = [...new Set(found)].slice(0, 40);
			else if (field === 'referrals') fields[field] = [...new Set(found)].slice(0, 20).map((to) => ({ to }));
			else if (field === 'clientMunicipality') fields[field] = this.#municipality(first, say);
			else fields[field] = first;
		}
		this.#client(row, date, fields, say);
		this.#note(row, at, fields, say);
		return { fields, contacts, date };
	}

	#when(row: RegisterRow, say: Say): { date: string; time: string | undefined; column: number } {
		const [mapped] = this.#of('date');
		if (!mapped) throw new LeftOut('no_date');
		const { column, order } = mapped;
		const cell = row.cells[column] ?? '';
		if (cell === '') throw new LeftOut('no_date', column);
		const read = readDate(cell, order, row.since1904);
		if (read === 'bad') throw new LeftOut('bad_date', column, cell);
		if (read === 'ambiguous') throw new LeftOut('date_ambiguous', column, cell);
		if (read.otherOrder || (order && (certainOrder(cell) ?? order) !== order)) say('mended', 'date_other_order', column, cell); // prettier-ignore
		const [said] = this.#of('time');
		const written = (said && row.cells[said.column]) ?? '';
		const time = written === '' ? read.time : readTime(written);
		if (written !== '' && time === undefined) say('mended', 'bad_time', said?.column, written);
		return { date: read.date, time, column };
	}

	#count(row: RegisterRow): number {
		const [mapped] = this.#of('count');
		const cell = mapped ? (row.cells[mapped.column] ?? '') : '1';
		const leave = (code: string) => new LeftOut(code, mapped?.column, cell);
		// A row of sums says nothing where nothing stands.
		if (cell === '') throw leave('count_missing');
		const digits = cell.replace(/[\s\u00a0]/g, '').replace(/[.,]0+$/, '').replace('−', '-');
		if (/^-\d+([.,]\d+)?$/.test(digits)) throw leave('count_negative');
		if (!/^\d+$/.test(digits)) throw leave('bad_count');
		const count = Number(digits);
		if (count === 0) throw leave('count_zero');
		if (count > MOST_CONTACTS) throw leave('count_too_large');
		return count;
	} // prettier-ignore

	/** A column of codes says few things many times. */
	#codes(row: RegisterRow, mapped: MappedColumn): readonly string[] {
		const cell = row.cells[mapped.column] ?? '';
		if (cell === '') return [];
		let read = mapped.read.get(cell);
		if (!read) {
			read = this.#readCodes(cell, mapped);
			if (mapped.read.size < MOST_READ) mapped.read.set(cell, read);
		}
		if (read instanceof LeftOut) throw read;
		return read;
	}

	#readCodes(cell: string, { column, field, values }: MappedColumn): readonly string[] | LeftOut {
		const codes: string[] = [];
		for (const part of this.#known.partsOf(field, cell)) {
			const said = values.get(fold(part));
			if (said === NO_ROW) return new LeftOut('left_out', column, part);
			const code =
				said !== undefined && this.#known.has(field, said) ? said : this.#known.codeOf(field, part);
			if (code === undefined) return new LeftOut('unknown_value', column, part);
			if (code !== NO_VALUE) codes.push(code);
		}
		return codes;
	}

	#place(code: string, date: string, fields: Record<string, JsonValue>, say: Say): void {
		if (code === '') return;
		const desk = this.#around.desks.find(({ id }) => id === code);
		fields.deskMunicipality = this.#municipality(desk?.municipality ?? code, say);
		if (!desk) return;
		if (desk.closedFrom !== undefined && date >= desk.closedFrom)
			say('mended', 'desk_closed', undefined, desk.name);
		else fields.desk = desk.id;
	}

	#municipality(code: string, say: Say): string {
		const { code: current, merged } = countedIn(code);
		if (merged) say('mended', 'merged_municipality', undefined, code);
		return current;
	}

	#client(row: RegisterRow, date: string, fields: Record<string, JsonValue>, say: Say): void {
		const read = this.clientDay(row);
		if (!read) return;
		const { client } = read;
		const days = this.#seen.get(client) ?? new Set();
		const again = days.has(date);
		const column = this.#of('clientCode')[0]?.column;
		if (again) say('mended', 'same_client_same_day', column, column === undefined ? '' : row.cells[column]);
		this.#seen.set(client, days.add(date));
		const first = this.#firstDays.get(client);
		if (first !== undefined) fields.clientStatus = first === date && !again ? 'new' : 'returning';
	}

	#note(row: RegisterRow, at: number, fields: Record<string, JsonValue>, say: Say): void {
		for (const { column } of this.#of('note')) {
			const text = row.cells[column] ?? '';
			if (text === '') continue;
			if (personalMarks(text).length > 0) say('mended', 'note_personal', column);
			else {
				if (text.length > NOTE_LENGTH) say('mended', 'note_cut', column, text);
				fields[`notes/${newId(at)}`] = { text: text.slice(0, NOTE_LENGTH), at: new Date(at).toISOString() };
			}
		}
	}
}
