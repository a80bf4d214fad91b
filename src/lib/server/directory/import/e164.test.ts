import { describe, expect, it } from 'vitest';
import { e164, splitNumbers } from './e164.ts';

describe('a phone number', () => {
	it.each([
		['0295 419 800', '+358295419800'],
		['+358 (0)9 123 4567', '+35891234567'],
		['(09) 123-4567', '+35891234567'],
		['00358 40 123 4567', '+358401234567'],
		['tel:+46-8-123 456 78', '+46812345678'],
		['"+44 1234 234567"', '+441234234567'],
		['040–123 4567', '+358401234567'],
		['112', '112'],
		['116 117', '116117'],
		['040 123', '+35840123'],
		['0600', undefined],
		['', undefined],
		['ring the bell', undefined],
		['<script>', undefined],
		['+0 123 4567', undefined],
		['1234567890123456789', undefined],
		['12', undefined]
	])('%s becomes %s', (written, number) => {
		const found = e164(written, 'FI');
		expect(found).toBe(number);
	});

	it('is dialled from the country that is given', () => {
		expect(e164('08-123 456 78', 'SE')).toBe('+46812345678');
		expect(e164('600 1234', 'EE')).toBe('+3726001234');
		expect(e164('(555) 123-4567', 'US')).toBe('+15551234567');
	});

	it('is one of several', () => {
		expect(splitNumbers('09 123 4567 tai 040 123/4567; 112')).toEqual(['09 123 4567', '040 123/4567', '112']);
	});
});
