import { describe, expect, it } from 'vitest';
import { nextClock } from '#lib/domain/clock.ts';
import { addDays } from '#lib/domain/dates.ts';
import { codeVisits, type Visits } from './columns.ts';
import { count } from './count.ts';
import type { DimensionId } from './dimensions.ts';
import { factsOfValues } from '#lib/domain/visit-facts.ts';
import type { MeasureId } from './measures.ts';

const factsAt = (at: string) => factsOfValues({ at, topics: ['work'] })!;
const visitsAt = (at: readonly string[]) => codeVisits(at.map((one) => ({ ...factsAt(one), adviser: '' })));
const contacts = (visits: Visits, from: string, to: string) =>
	count(visits, { from, to, where: {}, tables: [] }).contacts;

describe('the day that a visit counts for', () => {
	it.each([
		// The hour that the autumn night repeats: both are 3.30.
		['2026-10-25T00:30:00Z', '2026-10-25'],
		['2026-10-25T01:30:00Z', '2026-10-25'],
		// The hour that the spring night leaves out.
		['2026-03-29T00:59:59Z', '2026-03-29'],
		['2026-03-29T01:00:00Z', '2026-03-29'],
		['2026-12-31T21:59:59Z', '2026-12-31'],
		['2026-12-31T22:30:00Z', '2027-01-01']
	])('%s is of %s', (at, date) => {
		expect(factsAt(at).date).toBe(date);
	});

	it('is one day only: the days of a year add up to the year, both nights of the clock and New Year among them [fault 50]', () => {
		const hours = Array.from({ length: 366 * 24 * 2 }, (_, half) =>
			new Date(Date.parse('2026-01-01T00:00:00Z') + half * 30 * 60_000).toISOString()
		);
		const days = Array.from({ length: 365 }, (_, day) => addDays('2026-01-01', day));
		const visits = visitsAt(hours);
		const byDay = days.map((day) => contacts(visits, day, day));
		expect(byDay.reduce((sum, each) => sum + each, 0)).toBe(contacts(visits, '2026-01-01', '2026-12-31'));
		// From two in the night of the first of January, by Helsinki's clock.
		expect(byDay[0]).toBe(44);
		expect(byDay[days.indexOf('2026-03-29')]).toBe(46);
		expect(byDay[days.indexOf('2026-10-25')]).toBe(50);
		expect(byDay[days.indexOf('2026-06-01')]).toBe(48);
		const newYear = visitsAt(['2026-12-31T22:30:00Z']);
		expect(contacts(newYear, '2027-01-01', '2027-12-31')).toBe(1);
		expect(contacts(newYear, '2026-01-01', '2026-12-31')).toBe(0);
	});
});

describe('what a visit says of its clients', () => {
	const at = '2026-03-02T10:00:00Z';
	const visit = (fields: object, clock?: string) => factsOfValues({ at, language: 'so', ...fields }, clock)!;

	it('one took part where nobody was counted, else so many of each language', () => {
		expect(visit({}).participants).toBe('so/1');
		expect(visit({ participants: [] }).participants).toBe('so/1');
		const participants = ['ru', 'ar', 'ru'].map((language, index) => ({ language, count: index + 1 }));
		expect(visit({ participants }).participants).toBe('ar/2 ru/4');
	});

	it('each referral stands by itself, with what came of it', () => {
		const referrals = [{ to: 'migri', how: 'letter' }, { to: 'kela' }, { to: 'none' }];
		const takenUp = [{ to: 'kela', result: 'no' }];
		expect(visit({ referrals, takenUp }).referrals).toBe('kela//no migri/letter/ none//');
		expect(visit({ takenUp }).referrals).toBe('');
	});

	it.each([
		['nobody looks', undefined, '2026-03-14T10:00:00Z', ''],
		['somebody will', '2026-04-01', '2026-03-14T10:00:00Z', '2026-04-01'],
		['somebody has, twelve days later', null, '2026-03-14T10:00:00Z', 'P12D'],
		['by Helsinki’s calendar', null, '2026-03-02T22:30:00Z', 'P1D'],
		['with a clock that is wrong', null, '2026-02-01T10:00:00Z', 'P0D']
	])('%s', (_name, followUp, when, said) => {
		expect(visit({ followUp }, nextClock(Date.parse(when), '00000000000000aa')).followUp).toBe(said);
	});

	it('a clock of the year 10000 says nothing', () => {
		expect(visit({ followUp: null }, nextClock(Date.UTC(10_000, 1, 1), 'a')).followUp).toBe('');
	});
});

describe('units of a measure', () => {
	const at = '2026-03-02T10:00:00Z';
	const visits = codeVisits(
		[
			{
				at,
				topics: ['work', 'housing'],
				referrals: [
					{ to: 'kela', how: 'told' },
					{ to: 'migri', how: 'letter' }
				]
			},
			{ at, topics: ['work'], referrals: [{ to: 'none' }] },
			{
				at,
				language: 'ar',
				participants: [
					{ language: 'ar', count: 4 },
					{ language: 'fa', count: 2 }
				]
			}
		].map((fields) => ({ ...factsOfValues(fields)!, adviser: '' }))
	);
	const asked = { from: '2026-03-01', to: '2026-03-31', where: {} };
	const cells = (measure: MeasureId, ...by: DimensionId[]) => {
		const { count: all, tables } = count(visits, { ...asked, measure, tables: [by] });
		return [all, Object.fromEntries(tables[0]!.cells.map((cell) => [cell.classes.join('+'), cell.count]))];
	};

	it('a referral is of one place and one way only, and of every topic of its contact', () => {
		expect(cells('referrals', 'sentTo', 'sentHow')).toEqual([
			2,
			{ 'kela+told': 1, 'migri+letter': 1, 'none+none': 0, '+': 0 }
		]);
		expect(cells('referrals', 'topicGroup', 'sentTo')).toEqual([
			2,
			{ 'work+kela': 1, 'work+migri': 1, 'housing+kela': 1, 'housing+migri': 1, 'work+none': 0, '+': 0 }
		]);
	});

	it('participants are counted by their own language', () => {
		expect(cells('participants', 'participantLanguage')).toEqual([8, { ar: 4, fa: 2, '': 2 }]);
		expect(cells('participants', 'language')).toEqual([8, { ar: 6, '': 2 }]);
	});
});
