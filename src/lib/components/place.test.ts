import { describe, expect, it } from 'vitest';
import { instantOf } from '#lib/domain/dates.ts';
import type { Desk, Reception } from '#lib/domain/tour.ts';
import { dayIsDone, nextStop, placeNow } from './place.ts';

const A = '0190f000-0000-7000-8000-00000000000a';
const B = '0190f000-0000-7000-8000-00000000000b';
const desk = (id: string, more: Partial<Desk> = {}): Desk => ({
	id,
	name: id.slice(-1),
	municipality: '263',
	placeType: 'library',
	...more
});
const reception = (id: string, start: string, end: string): Reception => ({
	id: `${id}-${start}`,
	desk: id,
	start,
	end,
	rule: null,
	except: [],
	languages: ['fi']
});
const ME = '0190f000-0000-7000-8000-0000000000ff';
const at = (time: string) => instantOf('2026-03-06', time);
const desks = [desk(A), desk(B)];
const morning = reception(A, '2026-03-06T10:00', '2026-03-06T12:00');
const afternoon = reception(B, '2026-03-06T13:00', '2026-03-06T15:00');
const tour = [morning, afternoon];

describe('where the adviser is', () => {
	it('follows the schedule, 45 minutes before and after', () => {
		expect(placeNow(desks, tour, ME, undefined, at('09:14')).kind).toBe('none');
		expect(placeNow(desks, tour, ME, undefined, at('09:15'))).toMatchObject({ kind: 'at', desk: { id: A } });
		expect(placeNow(desks, tour, ME, undefined, at('14:00'))).toMatchObject({ kind: 'at', desk: { id: B } });
	});

	it('is asked where two receptions fit', () => {
		const place = placeNow(desks, tour, ME, undefined, at('12:30'));
		expect(place.kind === 'choose' && place.options.map((option) => option.desk.id)).toEqual([A, B]);
	});

	it('is what was chosen, for the day', () => {
		const choice = { at: at('10:00'), desk: B };
		expect(placeNow(desks, tour, ME, choice, at('11:00'))).toMatchObject({
			kind: 'at',
			desk: { id: B },
			stop: undefined
		});
		expect(placeNow(desks, tour, ME, { at: at('10:00'), desk: null }, at('11:00'))).toEqual({
			kind: 'without'
		});
		expect(placeNow(desks, tour, ME, { ...choice, at: at('10:00') - 86_400_000 }, at('11:00'))).toMatchObject(
			{
				desk: { id: A }
			}
		);
	});

	it('leaves a choice behind when a reception elsewhere comes up', () => {
		const choice = { at: at('09:30'), desk: A };
		expect(placeNow(desks, tour, ME, choice, at('12:10'))).toMatchObject({ kind: 'at', desk: { id: A } });
		expect(placeNow(desks, tour, ME, choice, at('12:30')).kind).toBe('choose');
		expect(placeNow(desks, tour, ME, choice, at('14:00'))).toMatchObject({ kind: 'at', desk: { id: B } });
	});

	it('is never a desk that is closed', () => {
		const closed = [desk(A, { closedFrom: '2026-03-06' }), desk(B)];
		expect(placeNow(closed, tour, ME, undefined, at('10:00')).kind).toBe('none');
		expect(placeNow(closed, tour, ME, { at: at('09:59'), desk: A }, at('10:00')).kind).toBe('none');
		expect(nextStop(closed, tour, ME, at('08:00'))?.desk.id).toBe(B);
	});

	it('is not where others hold a reception, unless one takes their place that day', () => {
		const other = '0190f000-0000-7000-8000-0000000000fe';
		const theirs = { ...morning, advisers: [other] };
		expect(placeNow(desks, [theirs], ME, undefined, at('10:30')).kind).toBe('none');
		expect(placeNow(desks, [theirs], other, undefined, at('10:30'))).toMatchObject({ desk: { id: A } });
		expect(nextStop(desks, [theirs], ME, at('08:00'))).toBeUndefined();
		expect(dayIsDone([theirs], ME, at('15:30'))).toBe(false);
		const substituted = { ...theirs, 'held_2026-03-06': [ME] };
		expect(placeNow(desks, [substituted], ME, undefined, at('10:30'))).toMatchObject({ desk: { id: A } });
		expect(placeNow(desks, [substituted], other, undefined, at('10:30')).kind).toBe('none');
		// What was chosen counts all the same: plans change.
		const choice = { at: at('10:00'), desk: A };
		expect(placeNow(desks, [theirs], ME, choice, at('10:30'))).toMatchObject({ kind: 'at', desk: { id: A } });
		// Taken back.
		const back = { ...theirs, 'held_2026-03-06': null };
		expect(placeNow(desks, [back], other, undefined, at('10:30'))).toMatchObject({ desk: { id: A } });
	});

	it('names the next reception that has not begun', () => {
		expect(nextStop(desks, tour, ME, at('11:00'))).toMatchObject({
			desk: { id: B },
			stop: { from: at('13:00') }
		});
		expect(nextStop(desks, tour, ME, at('14:00'))).toBeUndefined();
	});
});

describe('the end of the day', () => {
	it('comes a quarter of an hour after the last reception, not after the first', () => {
		expect(dayIsDone(tour, ME, at('12:30'))).toBe(false);
		expect(dayIsDone(tour, ME, at('15:14'))).toBe(false);
		expect(dayIsDone(tour, ME, at('15:15'))).toBe(true);
	});

	it('comes on no day without receptions, and after midnight where one went on till then', () => {
		expect(dayIsDone([], ME, at('18:00'))).toBe(false);
		expect(dayIsDone([reception(A, '2026-03-05T10:00', '2026-03-05T12:00')], ME, at('18:00'))).toBe(false);
		const night = reception(A, '2026-03-05T21:00', '2026-03-06T01:00');
		expect(dayIsDone([night], ME, at('00:30'))).toBe(false);
		expect(dayIsDone([night], ME, at('01:20'))).toBe(true);
	});
});
