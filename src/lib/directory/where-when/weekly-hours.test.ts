import { expect, it } from 'vitest';
import { newId } from '#lib/domain/ids.ts';
import { cancelledField } from '#lib/domain/tour-records.ts';
import type { Desk, Reception } from '#lib/domain/tour.ts';
import { pageLanguages } from '#lib/directory/take-away/page-phrases.ts';
import { weekdayName } from './weekday-names.ts';
import { weeklyHours } from './weekly-hours.ts';

const TODAY = '2026-03-04';
const desk: Desk = { id: newId(), name: 'Vieremä, kirjasto', municipality: '925', placeType: 'library' };

function lines(fields: Partial<Reception>[], closedFrom: string | null = null) {
	const receptions = fields.map((some) => ({
		id: newId(),
		desk: desk.id,
		start: '2026-02-02T10:00',
		end: '2026-02-02T15:00',
		rule: 'FREQ=WEEKLY',
		except: [],
		languages: ['fi'],
		...some
	}));
	return weeklyHours({ desks: [{ ...desk, closedFrom }], receptions }, desk.id, TODAY).map(
		({ weekdays, every, dates, opens }) => [opens, weekdays.join(), every, dates[0]]
	);
}

it('tells what stands by the week, in its order', () => {
	expect(
		lines([
			{ rule: 'FREQ=WEEKLY;BYDAY=TH,TU', start: '2026-02-03T09:00' },
			{},
			{ rule: 'FREQ=WEEKLY;INTERVAL=2', start: '2026-02-25T12:00', end: '2026-02-25T13:00' },
			{ rule: 'FREQ=DAILY', start: '2026-02-25T08:00', end: '2026-02-25T09:00' }
		])
	).toEqual([
		['08:00', '1,2,3,4,5,6,7', 1, '2026-03-04'],
		['10:00', '1', 1, '2026-03-09'],
		['09:00', '2,4', 1, '2026-03-05'],
		['12:00', '3', 2, '2026-03-11']
	]);
});

it('tells single days where a rule ends soon, begins later, is none of the week’s, or the desk closes', () => {
	const days = ['10:00', '', 1, '2026-03-09'];
	expect(lines([{ rule: 'FREQ=WEEKLY;UNTIL=20260401' }])).toEqual([days]);
	expect(lines([{}], '2026-06-01')).toEqual([days]);
	expect(lines([{ start: '2026-03-30T10:00', end: '2026-03-30T11:00' }])).toEqual([
		['10:00', '', 1, '2026-03-30']
	]);
	expect(lines([{ rule: 'FREQ=WEEKLY;INTERVAL=3' }])).toEqual([['10:00', '', 1, '2026-03-16']]);
	expect(lines([{ rule: null, start: '2026-03-05T10:00', end: '2026-03-05T11:00' }])).toEqual([
		['10:00', '', 1, '2026-03-05']
	]);
});

it('names a day once, and no day that there is not', () => {
	expect(lines([{ rule: 'FREQ=WEEKLY;BYDAY=MO,MO' }])[0]?.[1]).toBe('1');
	expect(lines([{ rule: 'FREQ=WEEKLY;BYDAY=XX', start: '2026-03-09T10:00' }])).toEqual([
		['10:00', '', 1, '2026-03-09']
	]);
});

it('says nothing of what is over, and a cancelled day is no day', () => {
	expect(lines([{ rule: null }, { rule: 'FREQ=WEEKLY;UNTIL=20260301' }])).toEqual([]);
	expect(lines([{ rule: null, start: '2026-03-05T10:00', [cancelledField('2026-03-05')]: 'x' }])).toEqual([]);
});

it('has seven weekdays in every content language', () => {
	for (const language of pageLanguages) {
		const week = [1, 2, 3, 4, 5, 6, 7].map((day) => weekdayName(day, language));
		expect(week.every((name) => name.trim() !== '' && !name.includes('|'))).toBe(true);
		expect(new Set(week).size).toBe(7);
	}
	expect(weekdayName(1, 'fi-simple')).toBe('maanantai');
	expect(weekdayName(1, 'de')).toBe('Monday');
});
