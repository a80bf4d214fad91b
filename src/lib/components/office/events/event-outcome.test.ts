import { expect, it } from 'vitest';
import { doneField } from '#lib/domain/event-records.ts';
import { readEvent } from '#lib/domain/event.ts';
import { newId } from '#lib/domain/ids.ts';
import { outcomesOf } from './event-outcome.ts';

it('sums the sheets of each day that has ended, newest first, also of days that the plan does not name any more', () => {
	const by = newId();
	const id = newId();
	const event = readEvent(id, {
		title: 'Ilta',
		start: '2026-03-06T17:00',
		end: '2026-03-06T18:00',
		rule: null,
		except: [],
		languages: [],
		topics: ['work'],
		[doneField('2026-03-06')]: { state: 'held', by },
		[doneField('2026-03-13')]: { state: 'not-held', by },
		[doneField('2026-03-20')]: null,
		[doneField('2025-01-01')]: { state: 'held', by }
	})!;
	const sheet = (date: string, people: Record<string, number>) => ({ event: id, date, people, topics: {} });
	const sheets = [
		sheet('2026-03-06', { ar: 3 }),
		sheet('2026-03-06', { ar: -1, so: 2 }),
		sheet('2026-03-20', { ar: 9 })
	];
	const outcomes = outcomesOf([event], sheets, '2026-01-01');
	expect(outcomes.map(({ day, state, counts }) => [day.date, state, counts.total])).toEqual([
		['2026-03-13', 'not-held', 0],
		['2026-03-06', 'held', 4]
	]);
});
