import { describe, expect, it } from 'vitest';
import { instantOf } from '#lib/domain/dates.ts';
import type { Hours } from '#lib/domain/hours.ts';
import { clientHours } from './client-hours.ts';

const weekdays = 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR';
const rule = (opens: string, closes: string, days: string | null = weekdays) => ({
	from: '2026-01-01',
	rule: days,
	opens,
	closes
});
const office: Hours = { rules: [rule('09:00', '12:00'), rule('13:00', '16:00')], exceptions: [] };
/** A Thursday before an ordinary Friday. */
const at = (time: string, date = '2026-03-05') => instantOf(date, time);

describe('clientHours', () => {
	it('says that it is open with all hours of today', () => {
		expect(clientHours(office, at('09:30'), 'en')).toEqual({
			key: 'openNow',
			value: '09:00–12:00, 13:00–16:00'
		});
		expect(clientHours(office, at('09:30'), 'fi')?.value).toBe('9.00–12.00, 13.00–16.00');
	});

	it('says that it opens today, or when it opens next', () => {
		expect(clientHours(office, at('12:30'), 'en')).toMatchObject({ key: 'openToday' });
		expect(clientHours(office, at('18:00'), 'en')).toEqual({
			key: 'hours',
			value: '6.3. 09:00–12:00, 13:00–16:00'
		});
		expect(clientHours(office, at('12:00', '2026-03-07'), 'en')?.value).toBe('9.3. 09:00–12:00, 13:00–16:00');
	});

	it('knows what is always open, what has closed for good, and what it does not know', () => {
		const always = { rules: [rule('00:00', '24:00', 'FREQ=DAILY')], exceptions: [] };
		expect(clientHours(always, at('03:00'), 'en')).toEqual({ key: 'aroundClock' });
		const over = { rules: [{ ...rule('09:00', '12:00'), to: '2026-02-01' }], exceptions: [] };
		expect(clientHours(over, at('03:00'), 'en')).toEqual({ key: 'closedToday' });
		expect(clientHours({ rules: [], exceptions: [] }, at('03:00'), 'en')).toBeUndefined();
	});

	it('says that it is a holiday where nobody has said its hours, without those of other days', () => {
		expect(clientHours(office, at('10:00', '2028-12-06'), 'en')).toEqual({ key: 'holiday' });
		expect(clientHours(office, at('17:00', '2028-12-05'), 'en')?.value).toMatch(/^7\.12\. /);
	});

	it('after midnight the hours of the evening still run', () => {
		const night = { rules: [rule('20:00', '02:00', 'FREQ=WEEKLY;BYDAY=TH')], exceptions: [] };
		expect(clientHours(night, at('01:00', '2026-03-06'), 'en')).toEqual({
			key: 'openNow',
			value: '20:00–02:00'
		});
	});
});
