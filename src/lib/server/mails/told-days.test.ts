import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instantOf } from '#lib/domain/dates.ts';
import { newId } from '#lib/domain/ids.ts';
import { cancelledField } from '#lib/domain/tour-records.ts';
import type { Desk, Reception } from '#lib/domain/tour.ts';
import { decidedDays, dueDays, keyOf, nextDays, type ToldDay } from './told-days.ts';

const MINUTE = 60_000;
const WAIT = 5 * MINUTE;
const desk: Desk = { id: newId(), name: 'Vieremä, kirjasto', municipality: '925', placeType: 'library' };
const id = newId();
const DAYS = ['2026-03-06', '2026-03-13', '2026-03-20'];
const TOWNS = new Set(['925']);
const START = instantOf('2026-03-02', '08:00');

const tourOf = (cancelled: readonly string[], fields: Partial<Reception> = {}) => ({
	desks: [desk],
	receptions: [
		{
			id,
			desk: desk.id,
			start: '2026-02-06T10:00',
			end: '2026-02-06T15:00',
			rule: 'FREQ=WEEKLY',
			except: [],
			languages: ['fi'],
			...Object.fromEntries(cancelled.map((date) => [cancelledField(date), 'x'])),
			...fields
		}
	]
});

/** The server's part, without a server: what is known afterwards, and what was told meanwhile. */
function look(known: readonly ToldDay[], tour: ReturnType<typeof tourOf>, now: number) {
	const decided = decidedDays(tour, TOWNS, known, now);
	const { write, drop } = nextDays(known, decided, now);
	const days = new Map([...known, ...write].map((day) => [keyOf(day), day]));
	for (const day of drop) days.delete(keyOf(day));
	const due = dueDays([...days.values()], WAIT).filter(({ at }) => at <= now);
	const told = due.flatMap((one) => one.days);
	for (const day of told) days.set(keyOf(day), { ...day, told: day.cancelled });
	return {
		known: [...days.values()],
		told: told.map(({ date, cancelled }) => ({ date, cancelled })),
		mails: due.length
	};
}

describe('days that contact persons are told of', () => {
	it('whatever is cancelled and taken back, in whatever order: what was told last is what holds, nothing is told twice in a row, a round changes nothing that stands', () => {
		const steps = fc.array(
			fc.record({ day: fc.constantFrom(...DAYS), pause: fc.integer({ min: 0, max: 12 * MINUTE }) }),
			{ maxLength: 25 }
		);
		fc.assert(
			fc.property(steps, (some) => {
				let now = START;
				let known: ToldDay[] = [];
				const cancelled = new Set<string>();
				const last = new Map<string, boolean>();
				const round = () => {
					const { told, known: after } = look(known, tourOf([...cancelled]), now);
					known = after;
					for (const one of told) {
						// The first word about a day is that it is cancelled.
						expect(one.cancelled).toBe(!(last.get(one.date) ?? false));
						last.set(one.date, one.cancelled);
					}
				};
				for (const { day, pause } of some) {
					if (!cancelled.delete(day)) cancelled.add(day);
					round();
					now += pause;
					round();
				}
				now += 20 * MINUTE;
				round();
				round();
				for (const day of DAYS) expect([day, last.get(day) ?? false]).toEqual([day, cancelled.has(day)]);
				expect(known.map(({ date }) => date).sort()).toEqual([...cancelled].sort());
				expect(look(known, tourOf([...cancelled]), now).told).toEqual([]);
			})
		);
	});

	it('several within some minutes are one mail, which nobody keeps waiting for longer than three times as long', () => {
		const days = ['2026-03-06', '2026-03-13', '2026-03-20', '2026-03-27', '2026-04-03'];
		const at = (minute: number) => days.filter((_day, index) => index * 4 <= minute);
		let known: ToldDay[] = [];
		const mails: number[][] = [];
		for (let minute = 0; minute <= 40; minute += 1) {
			const state = look(known, tourOf(at(minute)), START + minute * MINUTE);
			known = state.known;
			if (state.mails > 0) mails.push([minute, state.told.length]);
		}
		// Those of the minutes 0, 4, 8 and 12; and the last one by itself.
		expect(mails).toEqual([
			[15, 4],
			[21, 1]
		]);
	});

	it('are those of the tour: no day that it has not, none that is over, none of a desk that has closed, none elsewhere', () => {
		const decided = (tour: ReturnType<typeof tourOf>, towns = TOWNS, now = START) =>
			decidedDays(tour, towns, [], now).map(({ date }) => date);
		expect(decided(tourOf(['2026-03-07', '2026-03-06', '2026-02-27', '2026-13-01', 'x']))).toEqual([
			'2026-03-06'
		]);
		expect(decided(tourOf(DAYS), new Set(['140']))).toEqual([]);
		expect(decided(tourOf(DAYS), TOWNS, instantOf('2026-03-06', '14:59'))).toEqual(DAYS);
		expect(decided(tourOf(DAYS), TOWNS, instantOf('2026-03-06', '15:00'))).toEqual(DAYS.slice(1));
		const closed = { ...tourOf(DAYS), desks: [{ ...desk, closedFrom: '2026-03-13' }] };
		expect(decided(closed)).toEqual(['2026-03-06']);
	});
});
