import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DateOrder } from '#lib/protocol/register-import.ts';
import { certainOrder, readDate, readTime } from './dates.ts';

const day = fc
	.integer({ min: Date.UTC(2000, 0, 1) / 86_400_000, max: Date.UTC(2026, 11, 31) / 86_400_000 })
	.map((number) => new Date(number * 86_400_000).toISOString().slice(0, 10));

const partsOf = (date: string) => date.split('-') as [string, string, string];
const bare = (part: string) => String(Number(part));

describe('a date of an old register', () => {
	it.each([
		['2019-03-07', '2019-03-07'],
		['2019-3-7', '2019-03-07'],
		['2019/03/07', '2019-03-07'],
		['2019.3.7', '2019-03-07'],
		['20190307', '2019-03-07'],
		['07032019', '2019-03-07'],
		['7.3.2019', '2019-03-07'],
		['07.03.2019', '2019-03-07'],
		['7.3.19', '2019-03-07'],
		['to 7.3.2019', '2019-03-07'],
		['43531', '2019-03-07'],
		['13/3/2019', '2019-03-13'],
		['3/13/2019', '2019-03-13'],
		['5/5/2019', '2019-05-05']
	])('%s is read', (cell, date) => {
		expect(readDate(cell)).toMatchObject({ date });
	});

	it.each([
		['7.3.2019 klo 14.30', '14:30'],
		['7.3.2019 14:30:59', '14:30'],
		['2019-03-07T14:30', '14:30'],
		['2019-03-07 14:30', '14:30'],
		['43531.604166666664', '14:30'],
		['2019-03-07T12:30:00Z', '14:30']
	])('%s has a time', (cell, time) => {
		expect(readDate(cell)).toMatchObject({ date: '2019-03-07', time });
	});

	it.each(['30.2.2019', '0.1.2019', '2019-13-01', '7.3.', 'maaliskuu', '32/1/2019', '7.3.2019 25:00', '13.13.2019', '7.3-2019', '1'])(
		'%s is none',
		(cell) => {
			expect(readDate(cell)).toBe('bad');
		}
	); // prettier-ignore

	it('is asked for, and never guessed, where it can be two', () => {
		expect(readDate('3/7/2019')).toBe('ambiguous');
		expect(readDate('3-7-2019')).toBe('ambiguous');
		expect(readDate('03/07/19')).toBe('ambiguous');
		expect(readDate('3/7/2019', 'dmy')).toMatchObject({ date: '2019-07-03' });
		expect(readDate('3/7/2019', 'mdy')).toMatchObject({ date: '2019-03-07' });
		expect(readDate('03/07/19', 'ymd')).toMatchObject({ date: '2003-07-19' });
	});

	it('says where it can only be read against the order that was said', () => {
		expect(readDate('13/3/2019', 'mdy')).toMatchObject({ date: '2019-03-13', otherOrder: true });
		expect(readDate('13/3/2019', 'dmy')).toEqual({ date: '2019-03-13', time: undefined });
	});

	it('counts a spreadsheet’s days from 1904 where the workbook says so', () => {
		expect(readDate('42069', undefined, true)).toMatchObject({ date: '2019-03-07' });
	});

	it('of any day is the same in every form that has one reading', () => {
		fc.assert(
			fc.property(day, (date) => {
				const [year, month, of] = partsOf(date);
				const serial = Math.round((Date.parse(date) - Date.UTC(1899, 11, 30)) / 86_400_000);
				for (const form of [
					date,
					`${year}/${bare(month)}/${bare(of)}`,
					`${year}${month}${of}`,
					`${bare(of)}.${bare(month)}.${year}`,
					`${of}.${month}.${year}`,
					String(serial)
				])
					expect([form, readDate(form)]).toMatchObject([form, { date }]);
			})
		);
	});

	it('of any day between slashes or hyphens is itself in its order, and without one it is asked or certain', () => {
		fc.assert(
			fc.property(
				day,
				fc.constantFrom('/', '-'),
				fc.constantFrom<DateOrder>('dmy', 'mdy'),
				fc.boolean(),
				(date, sign, order, short) => {
					const [year, month, of] = partsOf(date);
					const last = short ? year.slice(2) : year;
					const form = (order === 'dmy' ? [of, month, last] : [month, of, last]).join(sign);
					expect(readDate(form, order)).toMatchObject({ date });
					const unasked = readDate(form);
					// What is read without asking is the only date that it can be in any order.
					if (unasked !== 'ambiguous') expect(unasked).toMatchObject({ date });
					if (certainOrder(form) !== undefined) expect(certainOrder(form)).toBe(order);
				}
			)
		);
	});

	it('never comes from words, and never throws', () => {
		fc.assert(
			fc.property(fc.string({ maxLength: 40 }), (text) => {
				const read = readDate(text);
				expect(typeof read === 'string' ? '2000-01-01' : read.date).toMatch(/^\d{4}-\d\d-\d\d$/);
			})
		);
	});
});

describe('a time of an old register', () => {
	it.each([
		['14.30', '14:30'],
		['klo 9.05', '09:05'],
		['9', '09:00'],
		['0.604166666666667', '14:30'],
		['23:59:59', '23:59']
	])('%s is read', (cell, time) => {
		expect(readTime(cell)).toBe(time);
	});

	it.each(['24:00', '12:60', 'aamu', '1430', ''])('%s is none', (cell) => {
		expect(readTime(cell)).toBeUndefined();
	});
});
