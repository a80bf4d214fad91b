import { expect, it } from 'vitest';
import { addDays, helsinki, instantOf } from '#lib/domain/dates.ts';
import { eventDays, eventsNow } from '#lib/domain/event-days.ts';
import { eventFault, readEvent } from '#lib/domain/event.ts';
import { demoEvents } from './events.ts';

it('the demo has an event that is on at any hour of any day, and evenings to come', () => {
	for (let hour = 0; hour < 14 * 24; hour++) {
		const now = instantOf('2026-03-20', '00:10') + hour * 3_600_000;
		const events = demoEvents(now).map(({ id, fields }) => {
			expect(eventFault(fields)).toBeUndefined();
			return readEvent(id, fields)!;
		});
		expect(eventsNow(events, now)).toHaveLength(1);
		const { date } = helsinki(now);
		expect(eventDays(events, addDays(date, 1), addDays(date, 60)).length).toBeGreaterThan(2);
	}
});
