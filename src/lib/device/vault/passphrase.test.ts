import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newPassphrase, passphraseFault } from './passphrase.ts';

const names = ['Aino Virtanen', 'Ylä-Savon neuvonta'];

describe('a passphrase', () => {
	it.each([
		['lyhyt', 'short'],
		['           ', 'short'],
		['aaaaaaaaaaaaaaaa', 'simple'],
		['abcdefghijklmnop', 'simple'],
		['poiuytrewq123456', 'simple'],
		['abababababababab', 'simple'],
		['ainovirtanen123', 'name'],
		['neuvonta neuvonta 2026', 'name']
	])('that anybody would try is not taken: %s', (text, fault) => {
		expect(passphraseFault(text, names)).toBe(fault);
	});

	it.each(['kalo tuvi pohu remu', 'Mustikka kasvaa kuusen alla', 'коза ест капусту утром'])(
		'of one’s own is taken: %s',
		(text) => {
			expect(passphraseFault(text, names)).toBeUndefined();
		}
	);

	it('that the app makes is always taken, and is another one each time', () => {
		const made = new Set<string>();
		fc.assert(
			fc.property(fc.constant(undefined), () => {
				const passphrase = newPassphrase();
				expect(passphrase).toMatch(/^[a-z]{4}( [a-z]{4}){3}$/);
				expect(passphraseFault(passphrase, [])).toBeUndefined();
				made.add(passphrase);
			}),
			{ numRuns: 2000 }
		);
		expect(made.size).toBe(2000);
	});
});
