import { describe, expect, it } from 'vitest';
import { instantOf } from '#lib/domain/dates.ts';
import { eventFault, readEvent } from '#lib/domain/event.ts';
import { newId } from '#lib/domain/ids.ts';
import { emptyEvent, eventFieldsOf, eventValues, eventValuesFault } from './event-values.ts';

const now = instantOf('2026-03-06', '17:05');
const today = '2026-03-06';
const desk = newId();

describe('the form of an event', () => {
	it('begins with what is on now: three taps are enough', () => {
		const values = { ...emptyEvent(now, desk), topics: ['housing'] };
		expect(eventValuesFault(values)).toBeUndefined();
		const fields = eventFieldsOf(values, 'en', today);
		expect(fields).toMatchObject({
			title: 'Housing',
			desk,
			place: null,
			start: '2026-03-06T17:00',
			end: '2026-03-06T18:00',
			rule: null
		});
		expect(eventFault(fields)).toBeUndefined();
	});

	it('names the first field that is missing', () => {
		const values = emptyEvent(now, null);
		expect(eventValuesFault(values)).toBe('topics');
		expect(eventValuesFault({ ...values, topics: ['housing'] })).toBe('place');
		expect(eventValuesFault({ ...values, topics: ['housing'], place: 'Tori' })).toBe('municipality');
		const whole = { ...values, topics: ['housing'], place: 'Tori', municipality: '263' };
		expect(eventValuesFault({ ...whole, date: '' })).toBe('date');
		expect(eventValuesFault({ ...whole, from: '' })).toBe('from');
		expect(eventValuesFault({ ...whole, last: '2026-03-01' })).toBe('last');
	});

	it('gives back what was saved, a series with its holidays too, and one that passes midnight', () => {
		const values = {
			...emptyEvent(now, desk),
			title: 'Info',
			topics: ['housing', 'permits'],
			from: '23:00',
			to: '00:30',
			every: 'week' as const,
			last: '2026-05-31',
			languages: ['ar', 'so'],
			interpreting: 'interpreter-onsite',
			note: 'Kahvi'
		};
		const fields = eventFieldsOf(values, 'fi', today);
		expect(fields.end).toBe('2026-03-07T00:30');
		expect(fields.except).toContain('2026-05-01');
		const event = readEvent(newId(), fields)!;
		expect(eventValues(event, today)).toEqual(values);
		expect(eventFieldsOf(eventValues(event, today), 'fi', today, event)).toEqual(fields);
	});
});
