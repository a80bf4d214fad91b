import { APPOINTMENT, bookedFields } from '#lib/domain/appointment.ts';
import { addDays, helsinki } from '#lib/domain/dates.ts';
import { slotTimes, type SlotTime } from '#lib/domain/slots.ts';
import { stopsBetween, type Stop } from '#lib/domain/stops.ts';
import { receptionFields, type Reception } from '#lib/domain/tour.ts';
import type { Publication } from '#lib/server/sync/publish.ts';
import { demoTour } from './tour.ts';

/** How far ahead invented clients have booked, days. */
const AHEAD = 14;

/** Whom the invented appointments of a stop are for: at which of its times still to come, in which language, and how. */
const OF_A_STOP = [
	{ time: 1, language: 'ar', channel: 'desk', asked: 'phone', reference: 'K7MP' },
	{ time: 2, language: 'uk', channel: 'phone', asked: 'message', reference: 'D4XT' },
	{ time: 4, language: 'so', channel: 'desk', asked: 'partner', reference: 'R9HC' }
] as const;

/**
 * Invented appointments of today and of the next stop, at whose second time two are booked, as two phones without a network do. Their ids are those of the day, so
 * that what a visitor makes of them stays.
 */
export function demoAppointments(now: number): Publication[] {
	const today = helsinki(now).date;
	const receptions = demoTour(now).map(({ id, fields }): Reception => ({
		...receptionFields.parse(fields),
		id
	}));
	const stops = stopsBetween(receptions, addDays(today, -1), addDays(today, AHEAD));
	const day = today.replaceAll('-', '');
	let count = 0;
	const appointment = (
		{ reception }: Stop,
		{ date, start }: SlotTime,
		{ time: _, ...said }: (typeof OF_A_STOP)[number]
	): Publication => ({
		collection: APPOINTMENT,
		id: `01980000-0000-7000-8000-a${day}${String((count += 1)).padStart(3, '0')}`,
		part: 'organisation',
		fields: bookedFields({
			slot: { desk: reception.desk, reception: reception.id, date, start, length: 30 },
			note: null,
			...said
		})
	});
	const of = (stop: Stop | undefined, doubled = false): Publication[] => {
		const times = stop ? slotTimes(stop).filter(({ from }) => from > now) : [];
		return OF_A_STOP.flatMap((one, index) => {
			const time = times[doubled && index === 1 ? OF_A_STOP[0].time : one.time];
			return stop && time ? [appointment(stop, time, one)] : [];
		});
	};
	return [
		...of(stops.find(({ from, to }) => from <= now && now < to)),
		...of(
			stops.find(({ from }) => from > now),
			true
		)
	];
}
