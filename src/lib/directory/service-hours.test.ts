import { describe, expect, it } from 'vitest';
import { sampleService } from '#lib/directory/sample-service.ts';
import { serviceOpening } from '#lib/directory/service-hours.ts';
import { instantOf } from '#lib/domain/dates.ts';
import type { Hours } from '#lib/domain/hours.ts';

const weekdays = (opens: string, closes: string): Hours => ({
	rules: [{ from: '2026-01-01', rule: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', opens, closes }],
	exceptions: []
});
const text = (words: string) => ({ fi: { text: words, origin: 'written' as const } });
const telephone: Hours = {
	rules: [{ from: '2026-01-01', rule: null, opens: '09:00', closes: '10:00', note: text('Puhelin') }],
	exceptions: []
};
const place = (id: string, hours: Hours) => ({ id, name: text(id), phones: [], hours });
/** A Friday. */
const at = (time: string) => instantOf('2026-03-06', time);

describe('what one line says of the hours', () => {
	const inTwoPlaces = sampleService({
		places: [place('Iisalmi', weekdays('09:00', '12:00')), place('Kuopio', weekdays('10:00', '16:00'))]
	});

	it('is open somewhere, until the last place closes', () => {
		expect(serviceOpening(inTwoPlaces, at('11:00'))).toEqual({ kind: 'open', closes: at('16:00') });
		const always = sampleService({ hours: weekdays('09:00', '12:00') });
		expect(serviceOpening(always, at('11:00'))).toEqual({ kind: 'open', closes: at('12:00') });
	});

	it('is closed everywhere, until the first place opens', () => {
		const opens = instantOf('2026-03-09', '09:00');
		expect(serviceOpening(inTwoPlaces, at('17:00'))).toEqual({ kind: 'closed', opens });
	});

	it('is nothing where a place may be open, where no hours are known, and where the service is not given now', () => {
		const partly = sampleService({
			places: [place('Iisalmi', weekdays('09:00', '12:00')), place('Kuopio', telephone)]
		});
		expect(serviceOpening(partly, at('17:00'))).toEqual({ kind: 'unknown' });
		expect(serviceOpening(sampleService(), at('11:00'))).toEqual({ kind: 'unknown' });
		expect(serviceOpening({ ...inTwoPlaces, status: 'paused' }, at('11:00'))).toEqual({ kind: 'unknown' });
	});

	it('is the holiday where no place is known to be open', () => {
		const goodFriday = instantOf('2026-04-03', '11:00');
		expect(serviceOpening(inTwoPlaces, goodFriday)).toEqual({ kind: 'holiday', holiday: 'good-friday' });
		const always = { ...weekdays('00:00', '24:00'), exceptions: [] };
		const both = { ...inTwoPlaces, hours: always };
		expect(serviceOpening(both, goodFriday).kind).toBe('open');
	});
});
