import { describe, expect, it } from 'vitest';
import { stopsBetween, stopsNow } from './stops.ts';
import type { Reception } from './tour.ts';

const weekly: Reception = {
	id: 'w',
	desk: '019a0000-0000-7000-8000-000000000001',
	start: '2026-03-06T10:00',
	end: '2026-03-06T15:00',
	rule: 'FREQ=WEEKLY',
	except: ['2026-03-20'],
	languages: ['fi']
};

describe('a weekly reception', () => {
	it('comes every week but on excepted days, at the same local time over the change of the clock', () => {
		const stops = stopsBetween([weekly], '2026-03-01', '2026-04-05');
		expect(stops.map((stop) => stop.date)).toEqual(['2026-03-06', '2026-03-13', '2026-03-27', '2026-04-03']);
		expect(stops.map((stop) => new Date(stop.from).toISOString().slice(11, 16))).toEqual([
			'08:00',
			'08:00',
			'08:00',
			'07:00'
		]);
	});

	it('is not held on a day that is cancelled, until that is taken back', () => {
		const cancelled = { ...weekly, 'cancelled_2026-03-13': 'Sairaus', 'cancelled_2026-03-27': null };
		const stops = stopsBetween([cancelled], '2026-03-01', '2026-03-31');
		expect(stops.map((stop) => stop.date)).toEqual(['2026-03-06', '2026-03-27']);
	});

	it('ends with UNTIL', () => {
		const ending = { ...weekly, rule: 'FREQ=WEEKLY;UNTIL=20260314T000000Z' };
		expect(stopsBetween([ending], '2026-03-01', '2026-12-31').map((stop) => stop.date)).toEqual([
			'2026-03-06',
			'2026-03-13'
		]);
	});

	it('may come on several days of every second week', () => {
		const rule = 'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR';
		expect(stopsBetween([{ ...weekly, rule }], '2026-03-01', '2026-03-31').map((stop) => stop.date)).toEqual([
			'2026-03-06',
			'2026-03-16',
			'2026-03-30'
		]);
	});

	it('with a rule this version does not know stays as its first occurrence', () => {
		expect(stopsBetween([{ ...weekly, rule: 'FREQ=YEARLY' }], '2026-03-01', '2027-12-31')).toHaveLength(1);
	});
});

describe('stopsNow', () => {
	it('counts from 45 minutes before to 45 minutes after', () => {
		const at = (time: string) => stopsNow([weekly], Date.parse(`2026-03-13T${time}:00Z`)).length;
		expect([at('07:14'), at('07:15'), at('12:00'), at('13:45'), at('13:46')]).toEqual([0, 1, 1, 1, 0]);
	});

	it('finds a reception that passes midnight', () => {
		const late = { ...weekly, rule: null, start: '2026-03-07T21:00', end: '2026-03-08T02:00' };
		expect(stopsNow([late], Date.parse('2026-03-07T23:30:00Z'))).toHaveLength(1);
	});
});
