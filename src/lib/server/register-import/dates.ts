import { helsinki } from '#lib/domain/dates.ts';
import type { DateOrder } from '#lib/protocol/register-import.ts';
import { dateInCell } from '#lib/server/directory/sheet/date-in-cell.ts';

/**
 * Dates as old registers have them (docs/register.md). What can be read in one way only is read: ISO 8601, `7.3.2019` (in Finland the day comes
 * first), the number of a spreadsheet's day, eight digits. Numbers between slashes or hyphens are read in every order that gives a date; where two
 * orders give two dates, somebody has to say which one is meant.
 */
export interface ReadDate {
	/** Civil date. */
	date: string;
	/** `HH:MM`, where the cell has one. */
	time?: string | undefined;
	/** It is no date in the order that was said: it was read in the only one that it can have. */
	otherOrder?: true;
}

const DAYS_FROM_1900_TO_1904 = 1462;

/** What no register of advice can have, and what two digits may stand for. */
const FIRST_YEAR = 1900;
const LAST_YEAR = 2099;

const SPLIT = /^(\d{1,4})([./-])(\d{1,2})\2(\d{1,4})$/;
const WEEKDAY = /^[a-zåäö]{2,3}\.?\s+(?=\d)/i;
const WITH_TIME =
	/^(\S+?)(?:,?\s+(?:klo\s+|kl\.?\s+|at\s+)?|T)(\d{1,2}[.:]\d{2}(?:[.:]\d{2}(?:[.,]\d+)?)?)$/i;

/** A time of day as `HH:MM`: with a colon or a full stop, as a spreadsheet's part of a day, or as whole hours. */
export function readTime(cell: string): string | undefined {
	const text = cell.trim().replace(/^(klo|kl\.?)\s*/i, '');
	if (/^0?\.\d+$/.test(text)) {
		const minutes = Math.round(Number(text) * 1440) % 1440;
		return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
	}
	const [, hours, minutes = '00'] = /^(\d{1,2})(?:[.:](\d{2})(?:[.:]\d{2}(?:[.,]\d+)?)?)?$/.exec(text) ?? [];
	if (hours === undefined || Number(hours) > 23 || Number(minutes) > 59) return undefined;
	return `${hours.padStart(2, '0')}:${minutes}`;
}

function civil(year: string, month: string, day: string): string | undefined {
	const full = year.length <= 2 ? `20${year.padStart(2, '0')}` : year;
	if (Number(full) < FIRST_YEAR || Number(full) > LAST_YEAR || month.length > 2 || day.length > 2)
		return undefined;
	return dateInCell(`${full}-${month}-${day}`);
}

/** Orders in which these parts could be meant at all, with the dates that they give. */
function readings(text: string): Partial<Record<DateOrder, string | undefined>> | undefined {
	if (/^\d{8}$/.test(text)) {
		const [first, second, last] = [text.slice(0, 4), text.slice(4, 6), text.slice(6)];
		const dmy = civil(text.slice(4), text.slice(2, 4), text.slice(0, 2));
		return { ymd: civil(first, second, last), ...(dmy && { dmy }) };
	}
	const [, a = '', sign, b = '', c = ''] = SPLIT.exec(text) ?? [];
	if (sign === undefined) return undefined;
	if (a.length === 4) return { ymd: civil(a, b, c) };
	const dmy = civil(c, b, a);
	if (sign === '.') return { dmy };
	if (c.length === 4) return { dmy, mdy: civil(c, a, b) };
	return { dmy, mdy: civil(c, a, b), ymd: civil(a, b, c) };
}

/**
 * The date of a cell; `bad`: there is no such date, `ambiguous`: it could be two.
 *
 * @param order what somebody has said of dates that can be read in two ways
 */
export function readDate(cell: string, order?: DateOrder, since1904 = false): ReadDate | 'bad' | 'ambiguous' {
	const whole = cell.trim().replace(WEEKDAY, '');
	if (/^\d{5}(\.\d+)?$/.test(whole)) {
		const days = Number(whole) + (since1904 ? DAYS_FROM_1900_TO_1904 : 0);
		const date = dateInCell(String(Math.floor(days)).padStart(5, '0'));
		const part = whole.includes('.') ? readTime(`0.${whole.split('.')[1]}`) : undefined;
		return date === undefined ? 'bad' : { date, time: part };
	}
	// An instant with its zone is none of Finland's clock.
	if (/^\d{4}-\d{2}-\d{2}T.*(Z|[+-]\d{2}:?\d{2})$/.test(whole)) {
		const at = Date.parse(whole);
		return Number.isNaN(at) ? 'bad' : helsinki(at);
	}
	const [, day = whole, said] = WITH_TIME.exec(whole) ?? [];
	const time = said === undefined ? undefined : readTime(said);
	const found = readings(day);
	if (!found || (said !== undefined && time === undefined)) return 'bad';
	const dates = new Set(Object.values(found).filter((date) => date !== undefined));
	const [only] = dates;
	if (only === undefined) return 'bad';
	const wanted = order && found[order];
	if (dates.size === 1)
		return { date: only, time, ...(order && order in found && wanted === undefined && { otherOrder: true }) };
	return wanted === undefined ? 'ambiguous' : { date: wanted, time };
}

/** In which orders a cell between slashes or hyphens is a date, where only one order is: what a column is likely to mean. */
export function certainOrder(cell: string): DateOrder | undefined {
	const text = cell.trim();
	const [, a = '', sign] = SPLIT.exec(text) ?? [];
	if (sign === undefined || sign === '.' || a.length === 4) return undefined;
	const found = Object.entries(readings(text) ?? {}).filter(([, date]) => date !== undefined);
	return found.length === 1 ? (found[0]?.[0] as DateOrder) : undefined;
}
