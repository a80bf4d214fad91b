import { expect, it } from 'vitest';
import { advisersOn, plannedBetween } from '#lib/domain/stops.ts';
import type { Reception } from '#lib/domain/tour.ts';
import { dayFault, dayValues, movedDay } from './moved-day.ts';

const DESK = '0190f000-0000-7000-8000-000000000001';
const OTHER = '0190f000-0000-7000-8000-000000000002';
const was: Reception = {
	id: '0190f000-0000-7000-8000-00000000000a',
	desk: DESK,
	start: '2026-03-06T10:00',
	end: '2026-03-06T15:00',
	rule: 'FREQ=WEEKLY',
	except: [],
	languages: ['fi', 'ar'],
	note: 'Ovi C',
	advisers: [DESK],
	slots: { length: 30, from: null, until: null, atOnce: 1 },
	'held_2026-03-13': [OTHER]
};
const to = { ...dayValues(was, '2026-03-14'), to: '13:00' };

/** Receptions as they stand after somebody has moved a day of `was`. */
async function after(writes: Awaited<ReturnType<typeof movedDay>>, before: readonly Reception[] = [was]) {
	const found = new Map(before.map((one) => [one.id, one]));
	for (const { id, fields } of writes)
		found.set(id, { ...found.get(id), ...fields, id } as unknown as Reception);
	return [...found.values()];
}
const days = (receptions: readonly Reception[]) =>
	plannedBetween(receptions, '2026-03-06', '2026-03-20').map(({ date, cancelled }) => [date, cancelled]);

it('a day that is moved is cancelled with the reason, and held once on the other, by whom and as it was planned', async () => {
	const now = await after(await movedDay(was, '2026-03-13', to, 'Siirretty lauantaille'));
	expect(days(now)).toEqual([
		['2026-03-06', undefined],
		['2026-03-13', 'Siirretty lauantaille'],
		['2026-03-14', undefined],
		['2026-03-20', undefined]
	]);
	const once = now.find(({ rule }) => rule === null)!;
	expect(once).toMatchObject({ start: '2026-03-14T10:00', end: '2026-03-14T13:00', note: 'Ovi C' });
	expect(once).toMatchObject({ languages: ['fi', 'ar'], slots: was.slots });
	expect(advisersOn(once, '2026-03-14')).toEqual([OTHER]);
});

it('two who move the same day without knowing of each other hold it once; other days and other receptions are others', async () => {
	const first = await movedDay(was, '2026-03-13', to, 'a');
	const second = await movedDay(was, '2026-03-13', { ...to, date: '2026-03-16' }, 'b');
	const both = await after([...first, ...second]);
	expect(
		days(both)
			.filter(([, cancelled]) => cancelled === undefined)
			.map(([date]) => date)
	).toEqual(['2026-03-06', '2026-03-16', '2026-03-20']);
	const id = async (one: Reception, date: string) => (await movedDay(one, date, to, 'a'))[0]?.id;
	expect(await id(was, '2026-03-20')).not.toBe(first[0]?.id);
	expect(await id({ ...was, id: '0190f000-0000-7000-8000-00000000000b' }, '2026-03-13')).not.toBe(
		first[0]?.id
	);
});

it('one that comes once is moved itself, and passes midnight where it must', async () => {
	const once = { ...was, rule: null };
	const writes = await movedDay(once, '2026-03-06', { ...to, from: '22:00', to: '01:00' }, 'a');
	expect(writes).toMatchObject([
		{ id: was.id, fields: { desk: DESK, start: '2026-03-14T22:00', end: '2026-03-15T01:00' } }
	]);
});

it('one that comes once takes its substitute along', async () => {
	const once = { ...was, rule: null, 'held_2026-03-06': [OTHER] } as Reception;
	const [moved] = await after(await movedDay(once, '2026-03-06', to, 'a'), [once]);
	expect(advisersOn(moved!, '2026-03-14')).toEqual([OTHER]);
});

it('a day that is moved there again is held, though it was cancelled there before', async () => {
	const first = await after(await movedDay(was, '2026-03-13', to, 'a'));
	const called = first.map((one) =>
		one.rule === null ? { ...one, 'cancelled_2026-03-14': 'Erehdys', 'held_2026-03-14': [DESK] } : one
	) as Reception[];
	const again = await after(await movedDay(was, '2026-03-13', to, 'b'), called);
	expect(days(again)).toContainEqual(['2026-03-14', undefined]);
	expect(
		advisersOn(
			again.find(({ rule }) => rule === null)!,
			'2026-03-14'
		)
	).toEqual([OTHER]);
});

it('says what is wrong with a day', () => {
	const planned = dayValues(was, '2026-03-13');
	const fault = (values: object) => dayFault({ ...planned, ...values }, planned, '2026-03-10');
	expect(fault({})).toBe('same');
	expect(fault({ date: '2026-03-09' })).toBe('date');
	expect(fault({ date: '' })).toBe('date');
	expect(fault({ from: '' })).toBe('from');
	expect(fault({ to: '10:00' })).toBe('to');
	expect(fault({ date: '2026-03-10' })).toBeUndefined();
	expect(fault({ desk: OTHER })).toBeUndefined();
});
