import { describe, expect, it } from 'vitest';
import { holidaysOf, holidaysOn } from './holidays.ts';

describe('holidays of Finland', () => {
	// As wall calendars of these years have them.
	it.each([
		[2023, '2023-04-09', '2023-05-18', '2023-05-28', '2023-06-24', '2023-11-04'],
		[2024, '2024-03-31', '2024-05-09', '2024-05-19', '2024-06-22', '2024-11-02'],
		[2025, '2025-04-20', '2025-05-29', '2025-06-08', '2025-06-21', '2025-11-01'],
		[2026, '2026-04-05', '2026-05-14', '2026-05-24', '2026-06-20', '2026-10-31'],
		[2027, '2027-03-28', '2027-05-06', '2027-05-16', '2027-06-26', '2027-11-06'],
		[2028, '2028-04-16', '2028-05-25', '2028-06-04', '2028-06-24', '2028-11-04'],
		[2029, '2029-04-01', '2029-05-10', '2029-05-20', '2029-06-23', '2029-11-03'],
		[2030, '2030-04-21', '2030-05-30', '2030-06-09', '2030-06-22', '2030-11-02']
	])('move with Easter and the Saturdays of %i', (year, easter, ascension, whitsun, midsummer, saints) => {
		expect(holidaysOf(year)).toMatchObject({
			'easter-sunday': easter,
			'ascension-day': ascension,
			'whit-sunday': whitsun,
			'midsummer-day': midsummer,
			'all-saints-day': saints
		});
	});

	it('stand around them, and the others on their dates', () => {
		expect(holidaysOf(2026)).toMatchObject({
			'new-years-day': '2026-01-01',
			epiphany: '2026-01-06',
			'good-friday': '2026-04-03',
			'easter-monday': '2026-04-06',
			'may-day': '2026-05-01',
			'midsummer-eve': '2026-06-19',
			'independence-day': '2026-12-06',
			'christmas-eve': '2026-12-24',
			'christmas-day': '2026-12-25',
			'boxing-day': '2026-12-26',
			'new-years-eve': '2026-12-31'
		});
	});

	it('have names by date, two of them when Ascension Day falls on May Day', () => {
		expect(holidaysOn('2026-12-06')).toEqual(['independence-day']);
		expect(holidaysOn('2026-12-07')).toEqual([]);
		expect(holidaysOn('2008-05-01')).toEqual(['may-day', 'ascension-day']);
	});
});
