import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '#lib/domain/dates.ts';
import { stopsBetween } from '#lib/domain/stops.ts';
import type { Reception } from '#lib/domain/tour.ts';
import { receptionWrites } from './reception-writes.ts';
import { emptyReception, receptionFieldsOf, receptionValues, type ReceptionValues } from './tour-values.ts';

const DESK = '0190f000-0000-7000-8000-000000000001';
const OTHER = '0190f000-0000-7000-8000-000000000002';
/** A Saturday. */
const today = '2026-11-28';
const friday: ReceptionValues = { ...emptyReception('2026-03-06'), languages: ['fi', 'ar'] };
const was: Reception = {
	...receptionFieldsOf(friday, DESK),
	'cancelled_2026-10-02': 'Sairaus',
	'cancelled_2026-12-11': 'Kirjasto on kiinni',
	id: 'old'
};

/** Receptions as they stand after the writes. */
const after = (values: ReceptionValues, desk = DESK, before = was): Reception[] => {
	const writes = receptionWrites(values, desk, before, today);
	return writes.map(
		({ id, fields }) => ({ ...(id === undefined ? {} : before), ...fields, id: id ?? 'new' }) as Reception
	);
};
const held = (receptions: readonly Reception[], from: string, to: string) =>
	stopsBetween(receptions, from, to).map(({ date, from: begins, to: ends, reception }) => [
		date,
		begins,
		ends,
		reception.desk
	]);

describe('a reception that has begun', () => {
	it('is written in place where only its words, languages or last day change', () => {
		const words = receptionWrites({ ...friday, note: 'Ovi C', languages: ['fi'] }, DESK, was, today);
		expect(words).toEqual([{ id: 'old', fields: { note: 'Ovi C', languages: ['fi'] } }]);
		expect(receptionWrites({ ...friday, last: '2026-12-18' }, DESK, was, today)).toMatchObject([
			{ id: 'old', fields: { rule: 'FREQ=WEEKLY;UNTIL=20261218' } }
		]);
		expect(receptionWrites(receptionValues(was, today), DESK, was, today)).toEqual([
			{ id: 'old', fields: {} }
		]);
	});

	it('ends where its hours change, and a new one begins with its cancelled days', () => {
		const now = after({ ...friday, from: '12:00', to: '16:00' });
		expect(now.map(({ id, rule }) => [id, rule])).toEqual([
			['new', 'FREQ=WEEKLY'],
			['old', 'FREQ=WEEKLY;UNTIL=20261203']
		]);
		expect(held(now, today, '2026-12-31').map(([date]) => date)).toEqual(['2026-12-04', '2026-12-18']);
		expect(now[0]).toMatchObject({ start: '2026-12-04T12:00', 'cancelled_2026-12-11': 'Kirjasto on kiinni' });
		expect(now[0]).not.toHaveProperty('cancelled_2026-10-02');
	});

	it('may go on from a later day, at another desk, or not at all', () => {
		const later = after({ ...friday, date: '2027-01-15' }, OTHER);
		expect(held(later, '2027-01-01', '2027-01-31').map(([date, , , desk]) => [date, desk])).toEqual([
			['2027-01-08', DESK],
			['2027-01-15', OTHER],
			['2027-01-22', OTHER],
			['2027-01-29', OTHER]
		]);
		expect(held(after({ ...friday, every: 'once' }), today, '2027-12-31')).toEqual([]);
	});

	it('was held as it was held, whatever becomes of it', () => {
		const change = fc.record({
			from: fc.constantFrom('09:00', '10:00', '22:00'),
			to: fc.constantFrom('15:00', '16:30', '02:00'),
			date: fc.constantFrom('2026-03-06', '2026-03-04', '2026-11-28', '2027-02-01'),
			every: fc.constantFrom('once' as const, 'week' as const, 'two-weeks' as const),
			last: fc.constantFrom('', '2027-06-30'),
			notOnHolidays: fc.boolean(),
			desk: fc.constantFrom(DESK, OTHER)
		});
		fc.assert(
			fc.property(change, ({ desk, ...values }) => {
				const yesterday = addDays(today, -1);
				const past = held(after({ ...friday, ...values }, desk), '2026-01-01', yesterday);
				const before = held([was], '2026-01-01', yesterday);
				expect(past).toEqual(before);
			}),
			{ numRuns: 200 }
		);
	});
});
