import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instantOf } from '#lib/domain/dates.ts';
import type { WorkHours } from '#lib/domain/work-hours.ts';
import { heldReceptions, type PlannedReception } from './held.ts';

const DESKS: Record<string, string> = { d1: '263', d2: '263', d3: '925' };
const municipalityOf = (desk: string) => DESKS[desk];
const planned = (
	reception: string,
	desk: string,
	date: string,
	from = '10:00',
	to = '15:00'
): PlannedReception => ({
	reception,
	desk,
	date,
	from: instantOf(date, from),
	to: instantOf(date, to),
	languages: ['fi', 'ru']
});
const told = (more: Partial<WorkHours>): WorkHours => ({
	desk: 'd1',
	reception: 'r1',
	date: '2026-11-27',
	held: true,
	from: '10:00',
	to: '14:30',
	...more
});
const friday = planned('r1', 'd1', '2026-11-27');

describe('receptions and hours', () => {
	it('are as planned where nobody told them', () => {
		expect(heldReceptions([friday], [], municipalityOf)).toEqual([
			{ municipality: '263', receptions: 1, told: 0, minutes: 300, languages: ['fi', 'ru'] }
		]);
	});

	it('are as advisers told them, all of them together', () => {
		const [one] = heldReceptions([friday], [told({}), told({ from: '12:00', to: '15:30' })], municipalityOf);
		expect(one).toMatchObject({ receptions: 1, told: 1, minutes: 270 + 210 });
	});

	it('are those of what took its place, where a day was given other hours after they were told', () => {
		const moved = planned('r2', 'd1', '2026-11-27', '10:00', '13:00');
		const before = told({ to: '13:00' });
		expect(heldReceptions([moved], [before], municipalityOf)).toMatchObject([
			{ receptions: 1, told: 1, minutes: 180 }
		]);
		// Told of both, they count once.
		const again = told({ reception: 'r2', to: '13:00' });
		expect(heldReceptions([moved], [before, again], municipalityOf)).toMatchObject([
			{ receptions: 1, minutes: 180 }
		]);
	});

	it('leave out what was not held, and keep what one of two held', () => {
		expect(heldReceptions([friday], [told({ held: false })], municipalityOf)).toEqual([]);
		const [one] = heldReceptions([friday], [told({ held: false }), told({})], municipalityOf);
		expect(one).toMatchObject({ receptions: 1, minutes: 270 });
	});

	it('count work at a desk that the tour did not have, once for a desk and day, over midnight too', () => {
		const night = { reception: null, desk: 'd3', from: '22:00', to: '01:00' };
		const rows = heldReceptions(
			[friday],
			[told(night), told({ ...night, from: '20:00', to: '21:00' })],
			municipalityOf
		);
		expect(rows).toEqual([
			{ municipality: '263', receptions: 1, told: 0, minutes: 300, languages: ['fi', 'ru'] },
			{ municipality: '925', receptions: 1, told: 1, minutes: 240, languages: [] }
		]);
	});

	it('count what was told of a day that was cancelled afterwards', () => {
		expect(heldReceptions([], [told({})], municipalityOf)).toMatchObject([{ receptions: 1, minutes: 270 }]);
	});

	it('never count a reception twice, nor a minute that nobody planned or told', () => {
		const date = fc.constantFrom('2026-11-26', '2026-11-27');
		const desk = fc.constantFrom('d1', 'd2', 'd3', 'gone');
		const time = fc.constantFrom('08:00', '12:30', '16:00', '23:00');
		const oneTold = fc.record({
			desk,
			date,
			reception: fc.constantFrom('r1', 'r2', 'r9', null),
			held: fc.boolean(),
			from: time,
			to: time
		});
		const onePlanned = fc.record({ reception: fc.constantFrom('r1', 'r2'), desk, date });
		fc.assert(
			fc.property(
				fc.uniqueArray(onePlanned, { selector: ({ reception, date: day }) => `${reception} ${day}` }),
				fc.array(oneTold, { maxLength: 8 }),
				(tour, hours) => {
					const stops = tour.map((stop) => planned(stop.reception, stop.desk, stop.date));
					const rows = heldReceptions(stops, hours, municipalityOf);
					const sum = (of: (row: (typeof rows)[number]) => number) =>
						rows.reduce((all, row) => all + of(row), 0);
					const places = new Set([
						...tour.map((stop) => `${stop.reception} ${stop.date}`),
						...hours.map((one) => `${one.desk} ${one.date}`)
					]);
					expect(sum((row) => row.receptions)).toBeLessThanOrEqual(places.size);
					expect(rows.every((row) => row.told <= row.receptions && row.minutes >= 0)).toBe(true);
					const most = stops.length * 300 + hours.filter(({ held }) => held).length * 24 * 60;
					expect(sum((row) => row.minutes)).toBeLessThanOrEqual(most);
				}
			)
		);
	});
});
