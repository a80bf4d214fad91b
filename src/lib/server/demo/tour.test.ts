import { expect, it } from 'vitest';
import { addDays, instantOf } from '#lib/domain/dates.ts';
import { holidaysOn } from '#lib/domain/holidays.ts';
import { stopsBetween } from '#lib/domain/stops.ts';
import { receptionFields } from '#lib/domain/tour.ts';
import { OPEN_RECEPTION } from './organisation.ts';
import { demoTour } from './tour.ts';

it('the demo’s tour goes on every week, and stands back on the holidays to come', () => {
	const now = instantOf('2026-11-27', '10:00');
	const weekly = demoTour(now)
		.filter(({ id }) => id !== OPEN_RECEPTION)
		.map(({ id, fields }) => ({ id, ...receptionFields.parse(fields) }));
	const stops = stopsBetween(weekly, '2026-11-28', addDays('2026-11-28', 365));
	expect(stops.length).toBeGreaterThan(100);
	expect(stops.filter(({ date }) => holidaysOn(date).length > 0)).toEqual([]);
	// Christmas Day is a Friday, when the adviser is in Kiuruvesi in other weeks.
	expect(stops.map(({ date }) => date)).toContain('2026-12-18');
	expect(stops.map(({ date }) => date)).not.toContain('2026-12-25');
});
