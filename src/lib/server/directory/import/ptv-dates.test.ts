import { describe, expect, it } from 'vitest';
import { catalogueDate, utcInstant } from './ptv-dates.ts';

describe('dates of the catalogue', () => {
	it.each([
		['2026-12-24', '2026-12-24'],
		['2026-12-24T00:00:00', '2026-12-24'],
		['2026-12-23T22:00:00', '2026-12-24'],
		['2026-06-30T21:00:00Z', '2026-07-01'],
		['2026-12-31T23:59:59', '2026-12-31'],
		['2026-12-31T23:59:59.9999999', '2026-12-31'],
		['2026-12-31T23:59:59Z', '2027-01-01'],
		['2026-12-24T00:00:00+02:00', '2026-12-24'],
		[' 2026-12-24T10:00 ', '2026-12-24']
	])('%s is %s in Finland', (value, day) => {
		expect(catalogueDate(value)).toEqual({ day });
	});

	it.each(['', ' ', '0001-01-01T00:00:00', '9999-12-31T23:59:59', '9999-12-31'])('%j is no date', (value) => {
		expect(catalogueDate(value)).toBe('open');
	});

	it.each(['24.12.2026', '2026-13-01', '2026-02-30', '2026-12-24T25:00', '2026-1-1', 'tomorrow', '2026'])(
		'%s cannot be read',
		(value) => {
			expect(catalogueDate(value)).toBe('unreadable');
		}
	);

	it.each([
		['2019-11-18T12:46:30.211131', '2019-11-18T12:46:30.211131Z'],
		['2019-11-18T12:46:30Z', '2019-11-18T12:46:30Z'],
		['2019-11-18T12:46:30+02:00', '2019-11-18T12:46:30+02:00'],
		['2019-11-18', '2019-11-18']
	])('%s says its zone: %s', (value, instant) => {
		expect(utcInstant(value)).toBe(instant);
	});
});
