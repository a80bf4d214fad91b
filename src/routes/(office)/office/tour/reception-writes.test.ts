import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { advisersOn, stopsBetween } from '#lib/domain/stops.ts';
import type { Reception } from '#lib/domain/tour.ts';
import { changesWhatIsOver, receptionWrites } from './reception-writes.ts';
import {
	emptyReception,
	receptionFieldsOf,
	receptionValues,
	type ReceptionValues
} from './reception-values.ts';

const DESK = '0190f000-0000-7000-8000-000000000001';
const OTHER = '0190f000-0000-7000-8000-000000000002';
/** A Saturday. */
const today = '2026-11-28';
const friday: ReceptionValues = { ...emptyReception('2026-03-06'), languages: ['fi', 'ar'] };
const was: Reception = {
	...receptionFieldsOf(friday, DESK),
	'cancelled_2026-10-02': 'Sairaus',
	'cancelled_2026-12-11': 'Kirjasto on kiinni',
	'held_2026-10-09': [DESK],
	'held_2026-12-18': [OTHER],
	id: '0190f000-0000-7000-8000-00000000000a'
};

/** Receptions as they stand after the writes. */
const after = async (values: ReceptionValues, desk = DESK, before = was): Promise<Reception[]> => {
	const writes = await receptionWrites(values, desk, before, today);
	const made = writes
		.filter(({ id }) => id !== before.id)
		.map(({ fields }) => ({ ...fields, id: 'new' }) as unknown as Reception);
	const changed = Object.assign(
		{},
		...writes.filter(({ id }) => id === before.id).map(({ fields }) => fields)
	) as object;
	return [...made, { ...before, ...changed }];
};
const held = (receptions: readonly Reception[], from: string, to: string) =>
	stopsBetween(receptions, from, to).map(({ date, from: begins, to: ends, reception }) => [
		date,
		begins,
		ends,
		reception.desk,
		advisersOn(reception, date)
	]);

describe('a reception that has begun', () => {
	it('is written in place where only its words, languages or last day change', async () => {
		const words = await receptionWrites({ ...friday, note: 'Ovi C', languages: ['fi'] }, DESK, was, today);
		expect(words).toMatchObject([{ id: was.id, fields: { note: 'Ovi C', languages: ['fi'] } }]);
		for (const name of ['desk', 'start', 'end', 'rule']) expect(words[0]?.fields).not.toHaveProperty(name);
		expect(await receptionWrites({ ...friday, last: '2026-12-18' }, DESK, was, today)).toMatchObject([
			{ id: was.id, fields: { rule: 'FREQ=WEEKLY;UNTIL=20261218' } }
		]);
		const [same] = await receptionWrites(receptionValues(was, today), DESK, was, today);
		// Holidays are carried on.
		expect(Object.keys(same?.fields ?? {})).toEqual(['except']);
	});

	it('ends where its hours change, and a new one begins with its cancelled days and substitutes', async () => {
		const now = await after({ ...friday, from: '12:00', to: '16:00' });
		expect(now.map(({ id, rule }) => [id, rule])).toEqual([
			['new', 'FREQ=WEEKLY'],
			[was.id, 'FREQ=WEEKLY;UNTIL=20261203']
		]);
		expect(held(now, today, '2026-12-31').map(([date]) => date)).toEqual(['2026-12-04', '2026-12-18']);
		expect(now[0]).toMatchObject({ start: '2026-12-04T12:00', 'cancelled_2026-12-11': 'Kirjasto on kiinni' });
		expect(now[0]).not.toHaveProperty('cancelled_2026-10-02');
		expect(now[0]).toMatchObject({ 'held_2026-12-18': [OTHER] });
		expect(now[0]).not.toHaveProperty('held_2026-10-09');
	});

	it('may go on from a later day, at another desk, or not at all', async () => {
		const later = await after({ ...friday, date: '2027-01-15' }, OTHER);
		expect(held(later, '2027-01-01', '2027-01-31').map(([date, , , desk]) => [date, desk])).toEqual([
			['2027-01-08', DESK],
			['2027-01-15', OTHER],
			['2027-01-22', OTHER],
			['2027-01-29', OTHER]
		]);
		expect(held(await after({ ...friday, every: 'once' }), today, '2027-12-31')).toEqual([]);
	});

	it('that is over is not lengthened: what comes is a new one', async () => {
		const over = { ...was, rule: 'FREQ=WEEKLY;UNTIL=20261030' } as Reception;
		const now = await after({ ...friday, last: '' }, DESK, over);
		expect(now.map(({ rule }) => rule)).toEqual(['FREQ=WEEKLY', over.rule]);
		expect(held(now, '2026-11-01', '2026-12-05').map(([date]) => date)).toEqual(['2026-12-04']);
		const once = { ...was, rule: null } as Reception;
		expect(await after({ ...friday, every: 'once', from: '11:00' }, DESK, once)).toEqual([once]);
	});

	it('says that it cannot be changed rather than to write nothing', async () => {
		const once = { ...was, rule: null, start: `${today}T10:00`, end: `${today}T15:00` } as Reception;
		const values = { ...receptionValues(once, today), every: 'once' as const };
		for (const [changed, over] of [
			[{ advisers: [OTHER] }, true],
			[{ from: '11:00' }, true],
			[{ note: 'Ovi C' }, false],
			[{ date: '2026-12-04' }, false]
		] as const) {
			const wanted = {
				...values,
				...changed,
				advisers: [...('advisers' in changed ? changed.advisers : [])]
			};
			expect(changesWhatIsOver(wanted, DESK, once, today)).toBe(over);
			expect((await receptionWrites(wanted, DESK, once, today)).length > 0).toBe(!over);
		}
	});

	it('takes along what was cancelled while the form was open', async () => {
		const now = { ...was, 'cancelled_2026-12-25': 'Joulu' } as Reception;
		const [follower] = await receptionWrites({ ...friday, from: '12:00' }, DESK, was, today, now);
		expect(follower?.fields).toMatchObject({
			'cancelled_2026-12-11': 'Kirjasto on kiinni',
			'cancelled_2026-12-25': 'Joulu'
		});
	});

	it('begins one new one, whoever changes it', async () => {
		const id = async (values: Partial<ReceptionValues>, before = was) =>
			(await receptionWrites({ ...friday, ...values }, DESK, before, today))[0]?.id;
		expect(await id({ from: '12:00' })).toBe(await id({ to: '17:00' }));
		// Another one that ends on the same day is followed by another.
		const other = { ...was, id: '0190f000-0000-7000-8000-00000000000b' };
		expect(await id({ from: '12:00' }, other)).not.toBe(await id({ from: '12:00' }));
	});

	it('goes on under a new id where others hold it from now on: who held what was held stays', async () => {
		const of = { ...was, advisers: [DESK] } as Reception;
		const values = { ...receptionValues(of, today), advisers: [OTHER] };
		const now = await after(values, DESK, of);
		const who = (date: string) =>
			stopsBetween(now, date, date).map((stop) => advisersOn(stop.reception, stop.date));
		expect(who('2026-11-27')).toEqual([[DESK]]);
		expect(who('2026-12-04')).toEqual([[OTHER]]);
		// A substitute who was planned stays.
		expect(who('2026-12-18')).toEqual([[OTHER]]);
		expect(now.find(({ id }) => id === was.id)?.advisers).toEqual([DESK]);
		// The same ones, in another order, are no change, and what is read here in no version is not begun anew.
		const two = { ...was, advisers: [DESK, OTHER] } as Reception;
		const turned = { ...receptionValues(two, today), advisers: [OTHER, DESK] };
		expect((await receptionWrites(turned, DESK, two, today)).map(({ id }) => id)).toEqual([was.id]);
		const monthly = { ...of, rule: 'FREQ=MONTHLY;BYDAY=1FR' } as Reception;
		const changed = { ...receptionValues(monthly, today), advisers: [OTHER] };
		expect(await receptionWrites(changed, DESK, monthly, today)).toMatchObject([
			{ id: was.id, fields: { advisers: [OTHER] } }
		]);
	});

	it('was held as it was held, whatever becomes of it', async () => {
		const change = fc.record({
			from: fc.constantFrom('09:00', '10:00', '22:00'),
			to: fc.constantFrom('15:00', '16:30', '02:00'),
			date: fc.constantFrom('2026-03-06', '2026-03-04', '2026-11-28', '2027-02-01'),
			every: fc.constantFrom('once' as const, 'week' as const, 'two-weeks' as const),
			last: fc.constantFrom('', '2026-06-30', '2026-12-18', '2027-06-30'),
			notOnHolidays: fc.boolean(),
			desk: fc.constantFrom(DESK, OTHER),
			advisers: fc.constantFrom<string[]>([], [DESK], [OTHER, DESK])
		});
		/** Goes on, is over, ends soon, came once, is held today, too. */
		const befores = fc
			.constantFrom(
				was,
				{ ...was, rule: 'FREQ=WEEKLY;UNTIL=20261031' },
				{ ...was, rule: 'FREQ=WEEKLY;UNTIL=20261210' },
				{ ...was, rule: null },
				{ ...was, rule: 'FREQ=DAILY' },
				{ ...was, rule: 'FREQ=WEEKLY;BYDAY=FR,SA' }
			)
			.map((one) => one as Reception);
		await fc.assert(
			fc.asyncProperty(befores, change, async (before_, { desk, ...values }) => {
				// What is held today has been held; where nothing is, something may begin.
				const heldToday = held([before_], today, today).length > 0;
				const end = heldToday ? today : '2026-11-27';
				const past = held(await after({ ...friday, ...values }, desk, before_), '2026-01-01', end);
				const before = held([before_], '2026-01-01', end);
				expect(past).toEqual(before);
			}),
			{ numRuns: 500 }
		);
	});
});
