import fc from 'fast-check';
import { expect, it } from 'vitest';
import { addDays, helsinki, instantOf } from './dates.ts';
import type { Notice } from './notice.ts';
import { inOrder, noticesForAdvisers, noticesForClients, noticeSpan, noticeTime } from './notices.ts';

const DESK = '0190f000-0000-7000-8000-000000000001';
const notice = (more: Partial<Notice> = {}): Notice => ({
	id: '0190f000-0000-7000-8000-000000000009',
	audience: 'both',
	kind: 'information',
	from: '2026-03-02',
	until: '2026-03-06',
	texts: { fi: { text: 'Kiinni', origin: 'written' } },
	...more
});

it('holds on exactly the civil days in Helsinki from its first to its last, whatever the clocks do', () => {
	fc.assert(
		fc.property(
			// The year has both changes of the clock.
			fc.integer({ min: 0, max: 364 }),
			fc.integer({ min: 0, max: 91 }),
			fc.integer({ min: -3 * 86_400, max: 95 * 86_400 }),
			(first, days, second) => {
				const from = addDays('2026-01-01', first);
				const one = notice({ from, until: addDays(from, days) });
				const at = instantOf(from, '00:00') + second * 1000;
				const { date } = helsinki(at);
				const expected = date < from ? 'coming' : date > one.until ? 'past' : 'now';
				expect(noticeTime(one, at)).toBe(expected);
			}
		)
	);
});

it('holds to the last moment of its last day, through the nights in which the clock changes', () => {
	for (const [day, before, after] of [
		['2026-03-29', '2026-03-29T20:59:59.999Z', '2026-03-29T21:00:00.000Z'],
		['2026-10-25', '2026-10-25T21:59:59.999Z', '2026-10-25T22:00:00.000Z'],
		['2026-12-31', '2026-12-31T21:59:59.999Z', '2026-12-31T22:00:00.000Z']
	] as const) {
		const one = notice({ from: day, until: day });
		expect(noticeTime(one, Date.parse(before))).toBe('now');
		expect(noticeTime(one, Date.parse(after))).toBe('past');
	}
	expect(noticeTime(notice(), Date.parse('2026-03-01T21:59:59.999Z'))).toBe('coming');
	expect(noticeTime(notice(), Date.parse('2026-03-01T22:00:00.000Z'))).toBe('now');
});

it('holds no longer once it was ended, and never longer than its last day', () => {
	fc.assert(
		fc.property(fc.integer({ min: -10 * 86_400, max: 20 * 86_400 }), (second) => {
			const at = instantOf('2026-03-02', '00:00') + second * 1000;
			const ended = notice({ ended: new Date(at).toISOString() });
			expect(noticeTime(ended, at)).toBe('past');
			expect(noticeSpan(ended).end).toBeLessThanOrEqual(noticeSpan(notice()).end);
		})
	);
	expect(noticeTime(notice({ ended: '2026-03-01T10:00:00Z' }), instantOf('2026-02-20', '12:00'))).toBe(
		'past'
	);
	expect(noticeTime(notice({ ended: null }), instantOf('2026-03-04', '12:00'))).toBe('now');
});

it('is for whom it says, and on pages about what it says', () => {
	const now = instantOf('2026-03-04', '12:00');
	const all = [
		notice({ id: 'all' }),
		notice({ id: 'advisers', audience: 'advisers' }),
		notice({ id: 'clients', audience: 'clients' }),
		notice({ id: 'town', municipalities: ['925'] }),
		notice({ id: 'desk', desk: DESK }),
		notice({ id: 'past', until: '2026-03-03' })
	];
	const ids = (some: readonly Notice[]) => some.map(({ id }) => id).sort();
	expect(ids(noticesForAdvisers(all, now))).toEqual(['advisers', 'all', 'desk', 'town']);
	expect(ids(noticesForClients(all, {}, now))).toEqual(['all', 'clients']);
	expect(ids(noticesForClients(all, { municipality: '140' }, now))).toEqual(['all', 'clients']);
	expect(ids(noticesForClients(all, { municipality: '925' }, now))).toEqual(['all', 'clients', 'town']);
	expect(ids(noticesForClients(all, { desks: [DESK] }, now))).toEqual(['all', 'clients', 'desk']);
});

it('urgent ones come first, then the newest', () => {
	const some = [
		notice({ id: 'a', from: '2026-03-01' }),
		notice({ id: 'b', from: '2026-03-03' }),
		notice({ id: 'c', kind: 'urgent', from: '2026-02-01' })
	];
	expect(inOrder(some).map(({ id }) => id)).toEqual(['c', 'b', 'a']);
});
