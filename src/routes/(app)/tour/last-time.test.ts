import { expect, it } from 'vitest';
import { instantOf } from '#lib/domain/dates.ts';
import type { Glance } from '#lib/domain/visit-glance.ts';
import { lastTime } from './last-time.ts';

const visit = (date: string, more: Partial<Glance> = {}) => ({
	at: instantOf(date, '12:00'),
	glance: { desk: 'a', language: 'ar', topics: ['housing.rent'], referred: false, ...more }
});

it('tells of the last day at a desk before today, in whatever order the visits come', () => {
	const visits = [
		visit('2026-11-20', { language: 'so', topics: ['permit', 'kela'] }),
		visit('2026-11-27'),
		visit('2026-11-28'),
		visit('2026-11-27', { language: undefined, topics: ['permit'], referred: true }),
		visit('2026-11-27', { desk: 'b', language: 'fa' }),
		visit('2026-11-27', { topics: ['permit'] })
	];
	const told = { date: '2026-11-27', visits: 3, languages: 1, referred: 1, topic: 'permit' };
	expect(lastTime(visits, 'a', '2026-11-28')).toEqual(told);
	expect(lastTime(visits.toReversed(), 'a', '2026-11-28')).toEqual(told);
	expect(lastTime(visits, 'a', '2026-11-20')).toBeUndefined();
	expect(lastTime([visit('2026-11-27', { topics: [] })], 'a', '2026-11-28')?.topic).toBeUndefined();
});
