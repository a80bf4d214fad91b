import { describe, expect, it } from 'vitest';
import { instantOf } from '#lib/domain/dates.ts';
import type { Desk, Reception } from '#lib/domain/tour.ts';
import type { WorkHours } from '#lib/domain/work-hours.ts';
import { heldStops } from './told-hours.ts';

const ME = 'me';
const desk = (id: string): Desk => ({ id, name: id, municipality: '263', placeType: 'library' });
const reception = (id: string, of: string, day: string, more: Partial<Reception> = {}): Reception => ({
	id,
	desk: of,
	start: `${day}T10:00`,
	end: `${day}T15:00`,
	rule: 'FREQ=WEEKLY',
	except: [],
	languages: [],
	...more
});
const visit = (day: string, at: string) => ({
	at: instantOf(day, '11:00'),
	glance: { desk: at, language: 'fi', topics: ['work'], referred: false }
});
const told = (more: Partial<WorkHours>): WorkHours => ({
	desk: 'a',
	reception: 'r',
	date: '2026-11-27',
	held: true,
	from: '10:00',
	to: '15:00',
	...more
});
const now = instantOf('2026-11-27', '16:00');
const known = { desks: [desk('a'), desk('b')], receptions: [], visits: [], told: [] };
const days = (stops: ReturnType<typeof heldStops>) => stops.map(({ desk: { id }, date }) => `${id} ${date}`);

describe('receptions whose hours are asked for', () => {
	it('are one’s own, and of those that anybody holds the ones where one logged a visit', () => {
		const receptions = [
			reception('r', 'a', '2026-11-20', { advisers: [ME] }),
			reception('s', 'b', '2026-11-19'),
			reception('t', 'b', '2026-11-18', { advisers: ['other'] })
		];
		const visits = [visit('2026-11-26', 'b'), visit('2026-11-18', 'b')];
		expect(days(heldStops({ ...known, receptions, visits }, ME, now))).toEqual([
			'a 2026-11-27',
			'b 2026-11-26',
			'a 2026-11-20'
		]);
	});

	it('are over, not cancelled, and those that a substitute took are the substitute’s', () => {
		const mine = reception('r', 'a', '2026-11-13', {
			advisers: [ME],
			'cancelled_2026-11-20': 'Sairaana',
			'held_2026-11-27': ['other']
		} as Partial<Reception>);
		expect(days(heldStops({ ...known, receptions: [mine] }, ME, now))).toEqual([]);
		expect(days(heldStops({ ...known, receptions: [mine] }, 'other', now))).toEqual(['a 2026-11-27']);
		const early = instantOf('2026-11-27', '14:59');
		expect(days(heldStops({ ...known, receptions: [mine] }, 'other', early))).toEqual([]);
	});

	it('stay with what was told, also where the plan has changed since, and at places without a plan', () => {
		const receptions = [reception('r', 'a', '2026-11-27')];
		const hours = [
			told({}),
			told({ reception: null, desk: 'b', date: '2026-11-25' }),
			told({ date: '2026-10-02' })
		];
		const found = heldStops({ ...known, receptions, told: hours }, ME, now);
		expect(found.map(({ date, stop, told: one }) => [date, stop !== undefined, one !== undefined])).toEqual([
			['2026-11-27', true, true],
			['2026-11-25', false, true]
		]);
	});
});
