import { expect, it } from 'vitest';
import { emptyRecord } from '#lib/domain/record.ts';
import type { TourChange } from '#lib/domain/tour-change.ts';
import { ownNews } from './own-changes.ts';

const now = Date.parse('2026-03-13T08:00:00Z');
const change = (id: string, date: string, more: Partial<TourChange> = {}): TourChange => ({
	id,
	date,
	member: undefined,
	decisions: [{ state: 'accepted', words: null }],
	record: emptyRecord,
	reception: 'r',
	desk: 'd',
	at: `${date}T06:00:00Z`,
	what: 'hours',
	...more
});

it('shows what waits and what was answered of a day to come or of last week, and nobody else’s', () => {
	const all = [
		change('next', '2026-03-20'),
		change('old', '2026-03-05'),
		change('old and waiting', '2026-03-05', { decisions: [] }),
		change('last week', '2026-03-06'),
		change('a colleague’s', '2026-03-13', { member: 'm' }),
		change('today', '2026-03-13')
	];
	expect(ownNews(all, now).map(({ id }) => id)).toEqual(['old and waiting', 'last week', 'today', 'next']);
});
