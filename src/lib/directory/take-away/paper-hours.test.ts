import { describe, expect, it } from 'vitest';
import type { Hours } from '#lib/domain/hours.ts';
import { paperHours } from './paper-hours.ts';

const rule = (days: string, opens: string, closes: string) => ({
	from: '2026-01-01',
	rule: `FREQ=WEEKLY;BYDAY=${days}`,
	opens,
	closes
});
const office: Hours = {
	rules: [rule('MO,TU,WE,TH,FR', '09:00', '16:00'), rule('SA', '10:00', '14:00')],
	exceptions: []
};

describe('hours on paper', () => {
	it('are those of seven days with their dates, days with the same hours as one', () => {
		expect(paperHours(office, '2026-11-30', 'fi')).toBe('30.11.–4.12. 9.00–16.00 · 5.12. 10.00–14.00');
		expect(paperHours(office, '2026-11-26', 'en')).toBe(
			'26.11.–27.11. 09:00–16:00 · 28.11. 10:00–14:00 · 30.11.–2.12. 09:00–16:00'
		);
	});

	it('have exceptions in them, and leave out a holiday that nobody has said anything of', () => {
		const closed = { ...office, exceptions: [{ from: '2026-12-02', to: '2026-12-02', open: [] }] };
		expect(paperHours(closed, '2026-11-30', 'fi')).toBe(
			'30.11.–1.12. 9.00–16.00 · 3.12.–4.12. 9.00–16.00 · 5.12. 10.00–14.00'
		);
		// Friday is Christmas Day, Saturday Boxing Day.
		expect(paperHours(office, '2026-12-22', 'fi')).toBe('22.12.–23.12. 9.00–16.00 · 28.12. 9.00–16.00');
	});

	it('are not told where they are closed, of the telephone only, or not understood', () => {
		expect(paperHours({ rules: [], exceptions: [] }, '2026-11-30', 'fi')).toBeUndefined();
		const note = { fi: { text: 'Puhelinajat', origin: 'written' as const } };
		const phone = { rules: [{ ...rule('MO', '09:00', '10:00'), note }], exceptions: [] };
		expect(paperHours(phone, '2026-11-30', 'fi')).toBeUndefined();
		const monthly = {
			rules: [{ ...rule('MO', '09:00', '10:00'), rule: 'FREQ=MONTHLY;BYDAY=1MO' }],
			exceptions: []
		};
		expect(paperHours(monthly, '2026-11-30', 'fi')).toBeUndefined();
	});
});
