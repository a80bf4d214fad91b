import { describe, expect, it } from 'vitest';
import { looksPersonal } from './personal-marks.ts';

describe('a text that looks as if it named a person', () => {
	it.each(['asiakas 131052-308T soitti', '010203A123B', 'kirjoita matti.m@example.org'])('%s', (text) => {
		expect(looksPersonal(text)).toBe(true);
	});
	it.each([
		'uusi numero 040 123 4567',
		'avoinna 10.00-15.00',
		'laki 306/2019',
		'+358 295 020 600',
		'ks. kela.fi'
	])('not %s', (text) => {
		expect(looksPersonal(text)).toBe(false);
	});
});
