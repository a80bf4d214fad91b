import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '#lib/domain/dates.ts';
import { dayNumber } from '#lib/domain/dates.ts';
import {
	currentPeriod,
	earlier,
	kindOf,
	later,
	readReportPeriod,
	reportKinds,
	seriesUnit,
	unitsOf,
	wholePeriod
} from './report-period.ts';

const TODAY = '2026-11-26';
const day = fc.integer({ min: 0, max: 4000 }).map((days) => addDays('2018-01-01', days));

describe('the period of a report', () => {
	it.each([
		['month', '2026-11-01', TODAY],
		['quarter', '2026-10-01', TODAY],
		['year', '2026-01-01', TODAY],
		['last-12-months', '2025-11-27', TODAY]
	] as const)('%s is under way', (kind, from, to) => {
		expect(currentPeriod(kind, TODAY)).toEqual({ from, to });
		expect(kindOf({ from, to }, TODAY)).toBe(kind);
	});

	it('is a whole one before the one that is under way', () => {
		expect(earlier('month', currentPeriod('month', TODAY))).toEqual({ from: '2026-10-01', to: '2026-10-31' });
		expect(earlier('quarter', currentPeriod('quarter', TODAY))).toEqual({
			from: '2026-07-01',
			to: '2026-09-30'
		});
		expect(earlier('year', currentPeriod('year', TODAY))).toEqual({ from: '2025-01-01', to: '2025-12-31' });
	});

	it('never lies in the future', () => {
		for (const kind of reportKinds) {
			const period = kind === 'own' ? { from: '2026-11-20', to: TODAY } : currentPeriod(kind, TODAY);
			expect(later(kind, period, TODAY)).toBeUndefined();
		}
		expect(later('quarter', { from: '2026-07-01', to: '2026-09-30' }, TODAY)).toEqual({
			from: '2026-10-01',
			to: TODAY
		});
	});

	it('comes back where it was, earlier and then later', () => {
		fc.assert(
			fc.property(day, fc.constantFrom('week', 'month', 'quarter', 'year'), (date, kind) => {
				const whole = wholePeriod(kind, date);
				expect(whole.from <= date && date <= whole.to).toBe(true);
				if (kind !== 'week') expect(kindOf(whole, '2030-01-01')).toBe(kind);
				expect(later(kind, earlier(kind, whole), '2030-01-01')).toEqual(whole);
			})
		);
		fc.assert(
			fc.property(day, fc.integer({ min: 0, max: 50 }), (from, days) => {
				const period = { from, to: addDays(from, days) };
				fc.pre(
					kindOf(period, '2030-01-01') === 'own' && kindOf(earlier('own', period), '2030-01-01') === 'own'
				);
				expect(later('own', earlier('own', period), '2030-01-01')).toEqual(period);
			})
		);
	});

	it('is read from the address, and where it is none it is the last twelve months', () => {
		const read = (text: string) => readReportPeriod(new URLSearchParams(text), TODAY);
		expect(read('from=2026-04-01&to=2026-06-30').kind).toBe('quarter');
		expect(read('from=2026-04-02&to=2026-06-30').kind).toBe('own');
		expect(read('period=year').period.from).toBe('2026-01-01');
		for (const wrong of [
			'',
			'period=own',
			'period=x',
			'from=2026-02-30&to=2026-03-01',
			'from=2026-05-01&to=2026-04-01'
		])
			expect(read(wrong).kind).toBe('last-12-months');
	});
});

it('a line has every unit of its period once, from two to some sixty', () => {
	fc.assert(
		fc.property(day, fc.integer({ min: 1, max: 3600 }), (from, days) => {
			const period = { from, to: addDays(from, days) };
			const units = unitsOf(period, seriesUnit(period));
			expect(new Set(units).size).toBe(units.length);
			expect(units.length).toBeGreaterThanOrEqual(2);
			expect(units.length).toBeLessThanOrEqual(62);
			expect(dayNumber(period.to) - dayNumber(period.from)).toBe(days);
		}),
		{ numRuns: 50 }
	);
});
