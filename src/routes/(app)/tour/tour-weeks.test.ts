import { describe, expect, it } from 'vitest';
import { instantOf } from '#lib/domain/dates.ts';
import type { Desk, Reception } from '#lib/domain/tour.ts';
import { firstStops, nearWeeks, ownStops, tourWeeks } from './tour-weeks.ts';

const desk: Desk = { id: 'd1', name: 'Kirjasto', municipality: '140', placeType: 'library' };
const reception = (start: string, rule: string | null, more: Partial<Reception> = {}): Reception => ({
	id: `r ${start}`,
	desk: 'd1',
	start: `${start}T10:00`,
	end: `${start}T15:00`,
	rule,
	except: [],
	languages: [],
	...more
});

/** Friday 6.3.2026, week 10. */
const now = instantOf('2026-03-06', '11:00');
const dates = (receptions: Reception[], desks = [desk]) =>
	tourWeeks(desks, receptions, now).map((week) => [week.number, ...week.stops.map((stop) => stop.date)]);

describe('tourWeeks', () => {
	it('groups fourteen days from today on by calendar week', () => {
		const weekly = [reception('2026-01-02', 'FREQ=WEEKLY'), reception('2026-01-08', 'FREQ=WEEKLY')];
		expect(dates(weekly)).toEqual([
			[10, '2026-03-06'],
			[11, '2026-03-12', '2026-03-13'],
			[12, '2026-03-19']
		]);
	});

	it('covers in the first week what is left of it, in the last what belongs to the fourteen days', () => {
		const weeks = tourWeeks([desk], [reception('2026-01-08', 'FREQ=WEEKLY')], now);
		expect(weeks.map(({ from, to }) => [from, to])).toEqual([
			['2026-03-06', '2026-03-08'],
			['2026-03-09', '2026-03-15'],
			['2026-03-16', '2026-03-19']
		]);
	});

	it('keeps this week when it has nothing left, and leaves out other empty ones', () => {
		expect(dates([reception('2026-03-17', null)])).toEqual([[10], [12, '2026-03-17']]);
		expect(dates([reception('2026-03-05', null), reception('2026-03-20', null)])).toEqual([[10]]);
	});

	it('turns the year', () => {
		const newYear = tourWeeks(
			[desk],
			[reception('2026-12-28', 'FREQ=WEEKLY')],
			instantOf('2026-12-30', '09:00')
		);
		expect(newYear.map((week) => [week.number, week.stops[0]?.date])).toEqual([
			[53, undefined],
			[1, '2027-01-04'],
			[2, '2027-01-11']
		]);
	});

	it('shows a stop at a closed or unknown desk as what it is', () => {
		const [closed] = tourWeeks([{ ...desk, closedFrom: '2026-03-06' }], [reception('2026-03-06', null)], now);
		expect(closed?.stops).toMatchObject([{ closed: true }]);
		const [open] = tourWeeks([{ ...desk, closedFrom: '2026-03-07' }], [reception('2026-03-06', null)], now);
		expect(open?.stops).toMatchObject([{ closed: false }]);
		const [unknown] = tourWeeks([], [reception('2026-03-06', null)], now);
		expect(unknown?.stops).toMatchObject([{ desk: undefined, closed: false }]);
	});

	it('keeps what is cancelled, with its reason, and not what is held after all', () => {
		const cancelled = { 'cancelled_2026-03-12': 'Sairaus', 'cancelled_2026-03-19': null };
		const [first, second] = tourWeeks(
			[desk],
			[reception('2026-01-08', 'FREQ=WEEKLY', cancelled)],
			now
		).flatMap(({ stops }) => stops);
		expect([first?.date, first?.cancelled]).toEqual(['2026-03-12', 'Sairaus']);
		expect([second?.date, second?.cancelled]).toEqual(['2026-03-19', undefined]);
	});

	it('says who holds a stop, and who takes their place on a day', () => {
		const advisers = ['a'];
		const weekly = reception('2026-01-02', 'FREQ=WEEKLY', { advisers, 'held_2026-03-13': ['b'] });
		const who = tourWeeks([desk], [weekly], now).flatMap((week) => week.stops.map((stop) => stop.advisers));
		expect(who).toEqual([['a'], ['b']]);
	});
});

describe('a long agenda', () => {
	const weekly = ['2026-01-02', '2026-01-07', '2026-01-08'].map((start, at) =>
		reception(start, 'FREQ=WEEKLY', { advisers: at === 1 ? ['one'] : at === 2 ? ['other'] : null })
	);
	const weeks = tourWeeks([desk], weekly, now);
	const datesOf = (some: ReturnType<typeof tourWeeks>) =>
		some.map(({ stops }) => stops.map(({ date }) => date));

	it('shows its first stops, and this week also without any', () => {
		expect(datesOf(firstStops(weeks, 2))).toEqual([['2026-03-06'], ['2026-03-11']]);
		expect(datesOf(firstStops(weeks, 0))).toEqual([[]]);
		expect(firstStops(weeks, 100)).toEqual(weeks);
	});

	it('has the reader’s own, and what anybody holds', () => {
		expect(datesOf(ownStops(weeks, 'one'))).toEqual([
			['2026-03-06'],
			['2026-03-11', '2026-03-13'],
			['2026-03-18']
		]);
	});

	it('begins with as few days as have enough, and the same weeks', () => {
		const near = (enough: number) => nearWeeks([desk], weekly, now, enough);
		expect(datesOf(near(1))).toEqual([['2026-03-06']]);
		expect(firstStops(near(1), 1)).toEqual(firstStops(weeks, 1));
		expect(near(2)).toEqual(weeks);
	});
});
