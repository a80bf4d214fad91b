import { describe, expect, it } from 'vitest';
import { HOLIDAYS } from '#lib/domain/hours.ts';
import { dateOfHoliday, holidayNamed } from './named-holidays.ts';

describe('Finnish holidays', () => {
	it.each([
		['EasterSunday', ['2024-03-31', '2025-04-20', '2026-04-05', '2027-03-28', '2038-04-25']],
		['MaundyThursday', ['2024-03-28', '2025-04-17', '2026-04-02', '2027-03-25', '2038-04-22']],
		['AscensionDay', ['2024-05-09', '2025-05-29', '2026-05-14', '2027-05-06', '2038-06-03']],
		['WhitSunday', ['2024-05-19', '2025-06-08', '2026-05-24', '2027-05-16', '2038-06-13']],
		['MidsummerEve', ['2024-06-21', '2025-06-20', '2026-06-19', '2027-06-25', '2038-06-25']],
		['MidsummerDay', ['2024-06-22', '2025-06-21', '2026-06-20', '2027-06-26', '2038-06-26']],
		['AllSaintsDay', ['2024-11-02', '2025-11-01', '2026-10-31', '2027-11-06', '2038-11-06']],
		['SecondDayOfChristmas', ['2024-12-26', '2025-12-26', '2026-12-26', '2027-12-26', '2038-12-26']]
	])('%s is on the day that calendars say', (name, dates) => {
		const holiday = holidayNamed(name);
		expect(dates.map((date) => holiday && dateOfHoliday(holiday, Number(date.slice(0, 4))))).toEqual(dates);
	});

	it('have a day each, within their year', () => {
		for (const holiday of HOLIDAYS) expect(dateOfHoliday(holiday, 2026)).toMatch(/^2026-\d\d-\d\d$/);
		expect(holidayNamed('Juhannus')).toBeUndefined();
	});
});
