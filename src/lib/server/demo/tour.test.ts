import { expect, it } from 'vitest';
import { addDays, instantOf } from '#lib/domain/dates.ts';
import { holidaysOn } from '#lib/domain/holidays.ts';
import { stopsBetween } from '#lib/domain/stops.ts';
import { receptionFields } from '#lib/domain/tour.ts';
import { readAppointment } from '#lib/domain/appointment.ts';
import { emptyRecord } from '#lib/domain/record.ts';
import { heldBetween } from '#lib/domain/slots.ts';
import { joinAsServer } from '#lib/server/sync/publish.ts';
import { demoAppointments } from './appointments.ts';
import { DEMO_DESKS, OPEN_RECEPTION } from './organisation.ts';
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

it.each(['10:00', '23:40', '03:10'])(
	'the demo’s appointments are at times of its tour, two of them at one, at %s',
	(time) => {
		const now = instantOf('2026-11-27', time);
		const made = demoAppointments(now).flatMap(
			(one) => readAppointment(one.id, joinAsServer(emptyRecord, one, now)) ?? []
		);
		const desks = new Map(
			DEMO_DESKS.map(({ id, name, municipality }) => [id, { id, name, municipality, placeType: 'library' }])
		);
		const receptions = demoTour(now).map(({ id, fields }) => ({ ...receptionFields.parse(fields), id }));
		const held = heldBetween(made, desks, receptions, '2026-11-26', '2026-12-31');
		expect(held).toHaveLength(made.length);
		expect(made).toHaveLength(6);
		expect(held.filter(({ placed }) => placed.crowded)).toHaveLength(2);
	}
);
